"""The overview of a document's discussion, and the list of all contributions with its filters."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from participation.contribution import ContributionKind, ContributionStatus
from participation.paragraph import ParagraphRef
from tests.comment_service.conftest import Publish
from tests.factories import (
    NOON,
    make_catalogue,
    make_contribution,
    make_document,
    make_paragraph,
    make_version,
)

OVERVIEW = "/beitrag/leitlinien"
ALL = "/beitrag/leitlinien/1"
HEADINGS = ("", "1. Ziele", "2. <Wege>")


@pytest.fixture(autouse=True)
def chapters(app: Flask, publish: Publish) -> None:  # noqa: ARG001  # it publishes another one
    paragraphs = tuple(
        make_paragraph(number, headings=(heading,) if heading else ())
        for number, heading in enumerate(HEADINGS, start=1)
    )
    first = make_version(paragraphs=paragraphs)
    second = make_version(2, paragraphs=paragraphs, window=None)
    publish(make_catalogue(make_document(versions=(first, second))))


def add(store: Store, contribution_id: str, number: int, version: int = 1, **changed: object):
    ref = ParagraphRef("leitlinien", version, number)
    store.add(make_contribution(contribution_id, ref=ref, **changed))


def in_words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def shown(page: str) -> list[str]:
    return re.findall(r'<li id="beitrag-(\w+)">', page)


def test_the_overview_tells_where_how_much_and_how_long(client: FlaskClient, store: Store):
    for place, number in enumerate((2, 2, 3), start=1):
        add(store, f"c{place}", number)
    page = client.get(OVERVIEW)
    assert page.status_code == 200
    words = in_words(page.text)
    assert "Beiträge sind möglich: noch 9 Tage" in words
    assert "3 Beiträge zu Fassung 1. Alle lesen" in words
    assert "Beiträge stehen bei 2 von 3 Absätzen." in words
    assert "Vor dem ersten Kapitel keine" in words
    assert "1. Ziele 2 Beiträge: Rn. 2 (2)" in words
    assert "2. <Wege> 1 Beitrag: Rn. 3" in words
    assert '<a href="/beitrag/leitlinien/1/2">Rn. 2</a> (2)' in page.text
    assert '<a href="/beitrag/leitlinien/1?chapter=3">2. &lt;Wege&gt;</a>' in page.text


def test_the_picture_shows_the_same_as_the_list(client: FlaskClient, store: Store):
    for place, number in enumerate((2, 2, 3), start=1):
        add(store, f"c{place}", number)
    bars = re.findall(r'<path d="([^"]*)"/>', client.get(OVERVIEW).text)
    assert bars == ["", "M0 44v-44.0h5V44z", "M0 22v-22.0h5V22z"]


def test_the_open_version_is_shown_and_any_other_on_demand(client: FlaskClient, store: Store):
    add(store, "c1", 2, version=2)
    assert "0 Beiträge zu Fassung 1." in in_words(client.get(OVERVIEW).text)
    page = client.get(OVERVIEW + "?version=2").text
    assert "1 Beitrag zu Fassung 2." in in_words(page)
    assert '<a href="/beitrag/leitlinien?version=1">Fassung 1</a>: 0 Beiträge' in page


def test_of_closed_versions_the_last_that_was_discussed_is_shown(
    client: FlaskClient, store: Store, publish: Publish
):
    versions = tuple(make_version(number, window=None) for number in (1, 2, 3))
    publish(make_catalogue(make_document(versions=versions)))
    assert "0 Beiträge zu Fassung 3." in in_words(client.get(OVERVIEW).text)
    add(store, "c1", 2, version=2)
    assert "1 Beitrag zu Fassung 2." in in_words(client.get(OVERVIEW).text)


@pytest.mark.parametrize(
    ("address", "status"),
    [(OVERVIEW + "?version=7", 404), (OVERVIEW + "?version=x", 422), ("/beitrag/nichts", 404)],
)
def test_what_is_not_there_is_refused(client: FlaskClient, address: str, status: int):
    assert client.get(address).status_code == status


def test_the_newest_come_first_and_shortened(client: FlaskClient, store: Store):
    add(store, "old", 1, text="Älter.")
    add(store, "new", 3, text="Wort " * 100, received_at=NOON + timedelta(minutes=1))
    page = client.get(OVERVIEW).text
    newest = page.partition("Neueste Beiträge")[2]
    assert newest.index("Wort Wort") < newest.index("Älter.")
    assert newest.count("Wort ") < 45
    assert 'href="/beitrag/leitlinien/1/3?at=new#beitrag-new"' in newest


def test_html_of_people_is_text_here_too(client: FlaskClient, store: Store):
    add(store, "c1", 1, text="<script>alert(1)</script>", name="<i>Ada</i>")
    page = client.get(OVERVIEW).text
    assert "<script>" not in page
    assert "<i>" not in page


def test_only_the_overview_may_run_a_script_and_only_its_own(client: FlaskClient):
    assert "script-src 'self'" in client.get(OVERVIEW).headers["Content-Security-Policy"]
    assert "script-src" not in client.get(ALL).headers["Content-Security-Policy"]


def test_what_changed_is_carried_for_the_readers_browser(client: FlaskClient, store: Store):
    add(store, "c1", 1)
    add(store, "c2", 1, status=ContributionStatus.HIDDEN)
    template = client.get(OVERVIEW).text.partition("<template>")[2].partition("</template>")[0]
    assert re.findall(r'data-at="([^"]*)"', template) == ["2024-03-20T11:00:00+00:00"]


def test_the_overview_leads_to_the_feed(client: FlaskClient):
    page = client.get(OVERVIEW).text
    assert page.count(f'href="{OVERVIEW}/feed.atom"') == 2  # for readers, and for their programs
    assert client.get(f"{OVERVIEW}/feed.atom").status_code == 200


def test_the_list_and_the_overview_lead_to_each_other(client: FlaskClient):
    assert f'href="{OVERVIEW}"' in client.get(ALL).text
    assert f'href="{ALL}"' in client.get(OVERVIEW).text


@pytest.fixture
def three(store: Store) -> None:
    add(store, "c1", 3, received_at=NOON)
    add(store, "c2", 2, kind=ContributionKind.QUESTION, received_at=NOON + timedelta(hours=1))
    add(store, "c3", 2, received_at=NOON + timedelta(hours=2))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["c2", "c3", "c1"]),
        ("?sort=newest", ["c3", "c2", "c1"]),
        ("?kind=question", ["c2"]),
        ("?chapter=3", ["c1"]),
        ("?answer=unanswered&kind=comment", ["c3", "c1"]),
        ("?answer=answered", []),
        ("?kind=&chapter=&answer=&sort=place&page=", ["c2", "c3", "c1"]),
    ],
)
def test_a_filter_shows_what_was_asked_for(client: FlaskClient, query: str, ids: list[str]):
    assert shown(client.get(ALL + query).text) == ids


@pytest.mark.usefixtures("three")
def test_a_filter_says_how_many_of_all_and_stays_chosen(client: FlaskClient):
    page = client.get(ALL + "?kind=question&lang=en").text
    assert "1 of 3 contributions · Show all" in in_words(page)
    assert '<option value="question" selected>' in page
    assert '<input type="hidden" name="lang" value="en">' in page
    assert (
        "There is no contribution of this kind."
        in client.get(ALL + "?answer=answered&lang=en").text
    )


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "query", ["kind=essay", "chapter=9", "chapter=x", "answer=1", "sort=up", "page=x", "page=0"]
)
def test_a_filter_that_is_not_offered_is_left_out_and_told(client: FlaskClient, query: str):
    page = client.get(f"{ALL}?{query}")
    assert page.status_code == 200
    assert "Es wurde weggelassen." in page.text
    assert shown(page.text) == ["c2", "c3", "c1"]


def test_many_contributions_come_on_several_pages(client: FlaskClient, store: Store):
    for place in range(101):
        add(store, f"c{place:03}", 2, text="x < y " * 600 if place < 3 else "Kurz.")
    first = client.get(ALL + "?kind=comment").text
    assert "hier 1 bis 100" in in_words(first)
    assert '<a rel="next" href="/beitrag/leitlinien/1?kind=comment&amp;page=2">' in first
    second = client.get(ALL + "?kind=comment&page=2").text
    assert shown(second) == ["c100"]
    assert "Seite 2 von 2" in in_words(second)
    assert 'rel="next"' not in second


def test_a_page_of_the_longest_contributions_stays_light(client: FlaskClient, store: Store):
    for place in range(100):
        add(store, f"c{place:03}", 2, text="<" * 4000)
    assert len(client.get(ALL).data) < 300_000
    assert "Seite 1 von" in client.get(ALL).text
