"""Leaving an address, confirming it, taking it back: pages without JavaScript."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.mail_links import Purpose
from comment_service.posting import LINK_HOLDS
from comment_service.storage.protocol import Change, Store
from comment_service.web.post_office import PostOffice
from participation.decision import DecisionStatus
from participation.moderation import withdrawn
from tests.conftest import Clock
from tests.factories import make_decision, make_log_entry
from tests.servers.mail import MailServer

PLACE = "/api/documents/leitlinien/versions/1/paragraphs/2/contributions"
RECEIPT, LEAVE = "/beitrag/quittung", "/beitrag/mail/adresse"
HOST = "https://texte.example.org"
LINK = re.compile(rf"{HOST}(/beitrag/mail/(?:bestaetigen|abmelden)/\S+)")


@pytest.fixture
def environ(environ: dict[str, str], mail_server: MailServer) -> dict[str, str]:
    """The environment of a service that has mail."""
    return environ | {
        "RANDNOTIZ_SMTP_URL": mail_server.url,
        "RANDNOTIZ_MAIL_FROM": "Stadt <stadt@example.org>",
        "RANDNOTIZ_SERVICE_URL": HOST,
    }


@pytest.fixture
def office(app: Flask) -> PostOffice:
    """The post office of the service; the test sends itself."""
    return cast("PostOffice", app.extensions["randnotiz_service"].made_of.post_office)


@pytest.fixture
def taken(client: FlaskClient) -> dict[str, str]:
    """A contribution that was handed in: its id and its receipt."""
    answer = client.post(PLACE, json={"kind": "comment", "text": "Mehr Bänke.", "name": "Ada"})
    given: dict[str, str] = json.loads(answer.text)
    return given


Leave = Callable[..., TestResponse]


@pytest.fixture
def leave(client: FlaskClient, taken: dict[str, str]) -> Leave:
    """Leaves an address for the contribution."""

    def leave(address: str = "ada@example.org", **fields: str) -> TestResponse:
        return client.post(LEAVE, data={"code": taken["receipt"], "address": address, **fields})

    return leave


def links(server: MailServer, number: int = -1) -> list[str]:
    """Return the paths of the links in a letter: to confirm, if it is that, and to stop."""
    return LINK.findall(server.letters[number].get_content())


def stop_link(server: MailServer) -> str:
    """Return the path that the header of the newest letter names for unsubscribing."""
    return str(server.letters[-1]["List-Unsubscribe"]).removeprefix(f"<{HOST}").removesuffix(">")


def publish(store: Store, taken: dict[str, str]) -> None:
    decision = make_decision(status=DecisionStatus.PUBLISHED, contributions=(taken["id"],))
    store.change([Change(None, decision)], [make_log_entry()])


def test_the_page_of_a_receipt_offers_mail(client: FlaskClient, taken: dict[str, str]):
    page = client.post(RECEIPT, data={"code": taken["receipt"]})
    assert 'name="address"' in page.text
    assert f'action="{LEAVE}"' in page.text


def test_from_leaving_an_address_to_the_mail_with_the_answer(
    client: FlaskClient,
    leave: Leave,
    taken: dict[str, str],
    store: Store,
    office: PostOffice,
    mail_server: MailServer,
):
    page = leave()
    assert page.status_code == 200
    assert "Bitte sehen Sie in Ihr Postfach" in page.text
    office.posting.round()
    confirm, _ = links(mail_server)
    asked = client.get(confirm)
    assert "ada@example.org" in asked.text
    assert asked.text.count("<button>") == 1
    assert "Ihre Adresse ist bestätigt" in client.post(confirm).text
    assert "Ihre Adresse ist bestätigt" in client.get(confirm).text
    publish(store, taken)
    for _ in range(2):
        office.posting.round()
    assert len(mail_server.letters) == 2
    assert "Das fehlte." in mail_server.letters[-1].get_content()
    assert office.kept.wishes() == []


def test_whoever_only_follows_the_link_confirms_nothing(
    client: FlaskClient, leave: Leave, office: PostOffice, mail_server: MailServer
):
    leave()
    office.posting.round()
    confirm, stop = links(mail_server)
    for path in (confirm, stop):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert [wish.confirmed_at for wish in office.kept.wishes()] == [None]


def test_one_click_of_a_mail_program_unsubscribes(
    client: FlaskClient, leave: Leave, office: PostOffice, mail_server: MailServer
):
    leave()
    office.posting.round()
    answer = client.post(stop_link(mail_server), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert office.kept.wishes() == []
    assert client.post(stop_link(mail_server)).status_code == 200  # gone is gone


def test_one_button_unsubscribes(
    client: FlaskClient, leave: Leave, office: PostOffice, mail_server: MailServer
):
    leave()
    office.posting.round()
    _, stop = links(mail_server)
    assert client.get(stop).text.count("<button>") == 1
    assert "Ihre Adresse ist gelöscht" in client.post(stop).text
    assert office.kept.wishes() == []
    assert client.post(links(mail_server)[0]).status_code == 404


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(
    client: FlaskClient, leave: Leave, office: PostOffice, mail_server: MailServer
):
    first = leave()
    office.posting.round()
    client.post(links(mail_server)[0])
    again = leave()
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert office.posting.round().sent == 0


def test_nobody_can_be_bombed(
    leave: Leave, clock: Clock, office: PostOffice, mail_server: MailServer
):
    answers = set()
    for _ in range(6):
        answers.add(leave("Ada+x@example.org").data)
        answers.add(leave("ada+y@example.org").data)
        office.posting.round()
    assert len(answers) == 2  # each names the address that was typed
    assert len(mail_server.letters) == 3
    clock.now += timedelta(days=1)
    leave("ada+y@example.org")
    office.posting.round()
    assert len(mail_server.letters) == 4


def test_no_contribution_can_be_used_to_write_to_many(
    leave: Leave, office: PostOffice, mail_server: MailServer
):
    for number in range(6):
        leave(f"ada{number}@example.org")
    office.posting.round()
    assert len(mail_server.letters) == 3


def test_no_address_can_be_bombed_through_many_contributions(
    client: FlaskClient, office: PostOffice, mail_server: MailServer
):
    for number in range(5):
        taken = client.post(PLACE, json={"kind": "comment", "text": f"Mehr {number}."}).json
        assert taken is not None
        client.post(LEAVE, data={"code": taken["receipt"], "address": "ada@example.org"})
    office.posting.round()
    assert len(mail_server.letters) == 3


def test_another_address_takes_the_place_of_a_mistyped_one(
    client: FlaskClient, leave: Leave, office: PostOffice, mail_server: MailServer
):
    leave("ada@exmaple.org")
    leave("ada@example.org")
    office.posting.round()
    right = next(n for n, letter in enumerate(mail_server.letters) if "exam" in letter["To"])
    client.post(links(mail_server, right)[0])
    assert [wish.address for wish in office.kept.wishes()] == ["ada@example.org"]


def test_the_page_of_a_receipt_tells_how_it_is_with_mail_and_deletes_the_address(
    client: FlaskClient, leave: Leave, taken: dict[str, str], office: PostOffice
):
    leave()
    shown = client.post(RECEIPT, data={"code": taken["receipt"]}).text
    assert "Eine Adresse wartet auf Ihre Bestätigung" in shown
    assert "ada@example.org" not in shown  # whoever has the code need not be the one who left it
    office.mailing.confirm(office.mailing.links.token(Purpose.CONFIRM, office.kept.wishes()[0].id))
    shown = client.post(RECEIPT, data={"code": taken["receipt"]}).text
    assert "eine einzige E-Mail, wenn die Arbeitsgruppe geantwortet hat" in shown
    assert "Ihre Adresse ist gelöscht" in leave(act="delete").text
    assert office.kept.wishes() == []


def test_what_one_takes_along_says_whether_an_address_is_kept(
    client: FlaskClient, leave: Leave, taken: dict[str, str]
):
    form = {"code": taken["receipt"], "act": "download"}
    assert json.loads(client.post(RECEIPT, data=form).text)["mail"] == "not-asked"
    leave()
    answer = client.post(RECEIPT, data=form).text
    assert json.loads(answer)["mail"] == "unconfirmed"
    assert "ada@example.org" not in answer


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Bitte schreiben Sie hier etwas."),
        ("ada", "Das ist keine E-Mail-Adresse."),
        ("ada@localhost", "Das ist keine E-Mail-Adresse."),
        ("ada@example.org\r\nBcc: eve@example.org", "Das ist keine E-Mail-Adresse."),
        ("Ada <ada@example.org>", "Das ist keine E-Mail-Adresse."),
        ("adä@example.org", "Vor dem @ sind hier bisher nur Buchstaben von a bis z"),
        (f"{'a' * 300}@example.org", "höchstens 254 Zeichen angenommen"),
    ],
)
def test_what_cannot_be_written_to_is_refused_with_what_was_typed(
    leave: Leave, office: PostOffice, typed: str, problem: str
):
    page = leave(typed)
    assert page.status_code == 422
    assert problem in page.text
    assert 'aria-invalid="true"' in page.text or not typed
    assert office.kept.wishes() == []


def test_a_domain_of_other_letters_is_written_to(
    leave: Leave, office: PostOffice, mail_server: MailServer
):
    leave(" ada@bürger.example ")
    assert office.posting.round().sent == 1
    assert mail_server.envelopes[0].rcpt_tos == ["ada@xn--brger-kva.example"]


def test_a_wrong_code_keeps_nothing(client: FlaskClient, office: PostOffice):
    answer = client.post(LEAVE, data={"code": "7Q4M-0K2X", "address": "ada@example.org"})
    assert answer.status_code == 404
    assert "Zu diesem Quittungscode gibt es keinen Beitrag." in answer.text
    deleted = client.post(LEAVE, data={"code": "7Q4M-0K2X", "act": "delete"})
    assert deleted.status_code == 404
    assert office.kept.wishes() == []


def test_a_withdrawn_contribution_offers_and_takes_no_mail(
    client: FlaskClient, leave: Leave, taken: dict[str, str], store: Store
):
    before = store.get(taken["id"])
    store.change([Change(before, withdrawn(before))], [make_log_entry()])
    assert 'name="address"' not in client.post(RECEIPT, data={"code": taken["receipt"]}).text
    assert leave().status_code == 409


def test_withdrawing_says_that_the_address_goes_too(
    client: FlaskClient, leave: Leave, taken: dict[str, str], office: PostOffice
):
    leave()
    fields = {"code": taken["receipt"], "act": "withdraw", "sure": "yes"}
    page = client.post(RECEIPT, data=fields).text
    assert "eine E-Mail-Adresse angegeben, wird auch sie gelöscht" in page
    office.posting.round()
    assert office.kept.wishes() == []


def test_the_page_after_a_form_offers_mail_to_whoever_has_just_written(client: FlaskClient):
    form = {"kind": "comment", "text": "Mehr Bänke.", "name": ""}
    page = client.post("/beitrag/leitlinien/1/2", data=form, follow_redirects=True).text
    assert f'action="{LEAVE}"' in page
    assert 'action="/beitrag/mail/adresse"' not in client.get("/beitrag/leitlinien/1/2").text


def test_trouble_with_mail_costs_nobody_the_page_of_the_receipt(
    client: FlaskClient, taken: dict[str, str], office: PostOffice
):
    office.kept.wishes()
    with office.kept._engine.begin() as connection:  # noqa: SLF001  # as a hand might damage it
        connection.exec_driver_sql("DROP TABLE mail_wishes")
    page = client.post(RECEIPT, data={"code": taken["receipt"]})
    assert page.status_code == 200
    assert "Mehr Bänke." in page.text
    assert 'name="address"' not in page.text


def test_codes_cannot_be_guessed_here_either(client: FlaskClient):
    answers = [
        client.post(LEAVE, data={"code": f"7Q4M-{number}", "address": "ada@example.org"})
        for number in range(101)
    ]
    assert [answer.status_code for answer in answers[-2:]] == [404, 429]


def test_an_answered_contribution_offers_no_mail(
    client: FlaskClient, taken: dict[str, str], store: Store
):
    publish(store, taken)
    assert 'name="address"' not in client.post(RECEIPT, data={"code": taken["receipt"]}).text


def test_a_link_is_over_when_its_days_are(
    client: FlaskClient, leave: Leave, clock: Clock, office: PostOffice, mail_server: MailServer
):
    leave()
    office.posting.round()
    clock.now += LINK_HOLDS + timedelta(seconds=1)
    office.posting.round()
    page = client.get(links(mail_server)[0])
    assert page.status_code == 404
    assert "Dieser Link gilt nicht, oder nicht mehr." in page.text


@pytest.mark.parametrize("page", ["bestaetigen", "abmelden"])
@pytest.mark.parametrize("change", ["other-proof", "other-purpose", "nonsense"])
def test_a_link_that_was_in_no_letter_does_nothing(
    client: FlaskClient,
    leave: Leave,
    office: PostOffice,
    mail_server: MailServer,
    page: str,
    change: str,
):
    leave()
    office.posting.round()
    confirm, stop = (path.rpartition("/")[2].partition("?")[0] for path in links(mail_server))
    token = {
        "other-proof": f"{confirm[:-1]}{'0' if confirm[-1] != '0' else '1'}",
        "other-purpose": stop if page == "bestaetigen" else confirm,
        "nonsense": "%C3%BC<b>",
    }[change]
    answer = client.post(f"/beitrag/mail/{page}/{token}")
    assert answer.status_code == 404
    assert [wish.confirmed_at for wish in office.kept.wishes()] == [None]


def test_these_pages_are_kept_by_nobody_and_tell_nobody_where_one_was(
    client: FlaskClient, leave: Leave, office: PostOffice, mail_server: MailServer
):
    answers = [leave()]
    office.posting.round()
    answers += [client.get(path) for path in links(mail_server)]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_loading_the_answer_to_the_form_anew_leads_to_the_page_of_receipts(client: FlaskClient):
    answer = client.get(f"{LEAVE}?lang=en")
    assert (answer.status_code, answer.location) == (303, f"{RECEIPT}?lang=en")


def test_a_letter_speaks_the_language_of_the_page(
    client: FlaskClient, taken: dict[str, str], office: PostOffice, mail_server: MailServer
):
    fields = {"code": taken["receipt"], "address": "ada@example.org"}
    assert "Please look into your mailbox" in client.post(f"{LEAVE}?lang=en", data=fields).text
    office.posting.round()
    assert mail_server.letters[0]["Subject"].startswith("Please confirm")
    assert "?lang=en" in links(mail_server)[0]


def test_the_service_sends_by_itself_at_once(app: Flask, leave: Leave, mail_server: MailServer):
    sending = app.extensions["randnotiz_service"].send_mail()
    try:
        leave()
        assert len(mail_server.wait_for(1)) == 1
    finally:
        sending.stop()
