"""What was said on earlier versions is found where its paragraph went, in JSON and on pages."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from participation.contribution import ContributionStatus
from participation.paragraph import ParagraphRef
from participation.way import Way, WayKind
from tests.comment_service.conftest import Publish
from tests.factories import make_catalogue, make_contribution, make_document, make_paragraph
from tests.factories import make_version as version

SECOND = "/api/documents/leitlinien/contributions?version=2"
WAYS = (
    Way(1, (2,), WayKind.EDITED, 0.9),
    Way(2, (), WayKind.REMOVED, 1.0),
    Way(3, (1, 3), WayKind.SPLIT, 0.9),
)
TEXTS = ("Ein Teil.", "Der neue Text von Absatz 1.", "Noch ein Teil.")


@pytest.fixture(autouse=True)
def two_versions(publish: Publish) -> None:
    paragraphs = tuple(make_paragraph(n, text=text) for n, text in enumerate(TEXTS, start=1))
    newer = version(2, window=None, ways=WAYS, paragraphs=paragraphs)
    publish(make_catalogue(make_document(versions=(version(1), newer))))


@pytest.fixture(autouse=True)
def said(store: Store) -> None:
    for number in (1, 2, 3):
        ref = ParagraphRef("leitlinien", 1, number)
        store.add(make_contribution(f"c{number}", ref=ref, text=f"Zu Absatz {number}."))


def ids(paragraphs: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for paragraph in paragraphs for one in paragraph["contributions"]]


def test_each_paragraph_shows_what_was_said_on_what_it_was(client: FlaskClient):
    (shown,) = client.get(SECOND).get_json()["versions"]
    earlier = {one["number"]: ids(one["earlier"]) for one in shown["paragraphs"]}
    assert earlier == {1: ["c3"], 2: ["c1"], 3: ["c3"]}
    assert [one["count"] for one in shown["paragraphs"]] == [0, 0, 0]


def test_what_was_said_on_removed_text_is_not_lost(client: FlaskClient):
    (shown,) = client.get(SECOND).get_json()["versions"]
    assert ids(shown["removed"]) == ["c2"]
    assert shown["removed"][0]["wording"] == "Der Text von Absatz 2."
    assert shown["removed"][0]["difference"] == []


def test_the_wording_of_then_comes_with_what_has_changed(client: FlaskClient):
    (shown,) = client.get(SECOND).get_json()["versions"]
    (earlier,) = shown["paragraphs"][1]["earlier"]
    assert (earlier["version"], earlier["number"]) == (1, 1)
    assert earlier["wording"] == "Der Text von Absatz 1."
    assert earlier["difference"] == [
        {"change": "kept", "text": "Der"},
        {"change": "inserted", "text": " neue"},
        {"change": "kept", "text": " Text von Absatz 1."},
    ]


def test_the_first_version_shows_its_own_and_nothing_earlier(client: FlaskClient):
    path = "/api/documents/leitlinien/contributions?version=1"
    (shown,) = client.get(path).get_json()["versions"]
    assert ids(shown["paragraphs"]) == ["c1", "c2", "c3"]
    assert [one["earlier"] for one in shown["paragraphs"]] == [[], [], []]
    assert shown["removed"] == []


def test_the_page_of_a_paragraph_sets_them_apart_and_shows_the_difference(client: FlaskClient):
    page = client.get("/beitrag/leitlinien/2/2").text
    assert "Beiträge zu früheren Fassungen" in page
    assert "Zu Fassung 1, Rn. 1" in page
    assert "Zu Absatz 1." in page
    assert '<ins><span class="unseen" lang="de">eingefügt: </span> neue<span' in page
    assert '<a href="/leitlinien/1/#rn-1">Zum Text von damals</a>' in page


def test_the_page_of_the_version_lists_them_all_removed_ones_too(client: FlaskClient):
    page = client.get("/beitrag/leitlinien/2").text
    for number in (1, 2, 3):
        assert f"Zu Absatz {number}." in page
    assert "Dieser Absatz ist weggefallen." in page


def test_a_page_of_a_version_without_earlier_ones_does_not_speak_of_them(client: FlaskClient):
    assert "früheren Fassungen" not in client.get("/beitrag/leitlinien/1/1").text


@pytest.mark.parametrize("version", [1, 2])
def test_the_count_of_a_document_is_that_of_all_versions_whichever_is_asked_for(
    client: FlaskClient, store: Store, version: int
):
    store.add(make_contribution("c4", ref=ParagraphRef("leitlinien", 2, 2)))
    store.add(make_contribution("c5", status=ContributionStatus.HIDDEN))
    answer = client.get(f"/api/documents/leitlinien/contributions?version={version}").get_json()
    assert answer["count"] == 4
    (document,) = client.get("/api/documents").get_json()["documents"]
    assert document["count"] == 4
    assert [one["count"] for one in document["versions"]] == [3, 1]


def test_the_page_of_a_version_counts_the_contributions_on_all_versions(client: FlaskClient):
    page = " ".join(client.get("/beitrag/leitlinien/2").text.split())
    assert "3 Beiträge zu allen Fassungen:" in page
    assert '<a href="/beitrag/leitlinien/1">3 zu Fassung 1</a>, ' in page
    assert "<strong>0 zu Fassung 2</strong>." in page
