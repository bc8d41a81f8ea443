"""Everything public can be taken along: JSON, CSV, XLSX and web annotations."""

import csv
import json
import re
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from comment_service.storage.protocol import Change, Store
from comment_service.web.messages import language
from comment_service.web.openapi import openapi_document
from comment_service.web.table_of_contributions import table_of_contributions
from participation.contribution import Channel, ContributionKind, ContributionStatus, Transcribed
from participation.decision import DecisionStatus
from participation.public_contributions import HandedIn
from spreadsheets.writing import write_xlsx
from tests.comment_service.web.places import DOCUMENT, EXPORTS
from tests.factories import (
    NOON,
    make_answered,
    make_contribution,
    make_decision,
    make_document,
    make_public,
    make_support,
    public_id,
)
from tests.participation.test_annotations import MODEL
from tests.spreadsheets.files import entries
from tests.spreadsheets.libreoffice import shown

ANNOTATIONS = f"{DOCUMENT}/annotations"


@pytest.fixture
def full(client: FlaskClient, store: Store) -> FlaskClient:
    """A client of a service with two public contributions and a hidden one."""
    question = {"kind": ContributionKind.QUESTION, "name": None, "text": '=HYPERLINK("x")'}
    store.add(make_contribution(public_id(1)))
    store.add(make_contribution(public_id(2), received_at=NOON + timedelta(1), **question))
    store.add(make_contribution(public_id(3), status=ContributionStatus.HIDDEN, text="Geheim"))
    return client


def rows(answer: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.decode(), newline="")))


def test_json_holds_every_public_contribution_with_the_wording_of_its_paragraph(full: FlaskClient):
    answer = full.get(f"{DOCUMENT}/export.json")
    told = answer.get_json()
    schema = {"$ref": "#/components/schemas/Export", "components": openapi_document()["components"]}
    jsonschema_rs.validate(schema, told)
    assert told["count"] == 2
    first, second = told["contributions"]
    assert (first["ordinal"], first["text"], first["name"]) == (1, "Bitte mehr Bänke.", "Ada")
    assert first["wording"] == "Der Text von Absatz 2."
    assert (second["kind"], second["answer"], second["transcribed"]) == ("question", None, None)


def test_csv_holds_the_same_in_words(full: FlaskClient):
    answer = full.get(f"{DOCUMENT}/export.csv")
    assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert "leitlinien-contributions.csv" in answer.headers["Content-Disposition"]
    first, second = rows(answer.data)
    assert (first["Nr."], first["Randnummer"], first["Art"]) == ("1", "2", "Anregung")
    assert (first["Beitrag"], first["Eingangsweg"]) == ("Bitte mehr Bänke.", "online")
    assert first["Aufgenommen"] == "2024-03-20T12:00:00+01:00"
    assert second["Beitrag"] == '\'=HYPERLINK("x")'


def test_a_table_tells_proposals_replies_and_supports(client: FlaskClient, store: Store):
    proposal = {
        "kind": ContributionKind.PROPOSAL,
        "proposed_wording": "Der neue Text.",
        "edited_at": NOON,
    }
    reply = {"kind": ContributionKind.REPLY, "in_reply_to": public_id(1)}
    store.add(make_contribution(public_id(1), **proposal))
    store.add(make_contribution(public_id(2), received_at=NOON + timedelta(1), **reply))
    store.change([Change(None, make_support("s1", contribution=public_id(1)))], [])
    first, second = rows(client.get(f"{DOCUMENT}/export.csv").data)
    assert (first["Art"], second["Art"]) == ("Änderungsvorschlag", "Erwiderung")
    assert (first["Vorgeschlagener Wortlaut"], first["Unterstützungen"]) == ("Der neue Text.", "1")
    assert (first["Bearbeitet"], second["Bearbeitet"]) == ("2024-03-20T12:00:00+01:00", "")
    assert (first["Erwiderung auf"], second["Erwiderung auf"]) == ("", "1")


