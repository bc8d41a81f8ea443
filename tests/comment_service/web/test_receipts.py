"""The receipt by its link: kept by no cache, printed, mailed to oneself; correcting one's words."""

import json
import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.storage.protocol import Change, Store
from participation.contribution import ContributionStatus, Hiding, HidingReason
from participation.document import Moderation
from participation.moderation import hidden
from tests.comment_service.conftest import Publish
from tests.comment_service.web.places import CONTRIBUTE, PAGE
from tests.comment_service.web.test_pages import in_words
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    make_catalogue,
    make_decision,
    make_document,
    make_log_entry,
    make_version,
)

ADDRESS = "/beitrag/quittung"
WORDING = "Der klare Text von Absatz 2."


@pytest.fixture
def taken(client: FlaskClient) -> dict[str, str]:
    body = {"kind": "comment", "text": "Mehr Bänke.", "name": "Ada"}
    given: dict[str, str] = json.loads(client.post(CONTRIBUTE, json=body).text)
    return given


def act(client: FlaskClient, code: str, act: str, **fields: str) -> TestResponse:
    return client.post(ADDRESS, data={"code": code, "act": act, **fields})


def test_the_link_to_keep_shows_the_receipt_and_is_kept_by_nobody_else(
    client: FlaskClient, taken: dict[str, str]
):
    page = client.get(ADDRESS, query_string={"code": taken["receipt"]})
    assert "Mehr Bänke." in page.text
    assert f'href="http://localhost{ADDRESS}?code={taken["receipt"]}"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text
    assert f"?code={taken['receipt']}&amp;lang=en" in page.text


def test_the_page_after_the_form_offers_link_and_mail(client: FlaskClient):
    form = client.post(PAGE, data={"kind": "comment", "text": "Bitte."})
    page = client.get(form.location)
    code = re.search(r"<code>([0-9A-Z-]{24})</code>", page.text)
    assert code
    link = f"http://localhost{ADDRESS}?code={code[1]}"
    assert f'href="{link}"' in page.text
    mail = re.search(r'href="(mailto:[^"]*)"', page.text)
    assert mail
    body = unquote(mail[1].replace("&amp;", "&")).partition("&body=")[2]
    assert body == f"Quittungscode: {code[1]}\r\n{link}"


@pytest.mark.parametrize("code", ["", "7Q4M-0K2X-9T3V-W8HA-5CZE", "ü<b>", "x" * 5000])
def test_a_code_of_nothing_is_told_in_one_sentence_by_link_and_by_form(
    client: FlaskClient, code: str
):
    for page in (
        client.get(ADDRESS, query_string={"code": code}),
        client.post(ADDRESS, data={"code": code}),
        act(client, code, "save", text="x"),
        act(client, code, "withdraw", sure="yes"),
    ):
        assert page.status_code == 404
        assert "Zu diesem Quittungscode gibt es keinen Beitrag." in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert "<b>" not in page.text


def test_its_author_corrects_it_and_everybody_sees_that(
    client: FlaskClient, store: Store, taken: dict[str, str]
):
    form = act(client, taken["receipt"], "correct")
    assert ">\nMehr Bänke.</textarea>" in form.text
    done = act(client, taken["receipt"], "save", text="Mehr Bänke, bitte.", name="Ada L.")
    assert "Ihr Beitrag ist berichtigt." in done.text
    assert "Frühere Texte" in done.text
    assert "Bis 20. März 2024, 12:00 Uhr, Ada" in in_words(done.text)
    kept = store.get(taken["id"])
    assert (kept.text, kept.name) == ("Mehr Bänke, bitte.", "Ada L.")
    page = client.get(PAGE).text
    assert "bearbeitet am 20. März 2024, 12:00 Uhr" in in_words(page)
    assert "Frühere Texte" not in page


def test_a_proposal_is_corrected_with_its_wording(client: FlaskClient, store: Store):
    body = {"kind": "proposal", "text": "Klarer.", "proposed_wording": WORDING}
    taken = json.loads(client.post(CONTRIBUTE, json=body).text)
    assert "eingefügt:" in client.get(ADDRESS, query_string={"code": taken["receipt"]}).text
    form = act(client, taken["receipt"], "correct").text
    assert f">\n{WORDING}</textarea>" in form
    fields = {"kind": "proposal", "text": "Besser.", "proposed_wording": f"{WORDING} Ja."}
    assert act(client, taken["receipt"], "save", **fields).status_code == 200
    assert store.get(taken["id"]).proposed_wording == f"{WORDING} Ja."


def test_what_cannot_be_taken_is_told_at_its_field_and_kept(
    client: FlaskClient, store: Store, taken: dict[str, str]
):
    page = act(client, taken["receipt"], "save", kind="comment", text=" ", name="x" * 81)
    assert page.status_code == 422
    assert '<a href="#text">' in page.text
    assert f'value="{"x" * 81}"' in page.text
    assert store.get(taken["id"]).text == "Mehr Bänke."


def test_after_the_window_nothing_is_corrected_and_the_typed_text_is_kept(
    client: FlaskClient, clock: Clock, taken: dict[str, str]
):
    clock.now = AFTER
    page = act(client, taken["receipt"], "save", kind="comment", text="Zu spät.")
    assert page.status_code == 403
    assert "Die Kommentarfrist ist seit Freitag, 29. März, 24 Uhr abgelaufen." in page.text
    assert "readonly>\nZu spät.</textarea>" in page.text
    assert 'value="correct"' not in page.text
    assert 'value="withdraw"' in page.text


def test_what_is_answered_is_not_corrected(
    client: FlaskClient, store: Store, taken: dict[str, str]
):
    decision = make_decision(contributions=(taken["id"],))
    store.change([Change(None, decision)], [])
    page = act(client, taken["receipt"], "save", kind="comment", text="Anders.")
    assert page.status_code == 409
    assert "Eine Antwort darf nicht unter anderen Worten stehen." in page.text


def test_what_is_hidden_is_not_corrected(client: FlaskClient, store: Store, taken: dict[str, str]):
    before = store.get(taken["id"])
    after = hidden(before, Hiding(HidingReason.INSULT))
    store.change([Change(before, after)], [make_log_entry(subject=before.id)])
    assert 'value="correct"' not in act(client, taken["receipt"], "").text
    assert act(client, taken["receipt"], "save", text="Anders.").status_code == 409


def test_with_moderation_before_publication_a_correction_waits_again(
    client: FlaskClient, publish: Publish, store: Store, taken: dict[str, str]
):
    versions = (make_version(moderation=Moderation.BEFORE),)
    publish(make_catalogue(make_document(versions=versions)))
    assert "nach einer Prüfung wieder öffentlich" in act(client, taken["receipt"], "correct").text
    done = act(client, taken["receipt"], "save", kind="comment", text="Anders.")
    assert "sobald er geprüft ist" in done.text
    assert store.get(taken["id"]).status is ContributionStatus.PENDING


def test_a_receipt_leads_to_its_place_among_all(client: FlaskClient, taken: dict[str, str]):
    page = client.get(ADDRESS, query_string={"code": taken["receipt"]}).text
    assert f'href="{PAGE}?at={taken["id"]}#beitrag-{taken["id"]}">Beitrag 1</a>' in page


def test_a_receipt_outlives_the_document(
    client: FlaskClient, publish: Publish, taken: dict[str, str]
):
    publish(make_catalogue(make_document("anderes")))
    page = act(client, taken["receipt"], "save", text="Anders.")
    assert page.status_code == 403
    assert "Mehr Bänke." in page.text
