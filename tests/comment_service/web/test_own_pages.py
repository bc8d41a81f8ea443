"""The page of one's own contribution."""

import json
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.storage.protocol import Change, Store
from participation.contribution import ContributionStatus, Hiding, HidingReason
from participation.decision import Answer, Decision, DecisionStatus, Outcome
from participation.log_entry import Role
from participation.moderation import erased, hidden
from tests.conftest import Clock
from tests.factories import AFTER, NOON, make_log_entry

ADDRESS = "/beitrag/quittung"
PLACE = "/api/documents/leitlinien/versions/1/paragraphs/2/contributions"
PENDING, PUBLISHED, HIDDEN, WITHDRAWN = ContributionStatus


@pytest.fixture
def taken(client: FlaskClient) -> dict[str, str]:
    """A contribution that was handed in: its id and its receipt."""
    answer = client.post(PLACE, json={"kind": "comment", "text": "Mehr Bänke.", "name": "Ada"})
    given: dict[str, str] = json.loads(answer.text)
    return given


def show(client: FlaskClient, code: str, **fields: str) -> TestResponse:
    return client.post(ADDRESS, data={"code": code, **fields})


def test_the_page_asks_for_a_code(client: FlaskClient):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert 'name="code"' in page.text


def test_a_code_shows_ones_contribution_however_it_was_typed(
    client: FlaskClient, taken: dict[str, str]
):
    for code in (taken["receipt"], taken["receipt"].lower().replace("-", " ")):
        page = show(client, code)
        assert page.status_code == 200
        assert "Mehr Bänke." in page.text
        assert "öffentlich" in page.text
        assert "Der Text von Absatz 2." in page.text
        assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", ["", "7Q4M-0K2X-9T3V-W8HA-5CZE", "ü<b>"])
def test_a_wrong_code_is_not_known_and_stays_in_its_field(client: FlaskClient, code: str):
    page = show(client, code)
    assert page.status_code == 404
    assert "Zu diesem Quittungscode gibt es keinen Beitrag." in page.text
    assert "<b>" not in page.text


def test_its_author_reads_why_it_was_hidden(
    client: FlaskClient, store: Store, taken: dict[str, str]
):
    before = store.get(taken["id"])
    after = hidden(before, Hiding(HidingReason.INSULT, "Bitte ohne <Wort>."))
    store.change([Change(before, after)], [make_log_entry(subject=before.id)])
    page = show(client, taken["receipt"]).text
    assert "verborgen" in page
    assert "Beleidigung" in page
    assert "Bitte ohne &lt;Wort&gt;." in page


@pytest.mark.parametrize("status", ["published", "draft"])
def test_its_author_reads_the_published_answer(
    client: FlaskClient, store: Store, taken: dict[str, str], status: str
):
    is_shown = status == "published"
    answer = Answer(Outcome.PARTLY, "Am Marktplatz gern.")
    decision = Decision(
        "d1",
        "leitlinien",
        1,
        (taken["id"],),
        answer,
        DecisionStatus(status),
        Role.EDITOR,
        NOON,
        published_at=AFTER if is_shown else None,
    )
    store.change([Change(None, decision)], [])
    page = show(client, taken["receipt"]).text
    assert ("Am Marktplatz gern." in page) is is_shown
    assert ("teilweise übernommen" in page) is is_shown


def test_of_what_is_erased_nothing_is_shown_but_that(
    client: FlaskClient, store: Store, taken: dict[str, str]
):
    before = store.get(taken["id"])
    store.change([Change(before, erased(before, AFTER))], [])
    page = show(client, taken["receipt"]).text
    assert "Text und Name wurden am" in page
    assert "Mehr Bänke." not in page


def test_it_is_withdrawn_after_a_question(client: FlaskClient, store: Store, taken: dict[str, str]):
    asked = show(client, taken["receipt"], act="withdraw")
    assert "Möchten Sie Ihren Beitrag zurückziehen?" in asked.text
    assert store.get(taken["id"]).status is PUBLISHED
    done = show(client, taken["receipt"], act="withdraw", sure="yes")
    assert "Ihr Beitrag ist zurückgezogen." in done.text
    assert store.get(taken["id"]).status is WITHDRAWN
    [logged] = store.log()
    assert (logged.entry.role, logged.entry.new) == (Role.AUTHOR, "withdrawn")
    assert '"count":0' in client.get("/api/documents/leitlinien/contributions").text


def test_it_is_withdrawn_after_the_window_too(
    client: FlaskClient, store: Store, clock: Clock, taken: dict[str, str]
):
    clock.now = AFTER
    show(client, taken["receipt"], act="withdraw", sure="yes")
    assert store.get(taken["id"]).status is WITHDRAWN


def test_it_is_withdrawn_once(client: FlaskClient, store: Store, taken: dict[str, str]):
    show(client, taken["receipt"], act="withdraw", sure="yes")
    again = show(client, taken["receipt"], act="withdraw", sure="yes")
    assert again.status_code == 409
    assert "zurückgezogen" in again.text
    assert len(store.log()) == 1


def test_all_that_is_stored_is_handed_out(client: FlaskClient, taken: dict[str, str]):
    show(client, taken["receipt"], act="withdraw", sure="yes")
    answer = show(client, taken["receipt"], act="download")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="beitrag.json"'
    plain = json.loads(answer.text)
    assert plain["id"] == taken["id"]
    assert (plain["text"], plain["name"], plain["status"]) == ("Mehr Bänke.", "Ada", "withdrawn")
    assert plain["received_at"] == "2024-03-20T12:00:00+01:00"
    assert [entry["new"] for entry in plain["history"]] == ["withdrawn"]
    assert "receipt_digest" not in plain


def hand_in(client: FlaskClient) -> str:
    """Hand one in by the form; return the address of the page after it."""
    form = client.post("/beitrag/leitlinien/1/2", data={"kind": "comment", "text": "Bitte."})
    return form.headers["Location"]


def test_the_page_after_the_form_shows_the_code_for_ten_minutes(client: FlaskClient, clock: Clock):
    address = hand_in(client)
    page = client.get(address)
    code = re.search(r"<code>([0-9A-Z-]{24})</code>", page.text)
    assert code
    assert code[1] not in address
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "Bitte." in show(client, code[1]).text
    clock.now = clock.now.replace(hour=clock.now.hour + 1)
    assert code[1] not in client.get(address).text


def test_the_code_is_shown_to_nobody_who_guesses_the_address(client: FlaskClient):
    address = hand_in(client)
    for guess in (
        re.sub(r"proof=\w+", "proof=" + "0" * 32, address),
        re.sub(r"until=\d+", "until=99999999999", address),
        re.sub(r"until=\d+", "until=x", address),
        re.sub(r"&?(until|proof)=\w+", "", address),
    ):
        page = client.get(guess).text
        assert "angekommen" in page
        assert "Ihr Quittungscode:" not in page


def test_the_pages_of_contributions_lead_to_it_and_to_the_figures(client: FlaskClient):
    version, paragraph = (client.get(f"/beitrag/leitlinien/1{more}").text for more in ("", "/2"))
    assert ADDRESS in version
    assert ADDRESS in paragraph
    assert "/beitrag/leitlinien/zahlen" in version