def test_a_table_speaks_the_language_that_is_asked_for(full: FlaskClient):
    (first, _) = rows(full.get(f"{DOCUMENT}/export.csv?lang=en").data)
    assert (first["Paragraph no."], first["Kind"]) == ("2", "Comment")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_language_that_is_not_spoken_is_refused(full: FlaskClient, form: str):
    answer = full.get(f"{DOCUMENT}/export.{form}?lang=fr")
    assert (answer.status_code, answer.get_json()["errors"]["lang"]["code"]) == (
        422,
        "unknown-choice",
    )


def test_a_workbook_holds_the_same_and_no_formula(full: FlaskClient):
    answer = full.get(f"{DOCUMENT}/export.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [dict(zip(table[0], row, strict=True))["Beitrag"] for row in table[1:]] == [
        "Bitte mehr Bänke.",
        '=HYPERLINK("x")',
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_what_is_hidden_is_in_no_export(full: FlaskClient):
    for path in (*EXPORTS, f"{ANNOTATIONS}?page=0"):
        data = full.get(path, headers={"Accept-Encoding": "identity"}).data
        held = entries(data).values() if path.endswith("xlsx") else [data]
        assert not any(b"Geheim" in part for part in held)


@pytest.mark.parametrize("path", EXPORTS)
def test_an_export_is_the_same_until_something_changes(full: FlaskClient, store: Store, path: str):
    before = full.get(path)
    assert full.get(path).data == before.data
    store.add(make_contribution(public_id(4)))
    known = {"If-None-Match": before.headers["ETag"]}
    after = full.get(path, headers=known)
    assert (after.status_code, after.data == before.data) == (200, False)


@pytest.mark.parametrize("path", EXPORTS)
def test_an_unknown_document_has_no_exports(client: FlaskClient, path: str):
    answer = client.get(path.replace("leitlinien", "andere"))
    assert (answer.status_code, answer.get_json()["code"]) == (404, "unknown-document")


@pytest.mark.parametrize("path", EXPORTS)
def test_a_document_without_contributions_can_be_taken_along(client: FlaskClient, path: str):
    assert client.get(path).status_code == 200


def walked(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    """Return all annotations of a collection, page after page, as a client finds them."""
    whole = json.loads(client.get(address).data)
    MODEL.validate(whole)
    items, following = [], whole["first"]
    while following:
        page = json.loads(client.get(following).data)
        MODEL.validate(page)
        items += page["items"]
        following = page.get("next")
    assert len(items) == whole["total"]
    return items


def test_annotations_are_found_page_after_page_and_each_at_its_own_address(full: FlaskClient):
    items = walked(full, ANNOTATIONS)
    assert [item["body"]["value"] for item in items] == ["Bitte mehr Bänke.", '=HYPERLINK("x")']
    for item in items:
        answer = full.get(item["id"])
        alone = json.loads(answer.data)
        MODEL.validate(alone)
        assert alone == {"@context": "http://www.w3.org/ns/anno.jsonld", **item}
        assert answer.headers["Content-Type"] == (
            'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
        )


def test_annotations_name_the_page_that_is_read(full: FlaskClient):
    (item, _) = walked(full, ANNOTATIONS)
    assert item["id"] == f"http://localhost{ANNOTATIONS}/{public_id(1)}"
    assert item["target"]["source"] == "http://localhost/leitlinien/1/"


def test_a_card_and_its_answer_are_taken_along(client: FlaskClient, store: Store):
    card = make_contribution(
        public_id(1),
        channel=Channel.WORKSHOP,
        transcribed=Transcribed("ada", 4, "Bürgerwerkstatt", date(2024, 3, 13)),
    )
    store.add(card)
    status = DecisionStatus.PUBLISHED
    decision = make_decision(contributions=(card.id,), status=status, published_at=NOON)
    store.change([Change(None, decision)], [])
    (told,) = client.get(f"{DOCUMENT}/export.json").get_json()["contributions"]
    assert told["transcribed"]["event"] == "Bürgerwerkstatt"
    assert "ada" not in json.dumps(told)  # who typed it is nobody's business
    assert (told["answer"]["outcome"], told["answer"]["reason"]) == ("adopted", "Das fehlte.")
    (row,) = rows(client.get(f"{DOCUMENT}/export.csv").data)
    assert (row["Anlass"], row["Personen"]) == ("Bürgerwerkstatt", "4")
    assert row["Antwort der Arbeitsgruppe"] == "übernommen"
    item, answer = walked(client, ANNOTATIONS)
    assert answer["target"] == item["id"]
    assert json.loads(client.get(answer["id"]).data)["body"][0]["value"] == "Das fehlte."


def test_the_page_of_all_contributions_leads_to_the_exports(full: FlaskClient):
    links = re.findall(r'href="(/api/[^"]+)"', full.get("/beitrag/leitlinien/1").text)
    assert {link.partition("?")[0] for link in links} == set(EXPORTS)
    assert all(full.get(link.replace("&amp;", "&")).status_code == 200 for link in links)


@pytest.mark.parametrize(
    "path",
    [
        f"{ANNOTATIONS}?page=1",
        f"{ANNOTATIONS}/{public_id(3)}",
        f"{ANNOTATIONS}/{public_id(1)}/answer",
    ],
)
def test_what_is_no_annotation_is_not_found(full: FlaskClient, path: str):
    answer = full.get(path)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not-found")


def test_a_page_without_a_number_is_refused(full: FlaskClient):
    answer = full.get(f"{ANNOTATIONS}?page=erste")
    assert (answer.status_code, answer.get_json()["errors"]["page"]["code"]) == (422, "no-number")


@pytest.fixture
def elsewhere(environ: dict[str, str], request: pytest.FixtureRequest) -> Flask:
    """A service that knows its address, and a site at another one."""
    environ["RANDNOTIZ_SERVICE_URL"] = "https://dienst.example.org"
    environ["RANDNOTIZ_SITE_URL"] = "https://texte.example.org/mitwirkung/"
    app: Flask = request.getfixturevalue("app")
    return app


def test_annotations_bear_the_addresses_of_the_settings(elsewhere: Flask):
    elsewhere.extensions["randnotiz"].commenting.store.add(make_contribution(public_id(1)))
    answer = elsewhere.test_client().get(
        f"{ANNOTATIONS}/{public_id(1)}", headers={"Host": "evil.example"}
    )
    told = json.loads(answer.data)
    assert told["id"] == f"https://dienst.example.org{ANNOTATIONS}/{public_id(1)}"
    assert told["target"]["source"] == "https://texte.example.org/mitwirkung/leitlinien/1/"


def test_the_table_tells_all_that_belongs_to_a_contribution():
    handed_in = HandedIn("Bürgerwerkstatt", NOON.date(), people=4, is_late=True)
    full = make_answered(12, channel=Channel.WORKSHOP, transcribed=handed_in)
    erased = make_public(13, text="", name=None, is_erased=True)
    table = table_of_contributions(make_document(), [full, erased], language("de"))
    first, second = (
        dict(zip([column.heading for column in table.columns], row, strict=True))
        for row in table.rows
    )
    assert (first["Anlass"], first["Datum"], first["Personen"]) == (
        "Bürgerwerkstatt",
        NOON.date(),
        4,
    )
    assert (first["Eingangsweg"], first["Verspätet"]) == ("Workshop", "ja")
    assert (first["Antwort der Arbeitsgruppe"], first["Begründung"]) == (
        "übernommen",
        "Das fehlte.",
    )
    assert (first["Beantwortet"], first["Geänderte Absätze"]) == (
        "2024-03-30T00:00:00+01:00",
        "leitlinien/2/2",
    )
    assert (second["Beitrag"], second["Personen"], second["Begründung"]) == ("(gelöscht)", 1, None)


def test_libreoffice_shows_the_table(tmp_path: Path):
    texts = ["=1+1", "Bänke,\nBäume", "+49 355 0000"]
    public = [make_answered(number, text=text) for number, text in enumerate(texts, start=1)]
    table = table_of_contributions(make_document(), public, language("de"))
    file = tmp_path / "export.xlsx"
    file.write_bytes(write_xlsx(table))
    assert shown(file, tmp_path) == [
        [column.heading for column in table.columns],
        *(["" if cell is None else str(cell) for cell in row] for row in table.rows),
    ]
