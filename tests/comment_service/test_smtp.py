"""The way to a real mail server: encrypted, signed in, and what it says of a letter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comment_service.mail_settings import MailServer as Address
from comment_service.mail_settings import mail_server as read_url
from comment_service.smtp import PutOff, Refused, ServerTrouble, connected
from tests.servers.mail import MailServer, running_mail_server

LETTER = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nHallo\r\n"
FROM, TO = "stadt@example.org", "ada@example.org"


def address(server: MailServer, url: str = "") -> Address:
    read = read_url(url or server.url)
    assert read is not None
    return read


def send(server: MailServer, url: str = "") -> None:
    with connected(address(server, url), "texte.example.org") as line:
        line.send(FROM, TO, LETTER)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server that counts as another machine."""
    with running_mail_server(tmp_path, "127.0.0.2") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        yield server


def test_a_letter_is_taken_over_an_encrypted_line_from_a_user(elsewhere: MailServer):
    send(elsewhere)
    assert elsewhere.envelopes[0].mail_from == FROM
    assert elsewhere.envelopes[0].rcpt_tos == [TO]
    assert elsewhere.letters[0].get_content().strip() == "Hallo"


def test_a_line_can_be_encrypted_at_once(elsewhere: MailServer):
    elsewhere.down()
    elsewhere.up(at_once=True)
    send(elsewhere, elsewhere.url.replace("smtp:", "smtps:"))
    assert len(elsewhere.letters) == 1


def test_nothing_is_sent_to_another_machine_in_the_clear(elsewhere: MailServer):
    elsewhere.down()
    elsewhere.offers_tls = False
    elsewhere.up()
    with pytest.raises(ServerTrouble, match="STARTTLS"):
        send(elsewhere)
    assert elsewhere.letters == []


def test_a_server_on_this_machine_need_not_encrypt(mail_server: MailServer):
    mail_server.down()
    mail_server.offers_tls = False
    mail_server.up()
    send(mail_server)
    assert len(mail_server.letters) == 1


def test_a_server_whom_nobody_vouches_for_gets_nothing(
    elsewhere: MailServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(ServerTrouble, match="certificate verify failed"):
        send(elsewhere)


def test_a_wrong_password_is_the_servers_trouble_and_not_told(mail_server: MailServer):
    with pytest.raises(ServerTrouble, match="535") as trouble:
        send(mail_server, mail_server.url.replace("geheim", "falsch"))
    assert "falsch" not in str(trouble.value)


def test_a_server_that_is_down_is_named_as_trouble(mail_server: MailServer):
    mail_server.down()
    with pytest.raises(ServerTrouble, match="refused"):
        send(mail_server)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("550 5.1.1 <ada@example.org>: unknown", Refused),
        ("553 no such mailbox", Refused),
        ("450 4.2.0 greylisted", PutOff),
        ("550 5.7.1 relaying denied", PutOff),
        ("421 too many", ServerTrouble),
    ],
)
def test_what_a_server_says_of_a_recipient_is_judged(
    mail_server: MailServer, reply: str, kind: type[Exception]
):
    mail_server.on_recipient = lambda _: reply
    with pytest.raises(kind) as said:
        send(mail_server)
    assert reply[:3] in str(said.value)
    assert "ada" not in str(said.value)


@pytest.mark.parametrize(("reply", "kind"), [("554 5.6.0 no", Refused), ("452 full", PutOff)])
def test_what_a_server_says_of_a_letter_is_judged(
    mail_server: MailServer, reply: str, kind: type[Exception]
):
    mail_server.on_letter = lambda: reply
    with pytest.raises(kind, match=reply):
        send(mail_server)


def test_a_refused_letter_does_not_keep_the_next_one(mail_server: MailServer):
    mail_server.on_recipient = lambda _: "550 5.1.1 unknown"
    with connected(address(mail_server), "texte.example.org") as line:
        with pytest.raises(Refused):
            line.send(FROM, TO, LETTER)
        mail_server.on_recipient = lambda _: "250 OK"
        line.send(FROM, TO, LETTER)
    assert len(mail_server.letters) == 1


def test_a_server_that_hangs_up_is_in_trouble(mail_server: MailServer):
    mail_server.on_letter = lambda: None
    with pytest.raises(ServerTrouble, match="closed"):
        send(mail_server)


def test_a_sender_that_is_not_taken_is_no_fault_of_the_recipient(mail_server: MailServer):
    mail_server.on_sender = lambda _: "550 5.1.0 who are you?"
    with pytest.raises(ServerTrouble, match="does not take our sender: 550"):
        send(mail_server)
