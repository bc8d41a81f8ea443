"""Change proposals and replies by plain forms; stale pages; many contributions on one paragraph."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comment_service.storage.protocol import Change, Store
from participation.contribution import ContributionKind, ContributionStatus
from participation.moderation import withdrawn
from participation.way import Way, WayKind
from tests.comment_service.conftest import Publish
from tests.comment_service.web.places import PAGE
from tests.comment_service.web.test_pages import Form, in_words
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    NOON,
    make_catalogue,
    make_contribution,
    make_document,
    make_version,
)

WORDING = "Der klare Text von Absatz 2."
PROPOSAL = {"kind": "proposal", "proposed_wording": WORDING, "text": "Klarer.", "name": "Ada"}
REPLY = {"kind": "reply", "in_reply_to": "c1", "text": "Sehe ich auch so."}


def send(client: FlaskClient, **fields: str) -> TestResponse:
    return client.post(PAGE, data=fields)


def test_the_wording_is_offered_for_editing(client: FlaskClient):
    assert f'href="{PAGE}?kind=proposal#schreiben"' in client.get(PAGE).text
    page = client.get(f"{PAGE}?kind=proposal").text
    assert re.search(r'<textarea id="proposed_wording"[^>]*>\nDer Text von Absatz 2.<', page)
    assert 'type="hidden" name="kind" value="proposal"' in page
    assert "Ihre Begründung" in page


def test_a_proposal_is_shown_as_a_difference_with_its_reason(client: FlaskClient, store: Store):
    answer = send(client, **PROPOSAL)
    assert answer.status_code == 303
    (kept,) = store.of_document("leitlinien")
    assert (kept.kind, kept.proposed_wording) == (ContributionKind.PROPOSAL, WORDING)
    page = client.get(PAGE).text
    assert "Änderungsvorschlag von Ada" in in_words(page)
    assert '<ins><span class="unseen" lang="de">eingefügt: </span> klare<span' in page
    assert "Begründung: Klarer." in in_words(page)


def test_a_proposal_is_looked_at_first(client: FlaskClient, store: Store):
    page = send(client, act="preview", **PROPOSAL)
    assert page.status_code == 200
    assert "Was Ihr Vorschlag ändert" in page.text
    assert "eingefügt:" in page.text
    assert Form(page.text).fields["name"] == "Ada"
    assert f">\n{WORDING}</textarea>" in page.text
    assert store.of_document("leitlinien") == []


@pytest.mark.parametrize(
    ("wording", "words"),
    [
        ("Der Text von Absatz 2.", "Bitte ändern Sie, was Sie ändern wollen."),
        ("", "Bitte schreiben Sie hier etwas."),
        ("x" * 8001, "höchstens 8.000 Zeichen"),
    ],
)
@pytest.mark.parametrize("act", ["preview", ""])
def test_a_wording_that_does_not_do_is_told_at_its_field(
    client: FlaskClient, wording: str, words: str, act: str
):
    page = send(client, **{**PROPOSAL, "proposed_wording": wording, "act": act})
    assert page.status_code == (200 if act else 422)
    assert words in page.text
    assert 'aria-describedby="proposed_wording-hint proposed_wording-problem"' in page.text
    assert "Klarer.</textarea>" in page.text


def test_a_reply_stands_under_what_it_answers(client: FlaskClient, store: Store):
    store.add(make_contribution("c1", received_at=NOON.replace(hour=1)))
    assert f'href="{PAGE}?reply=c1#schreiben"' in client.get(PAGE).text
    form = client.get(f"{PAGE}?reply=c1").text
    assert "Auf Beitrag 1 erwidern</h2>" in form
    assert 'name="in_reply_to" value="c1"' in form
    assert send(client, **REPLY).status_code == 303
    page = client.get(PAGE).text
    replies = page.partition('<ol class="replies" aria-label="Erwiderungen auf Beitrag 1">')[2]
    assert "Sehe ich auch so." in replies.partition("</ol>")[0]
    assert page.count("Erwidern<") == 1  # a reply cannot be answered


@pytest.mark.parametrize("status", [ContributionStatus.HIDDEN, ContributionStatus.WITHDRAWN])
def test_a_reply_to_what_is_gone_is_refused_alike_and_kept(
    client: FlaskClient, store: Store, status: ContributionStatus
):
    store.add(make_contribution("c1", status=status))
    assert "erwidern</h2>" not in client.get(f"{PAGE}?reply=c1").text
    pages = [send(client, **{**REPLY, "in_reply_to": name}) for name in ("c1", "nichts")]
    for page in pages:
        assert page.status_code == 404
        assert "Worauf Sie erwidern wollten, ist nicht mehr öffentlich." in page.text
        assert "Sehe ich auch so.</textarea>" in page.text
        assert Form(page.text).fields["kind"] == "comment"


def test_a_reply_to_a_reply_is_refused_with_a_reason(client: FlaskClient, store: Store):
    store.add(make_contribution("c0"))
    store.add(make_contribution("c1", kind=ContributionKind.REPLY, in_reply_to="c0"))
    page = send(client, **REPLY)
    assert page.status_code == 422
    assert "Worauf hier erwidert wird, ist selbst eine Erwiderung" in page.text


def test_a_reply_says_that_what_it_answers_is_gone(client: FlaskClient, store: Store):
    first = make_contribution("c1")
    store.add(first)
    send(client, **REPLY)
    store.change([Change(first, withdrawn(first))], [])
    for path in (PAGE, "/beitrag/leitlinien/1"):
        page = client.get(path).text
        assert "Erwiderung auf einen Beitrag, der nicht mehr öffentlich ist" in page
        assert "Sehe ich auch so." in page


def test_a_reply_in_a_list_without_what_it_answers_names_it(client: FlaskClient, store: Store):
    store.add(make_contribution("c1", received_at=NOON.replace(hour=1)))
    send(client, **REPLY)
    page = client.get("/beitrag/leitlinien/1?kind=reply").text
    assert f'Erwiderung auf <a href="{PAGE}?at=c1#beitrag-c1">Beitrag 1</a>' in page


def test_a_corrected_contribution_says_when(client: FlaskClient, store: Store):
    store.add(make_contribution("c1", edited_at=NOON.replace(hour=15)))
    assert "bearbeitet am 20. März 2024, 16:00 Uhr" in in_words(client.get(PAGE).text)


def test_contributions_are_read_in_the_order_that_is_chosen(client: FlaskClient, store: Store):
    for place in (1, 2):
        store.add(make_contribution(f"c{place}", received_at=NOON.replace(hour=10 + place)))

    def order(query: str) -> list[str]:
        return re.findall(r'<li id="beitrag-(\w+)">', client.get(PAGE + query).text)

    assert order("") == order("?sort=quer") == ["c1", "c2"]
    assert order("?sort=newest") == ["c2", "c1"]


def test_a_paragraph_with_very_many_contributions_comes_on_pages(client: FlaskClient, store: Store):
    for place in range(205):
        store.add(make_contribution(f"c{place:03}"))
    first = client.get(PAGE).text
    assert "Seite 1 von 3" in first
    assert f'<a rel="next" href="{PAGE}?page=2">' in first
    assert 'id="beitrag-c204"' in client.get(f"{PAGE}?at=c204").text
    assert len(client.get(PAGE).data) < 300_000


@pytest.fixture
def newer(app: Flask, publish: Publish) -> None:  # noqa: ARG001  # it publishes another one
    ways = (
        Way(1, (1,), WayKind.UNCHANGED, 1.0),
        Way(2, (3,), WayKind.MOVED, 1.0),
        Way(3, (), WayKind.REMOVED, 1.0),
    )
    versions = (make_version(), make_version(2, window=None, ways=ways))
    publish(make_catalogue(make_document(versions=versions)))


@pytest.mark.usefixtures("newer")
def test_a_stale_page_says_on_which_version_one_writes(client: FlaskClient, store: Store):
    page = in_words(client.get(PAGE).text)
    assert "Sie lesen Fassung 1; was Sie schreiben, steht bei ihr." in page
    assert "Dieser Absatz steht dort nun bei: Fassung 2, Rn. 3." in page
    assert "weggefallen" in client.get("/beitrag/leitlinien/1/3").text
    taken = client.get(send(client, kind="comment", text="Gut.").location).text
    assert "Er steht bei Fassung 1, die Sie gelesen haben." in in_words(taken)
    assert store.of_document("leitlinien")[0].ref.version == 1


@pytest.mark.usefixtures("newer")
def test_a_stale_page_whose_window_has_closed_keeps_all_that_was_typed(
    client: FlaskClient, clock: Clock, store: Store
):
    clock.now = AFTER
    answer = send(client, **PROPOSAL)
    assert answer.status_code == 403
    assert "Inzwischen gibt es Fassung 2." in answer.text
    assert f"readonly>\n{WORDING}</textarea>" in answer.text
    assert "readonly>\nKlarer.</textarea>" in answer.text
    assert store.of_document("leitlinien") == []
