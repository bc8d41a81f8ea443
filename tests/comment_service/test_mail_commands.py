"""What operators do with mail."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comment_service.commands import main
from comment_service.storage.mail.store import MailStore
from comment_service.storage.mail.wish import GivenUp, Letter, Trouble
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Change
from participation.catalogue import plain_catalogue
from participation.decision import DecisionStatus
from tests.factories import (
    make_catalogue,
    make_contribution,
    make_decision,
    make_log_entry,
    make_wish,
)
from tests.servers.mail import MailServer

NOW = datetime.now(UTC)  # noqa: TID251  # the commands read the real clock


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store with an answered contribution."""
    url = f"embedded:{tmp_path / 'data'}"
    answer = make_decision(status=DecisionStatus.PUBLISHED)
    with closing(open_store(url)) as store:
        store.add(make_contribution())
        store.change([Change(None, answer)], [make_log_entry()])
    return url


@pytest.fixture
def environ(url: str, tmp_path: Path, mail_server: MailServer) -> dict[str, str]:
    """The environment of a service that has mail."""
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(json.dumps(plain_catalogue(make_catalogue())))
    return {
        "RANDNOTIZ_STORE": url,
        "RANDNOTIZ_CATALOGUE": str(catalogue),
        "RANDNOTIZ_SMTP_URL": mail_server.url,
        "RANDNOTIZ_MAIL_FROM": "stadt@example.org",
        "RANDNOTIZ_SERVICE_URL": "https://texte.example.org",
    }


def ask(url: str, wish_id: str = "w1", *, confirm: bool = True, **changed: object) -> None:
    """Leave an address for the contribution."""
    given = {"asked_at": NOW, "letter_at": NOW, "due_at": NOW}
    with closing(MailStore(url)) as kept:
        kept.ask(make_wish(wish_id, **(given | changed)), [], "today")
        if confirm:
            kept.confirm(wish_id, NOW)


def addresses(url: str) -> list[str]:
    with closing(MailStore(url)) as kept:
        return [wish.address for wish in kept.wishes()]


def test_send_sends_what_is_due_and_nothing_twice(
    url: str,
    environ: dict[str, str],
    mail_server: MailServer,
    capsys: pytest.CaptureFixture[str],
):
    ask(url)
    assert main(["mail", "send"], environ) == 0
    assert main(["mail", "send"], environ) == 0
    assert len(mail_server.letters) == 1
    assert capsys.readouterr().out == (
        "Sent: 1, put off: 0, given up: 0.\nSent: 0, put off: 0, given up: 0.\n"
    )
    assert addresses(url) == []


def test_send_says_that_the_server_is_down(
    url: str,
    environ: dict[str, str],
    mail_server: MailServer,
    capsys: pytest.CaptureFixture[str],
):
    ask(url)
    mail_server.down()
    assert main(["mail", "send"], environ) == 1
    assert "Sent: 0. The mail server is in trouble:" in capsys.readouterr().err
    assert main(["mail", "status"], environ) == 1
    told = capsys.readouterr()
    assert "Addresses: 1 confirmed, 0 not yet confirmed." in told.out
    assert "Due: 1 letter, the oldest since" in told.out
    assert "in trouble since" in told.err


def test_send_says_what_was_given_up(
    url: str,
    environ: dict[str, str],
    mail_server: MailServer,
    capsys: pytest.CaptureFixture[str],
):
    ask(url)
    mail_server.on_recipient = lambda _: "550 5.1.1 unknown"
    assert main(["mail", "send"], environ) == 1
    assert capsys.readouterr().err == "Sent: 0, put off: 0, given up: 1.\n"
    assert main(["mail", "status"], environ) == 0
    assert "answer: 550 5.1.1 unknown" in capsys.readouterr().out


def test_send_without_a_mail_server_says_which_setting_is_missing(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    assert main(["mail", "send"], environ | {"RANDNOTIZ_SMTP_URL": ""}) == 2
    assert capsys.readouterr().err == "RANDNOTIZ_SMTP_URL: is empty; name a mail server\n"


def test_status_of_a_quiet_store(url: str, capsys: pytest.CaptureFixture[str]):
    assert main(["mail", "status", "--store", url], {}) == 0
    assert capsys.readouterr().out == (
        "Addresses: 0 confirmed, 0 not yet confirmed.\n"
        "Due: 0 letters.\n"
        "No trouble with the mail server is known.\n"
    )


def test_status_names_no_address(url: str, capsys: pytest.CaptureFixture[str]):
    ask(url, confirm=False)
    with closing(MailStore(url)) as kept:
        kept.note_trouble(Trouble(NOW, 1, NOW + timedelta(minutes=1), "connection refused"))
        kept.give_up(make_wish("gone"), GivenUp("gone", NOW, Letter.CONFIRMATION, "550"))
    main(["mail", "status", "--store", url], {})
    told = capsys.readouterr()
    assert "ada" not in told.out + told.err


def test_forget_deletes_all_addresses(url: str, capsys: pytest.CaptureFixture[str]):
    ask(url)
    ask(url, "w2", contribution="c2")
    assert main(["mail", "forget", "--yes", "--store", url], {}) == 0
    assert capsys.readouterr().out == "Deleted: 2 addresses.\n"
    assert addresses(url) == []


def test_move_takes_addresses_to_the_store_that_was_copied_to(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    ask(url)
    other = f"embedded:{tmp_path / 'other'}"
    assert main(["copy", "--from", url, "--to", other], {}) == 0
    assert addresses(other) == []
    assert main(["mail", "move", "--from", url, "--to", other], {}) == 0
    assert capsys.readouterr().out.endswith("Moved: 1 address.\n")
    assert (addresses(url), addresses(other)) == ([], ["ada@example.org"])


def test_move_to_the_same_store_is_refused(url: str):
    ask(url)
    assert main(["mail", "move", "--from", url, "--to", url], {}) == 2
    assert addresses(url) == ["ada@example.org"]


@pytest.mark.postgres
def test_move_takes_addresses_to_another_database(url: str, empty_database: Callable[[], str]):
    ask(url)
    other = empty_database()
    assert main(["mail", "move", "--from", url, "--to", other], {}) == 0
    assert (addresses(url), addresses(other)) == ([], ["ada@example.org"])


def test_a_backup_holds_no_address(url: str, tmp_path: Path):
    ask(url)
    backup = tmp_path / "backup.jsonl"
    assert main(["backup", str(backup), "--store", url], {}) == 0
    assert b"example.org" not in backup.read_bytes()
    assert main(["restore", str(backup), "--store", f"embedded:{tmp_path / 'other'}"], {}) == 0
    assert addresses(f"embedded:{tmp_path / 'other'}") == []
