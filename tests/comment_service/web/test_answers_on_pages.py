"""Residents read the answer at the contribution, and on the paragraph that was changed."""

import json
from datetime import date

import jsonschema_rs
import pytest
from flask.testing import FlaskClient

import participation.catalogue
from comment_service.storage.protocol import Change, Store
from participation.catalogue import Catalogue
from participation.contribution import Channel, Transcribed
from participation.decision import Answer, DecisionStatus, Outcome
from participation.meeting import PublicMinutes
from participation.paragraph import ParagraphRef
from participation.way import Way, WayKind
from tests.comment_service.conftest import Publish
from tests.factories import (
    AFTER,
    make_contribution,
    make_decision,
    make_document,
    make_version,
    public_id,
)

WAYS = tuple(Way(number, (number,), WayKind.UNCHANGED, 1.0) for number in (1, 2, 3))
MINUTES = PublicMinutes(date(2024, 3, 21), "Was sich ändert", "sitzungen/2024-03-21/")
ANSWER = Answer(
    Outcome.PARTLY, "Mehr <Bänke>, ja.", MINUTES.date, (ParagraphRef("leitlinien", 2, 3),)
)
FIRST, SECOND = public_id(1), public_id(2)
SCHEMA = participation.catalogue.__file__.replace("catalogue.py", "contributions.schema.json")


@pytest.fixture(autouse=True)
def answered(publish: Publish, store: Store) -> None:
    versions = (make_version(1), make_version(2, window=None, ways=WAYS))
    publish(Catalogue({"leitlinien": make_document(versions=versions)}, (MINUTES,)))
    store.add(make_contribution(FIRST))
    store.add(make_contribution(SECOND, name=None))
    decision = make_decision(
        contributions=(FIRST, SECOND),
        answer=ANSWER,
        status=DecisionStatus.PUBLISHED,
        published_at=AFTER,
    )
    store.change([Change(None, decision)], [])


@pytest.mark.parametrize("path", ["/beitrag/leitlinien/1/2", "/beitrag/leitlinien/1"])
def test_the_answer_stands_under_each_contribution(client: FlaskClient, path: str):
    page = client.get(path).text
    assert page.count("Antwort der Arbeitsgruppe:") == 2
    assert page.count("<strong>teilweise übernommen</strong>") == 2
    assert "Mehr &lt;Bänke&gt;, ja." in page
    assert '<a href="/sitzungen/2024-03-21/">21. März 2024</a>' in page
    assert '<a href="/leitlinien/2/#rn-3">Fassung 2, Rn. 3</a>' in page
    assert "Beitrag 1" in page
    assert "Beitrag 2" in page


def test_the_changed_paragraph_names_the_contributions(client: FlaskClient):
    page = client.get("/beitrag/leitlinien/2/3").text
    assert "Geändert aufgrund von:" in page
    for ordinal, one in ((1, FIRST), (2, SECOND)):
        address = f"/beitrag/leitlinien/1/2#beitrag-{one}"
        assert f'<a href="{address}">Beitrag {ordinal}</a>' in page
    assert "Geändert aufgrund von:" not in client.get("/beitrag/leitlinien/2/2").text


def test_the_page_of_the_version_names_all_that_was_changed(client: FlaskClient):
    page = client.get("/beitrag/leitlinien/2").text
    assert "Was aufgrund von Beiträgen geändert wurde" in page
    assert '<a href="/beitrag/leitlinien/2/3">Rn. 3</a>' in page
    assert "Was aufgrund" not in client.get("/beitrag/leitlinien/1").text


def test_in_english_the_outcome_is_told_in_english(client: FlaskClient):
    assert "<strong>partly adopted</strong>" in client.get("/beitrag/leitlinien/1/2?lang=en").text


def test_without_minutes_of_that_day_the_meeting_is_no_link(client: FlaskClient, publish: Publish):
    versions = (make_version(1), make_version(2, window=None, ways=WAYS))
    publish(Catalogue({"leitlinien": make_document(versions=versions)}))
    page = client.get("/beitrag/leitlinien/1/2").text
    assert "21. März 2024" in page
    assert "sitzungen" not in page


def test_the_json_is_the_one_shape_of_public_contributions(client: FlaskClient):
    plain = client.get("/api/documents/leitlinien/contributions").get_json()
    with open(SCHEMA, encoding="utf-8") as file:  # noqa: PTH123
        jsonschema_rs.validator_for(json.load(file), validate_formats=True).validate(plain)
    first, second = plain["versions"]
    assert [one["answer"]["outcome"] for one in first["paragraphs"][0]["contributions"]] == [
        "partly",
        "partly",
    ]
    third = next(one for one in second["paragraphs"] if one["number"] == 3)
    assert [one["ordinal"] for one in third["changed_because_of"]] == [1, 2]


def test_a_transcribed_contribution_says_how_it_came_in(client: FlaskClient, store: Store):
    transcribed = Transcribed("anna", 5, "Werkstatt Nord", date(2024, 3, 12), is_late=True)
    store.add(make_contribution("c3", channel=Channel.WORKSHOP, transcribed=transcribed))
    page = client.get("/beitrag/leitlinien/1/2").text
    for words in (
        "Eingangsweg: Workshop",
        "Werkstatt Nord, 12. März 2024, 5 Personen stehen dahinter",
        "nach dem Ende der Frist",
    ):
        assert words in page
    assert "anna" not in page


def test_a_letter_that_nobody_was_told_more_of_says_only_that(client: FlaskClient, store: Store):
    store.add(make_contribution("c3", channel=Channel.LETTER))
    store.add(make_contribution("c4", channel=Channel.PHONE, transcribed=Transcribed("anna")))
    page = client.get("/beitrag/leitlinien/1/2").text
    assert '<p class="by">Eingangsweg: Brief</p>' in page
    assert '<p class="by">Eingangsweg: Telefon</p>' in page


def test_what_was_erased_or_blacked_out_says_so(client: FlaskClient, store: Store):
    store.add(make_contribution("c3", text="", name=None, erased_at=AFTER))
    store.add(make_contribution("c4", text="Herr ███ sagt.", is_blacked_out=True))
    page = client.get("/beitrag/leitlinien/1/2").text
    assert "Der Text wurde auf Wunsch der Person gelöscht" in page
    assert "geschwärzt" in page
