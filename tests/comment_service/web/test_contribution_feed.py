"""The feed of contributions, read by a feed reader's library."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Change, Store
from participation.contribution import ContributionKind, ContributionStatus
from participation.decision import DecisionStatus
from tests.factories import NOON, make_contribution, make_decision, public_id

FEED = "/beitrag/leitlinien/feed.atom"


def read(client: FlaskClient, address: str = FEED) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    headers = {"content-type": answer.headers["Content-Type"], "content-location": address}
    feed = feedparser.parse(answer.data, response_headers=headers)
    assert not feed.bozo
    return feed


@pytest.fixture
def full(client: FlaskClient, store: Store) -> FlaskClient:
    """A client of a service with two public contributions and three that are not."""
    store.add(make_contribution(public_id(1), text="Zwei <b>Zeilen</b>\nund\n\nein Absatz"))
    question = {"kind": ContributionKind.QUESTION, "name": None, "text": "Warum?"}
    store.add(make_contribution(public_id(2), received_at=NOON + timedelta(1), **question))
    hidden = (
        ContributionStatus.HIDDEN, ContributionStatus.PENDING, ContributionStatus.WITHDRAWN,
    )  # fmt: skip
    for number, status in enumerate(hidden, start=3):
        store.add(make_contribution(public_id(number), status=status, text="Geheim"))
    return client


def test_the_feed_tells_what_is_public_newest_first(full: FlaskClient):
    feed = read(full)
    assert (feed.feed.title, feed.feed.language) == ("Leitlinien: Beiträge", "de")
    assert [(one.title, one.author, one.id) for one in feed.entries] == [
        ("Frage Nr. 5 zu Rn. 2, Fassung 1", "ohne Namen", f"urn:uuid:{public_id(2)}"),
        ("Anregung Nr. 1 zu Rn. 2, Fassung 1", "Ada", f"urn:uuid:{public_id(1)}"),
    ]
    assert b"Geheim" not in full.get(FEED).data


def test_an_entry_leads_to_its_paragraph_for_good(full: FlaskClient):
    assert read(full).entries[0].link == "http://localhost/leitlinien/1/#rn-2"


def test_texts_are_shown_as_they_were_typed(full: FlaskClient):
    _, first = read(full).entries
    assert first.content[0].value == (
        "<blockquote>Der Text von Absatz 2.</blockquote>"
        '<p dir="auto">Zwei &lt;b&gt;Zeilen&lt;/b&gt;<br />und</p><p dir="auto">ein Absatz</p>'
    )


def test_what_changed_last_comes_first(full: FlaskClient, store: Store):
    seen = make_contribution(public_id(1), text="Zwei <b>Zeilen</b>\nund\n\nein Absatz")
    edited = replace(seen, edited_at=NOON + timedelta(2), text="Neu")
    store.change([Change(seen, edited)], [])
    first, _ = read(full).entries
    assert (first.id, first.updated) == (f"urn:uuid:{public_id(1)}", "2024-03-22T11:00:00+00:00")
    assert first.published == "2024-03-20T11:00:00+00:00"
    assert "Neu" in first.content[0].value
    assert "Nachträglich bearbeitet." in first.content[0].value


def test_an_answer_is_told_and_makes_the_entry_new(full: FlaskClient, store: Store):
    answered = make_decision(
        contributions=(public_id(1),),
        status=DecisionStatus.PUBLISHED,
        published_at=NOON + timedelta(3),
    )
    store.change([Change(None, answered)], [])
    first = read(full).entries[0]
    assert (first.id, first.updated) == (f"urn:uuid:{public_id(1)}", "2024-03-23T11:00:00+00:00")
    assert "Antwort der Arbeitsgruppe: übernommen" in first.content[0].value
    assert answered.answer.reason in first.content[0].value


def test_a_change_proposal_shows_the_wording_that_it_wants(client: FlaskClient, store: Store):
    wanted = {"kind": ContributionKind.PROPOSAL, "proposed_wording": "Der <neue> Text."}
    store.add(make_contribution(public_id(1), text="Weil es kürzer ist.", **wanted))
    (entry,) = read(client).entries
    assert entry.title == "Änderungsvorschlag Nr. 1 zu Rn. 2, Fassung 1"
    assert "Der &lt;neue&gt; Text." in entry.content[0].value


def test_what_is_withdrawn_leaves_the_feed(full: FlaskClient, store: Store):
    seen = make_contribution(public_id(1), text="Zwei <b>Zeilen</b>\nund\n\nein Absatz")
    store.change([Change(seen, replace(seen, status=ContributionStatus.WITHDRAWN))], [])
    assert [one.id for one in read(full).entries] == [f"urn:uuid:{public_id(2)}"]


def test_an_erased_text_is_gone_from_the_feed_too(client: FlaskClient, store: Store):
    store.add(make_contribution(public_id(1), text="", name=None, erased_at=NOON + timedelta(1)))
    assert "(gelöscht)" in read(client).entries[0].content[0].value


def test_a_feed_in_which_there_is_nothing_is_dated_by_the_text(client: FlaskClient):
    feed = read(client)
    assert feed.entries == []
    assert feed.feed.updated == "2024-03-07T23:00:00+00:00"
    assert client.get(FEED).data == client.get(FEED).data


def test_a_reader_who_has_it_is_told_that_nothing_is_new(full: FlaskClient, store: Store):
    known = full.get(FEED).headers["ETag"]
    again = full.get(FEED, headers={"If-None-Match": known})
    assert (again.status_code, again.data) == (304, b"")
    store.add(make_contribution(public_id(9)))
    changed = full.get(FEED, headers={"If-None-Match": known, "Cache-Control": "no-cache"})
    assert (changed.status_code, len(feedparser.parse(changed.data).entries)) == (200, 3)


def test_a_feed_holds_the_hundred_newest(client: FlaskClient, store: Store):
    for number in range(1, 103):
        store.add(make_contribution(public_id(number), received_at=NOON + timedelta(number)))
    entries = read(client).entries
    assert len(entries) == 100
    assert entries[-1].id == f"urn:uuid:{public_id(3)}"


def test_a_feed_speaks_the_language_that_is_asked_for(full: FlaskClient):
    feed = read(full, f"{FEED}?lang=en")
    assert feed.entries[0].title == "Question no. 5 on paragraph 2, version 1"
    assert (feed.feed.language, feed.feed.id) == ("en", f"http://localhost{FEED}?lang=en")
    assert full.get(f"{FEED}?lang=fr").status_code == 422


def test_there_is_no_feed_of_a_document_that_is_not_there(client: FlaskClient):
    assert client.get("/beitrag/unbekannt/feed.atom").status_code == 404


def test_the_page_of_all_contributions_names_the_feed(full: FlaskClient):
    page = full.get("/beitrag/leitlinien/1").get_data(as_text=True)
    assert page.count(f'href="{FEED}') == 2
