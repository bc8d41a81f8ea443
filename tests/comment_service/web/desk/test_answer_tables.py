"""Answers go out as a spreadsheet and come back filled in: all rows of it, or none."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Change, Store
from participation.catalogue import Catalogue
from participation.contribution import EarlierText
from participation.decision import Answer, Decision, DecisionStatus, Outcome
from participation.meeting import PublicMinutes
from participation.paragraph import ParagraphRef
from participation.way import Way, WayKind
from tests.comment_service.conftest import Publish
from tests.comment_service.web.desk.conftest import Desk
from tests.factories import (
    NOON,
    make_contribution,
    make_decision,
    make_document,
    make_paragraph,
    make_version,
)

TABLE = "/redaktion/antworten/leitlinien/1/tabelle"
WAYS = (
    Way(1, (1,), WayKind.UNCHANGED, 1.0),
    Way(2, (2,), WayKind.EDITED, 0.9),
    Way(3, (3,), WayKind.UNCHANGED, 1.0),
)
SAID = Answer(
    Outcome.ADOPTED, "Das fehlte.", date(2024, 3, 21), (ParagraphRef("leitlinien", 2, 2),)
)


@pytest.fixture(autouse=True)
def two_versions(publish: Publish) -> None:
    texts = ("Der Text von Absatz 1.", "Neu.", "Der Text von Absatz 3.")
    paragraphs = tuple(make_paragraph(n, text=text) for n, text in enumerate(texts, start=1))
    newer = make_version(2, window=None, ways=WAYS, paragraphs=paragraphs)
    minutes = PublicMinutes(date(2024, 3, 21), "Sitzung", "sitzungen/2024-03-21/")
    versions = (make_version(1), newer)
    publish(Catalogue({"leitlinien": make_document(versions=versions)}, (minutes,)))


@pytest.fixture(autouse=True)
def said(store: Store) -> None:
    for number, text in ((1, "Mehr Bänke."), (2, "=1+1"), (3, "Mehr Bäume.")):
        store.add(make_contribution(f"c{number}", text=text))


def loaded(desk: Desk) -> Any:
    return openpyxl.load_workbook(BytesIO(desk.get(f"{TABLE}.xlsx").data))


def fill_in(book: Any, row: int, **cells: Any) -> None:
    """Fill in a row, counted as spreadsheet programs do, by the headings of its columns."""
    sheet = book.worksheets[0]
    columns = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(row, columns[heading.replace("_", " ")]).value = value


def file_of(book: Any) -> tuple[BytesIO, str]:
    file = BytesIO()
    book.save(file)
    return BytesIO(file.getvalue()), "antworten.xlsx"


def look(desk: Desk, book: Any) -> Any:
    return desk.send(f"{TABLE}/vorschau", file=file_of(book))


def take_in(desk: Desk, book: Any) -> Any:
    found = re.search(r'name="carried" value="([^"]+)"', look(desk, book).text)
    assert found
    return desk.send(TABLE, carried=found[1])


ADOPTED = {
    "Ergebnis": "übernommen",
    "Begründung": "Das fehlte.",
    "Sitzung": "2024-03-21",
    "Geänderte_Absätze": "2/2",
}


def test_the_table_lists_all_contributions_with_wording_and_proposals(editor: Desk):
    rows = list(loaded(editor).worksheets[0].iter_rows(values_only=True))
    headings = [str(one).rstrip(" *") for one in rows[0]]
    first = dict(zip(headings, rows[1], strict=True))
    assert (first["Beitrag Nr."], first["Wortlaut"]) == (1, "Der Text von Absatz 2.")
    assert (first["Beitrag"], first["Vielleicht geändert"]) == ("Mehr Bänke.", "2/2")
    assert (first["Ergebnis"], first["Begründung"]) == (None, None)
    assert len(rows) == 4


def test_what_its_author_has_corrected_meanwhile_is_not_answered_by_an_older_table(
    editor: Desk, store: Store
):
    book, before = loaded(editor), store.get("c1")
    fill_in(book, 2, **ADOPTED)
    corrected = replace(
        before,
        text="Doch keine Bänke.",
        edited_at=NOON,
        earlier_texts=(EarlierText(before.text, before.name, None, NOON),),
    )
    store.change([Change(before, corrected)], [])
    refused = look(editor, book)
    assert refused.status_code == 422
    assert "berichtigt. Er lautet jetzt: Doch keine Bänke." in refused.text
    again = loaded(editor)
    fill_in(again, 2, **ADOPTED)
    assert take_in(editor, again).status_code == 303


def test_the_outcomes_can_be_chosen_in_the_spreadsheet(editor: Desk):
    (first, *_) = loaded(editor).worksheets[0].data_validations.dataValidation
    assert '"übernommen,teilweise übernommen,nicht übernommen' in first.formula1


def test_what_is_filled_in_becomes_drafts(editor: Desk, store: Store, client: FlaskClient):
    book = loaded(editor)
    fill_in(book, 2, **ADOPTED)
    fill_in(book, 4, Ergebnis="Noted", Begründung="Danke.")
    preview = look(editor, book)
    assert "2 neue Antworten, als Entwürfe" in preview.text
    assert "1 Zeile ist nicht ausgefüllt." in preview.text
    assert store.decisions("leitlinien") == []
    answer = take_in(editor, book)
    assert "2 neue Entwürfe." in editor.get(answer.location).text
    made = {one.contributions: one.answer for one in store.decisions("leitlinien")}
    assert made == {("c1",): SAID, ("c3",): Answer(Outcome.NOTED, "Danke.")}
    assert "Das fehlte." not in client.get("/beitrag/leitlinien/1/2").text


def test_the_same_table_again_changes_nothing(editor: Desk, store: Store):
    book = loaded(editor)
    fill_in(book, 2, **ADOPTED)
    take_in(editor, book)
    before = store.decisions("leitlinien"), store.log()
    again = look(editor, book).text
    assert "1 Zeile sagt, was schon dasteht." in again
    assert "In dieser Tabelle steht nichts Neues." in again
    assert (store.decisions("leitlinien"), store.log()) == before


def test_an_answer_that_was_loaded_is_changed_and_keeps_what_it_said(editor: Desk, store: Store):
    decision = make_decision(status=DecisionStatus.PUBLISHED, published_at=NOON)
    store.change([Change(None, decision)], [])
    book = loaded(editor)
    fill_in(book, 2, Begründung="Genauer gesagt: ja.")
    assert "1 Zeile ändert eine Antwort" in look(editor, book).text
    take_in(editor, book)
    after = store.decision(decision.id)
    assert after.answer == replace(decision.answer, reason="Genauer gesagt: ja.")
    assert [one.answer for one in after.revisions] == [decision.answer]
    assert after.status is DecisionStatus.PUBLISHED


def test_what_is_wrong_is_named_by_row_and_column_and_nothing_is_taken(editor: Desk, store: Store):
    book = loaded(editor)
    fill_in(book, 2, **ADOPTED)
    fill_in(book, 3, Ergebnis="vielleicht", Begründung="?", Geänderte_Absätze="2/9")
    fill_in(book, 4, Ergebnis="übernommen", Sitzung="1.1.2024", Kennung="c9.-")
    answer = look(editor, book)
    assert answer.status_code == 422
    for words in (
        "3 Zellen",
        "Zeile 3, Spalte E (Ergebnis)",
        "Zeile 3, Spalte H (Geänderte Absätze)",
        "Es gibt keinen Absatz 2/9.",
        "Zeile 4, Spalte J (Kennung)",
    ):
        assert words in answer.text
    assert store.decisions("leitlinien") == []


def test_a_row_that_is_there_twice_is_refused(editor: Desk):
    book = loaded(editor)
    sheet = book.worksheets[0]
    sheet.append([cell.value for cell in sheet[2]])
    answer = look(editor, book)
    assert (answer.status_code, "Diesen Beitrag gibt es zweimal." in answer.text) == (422, True)


def test_what_somebody_has_answered_meanwhile_is_shown(editor: Desk, store: Store):
    book = loaded(editor)
    fill_in(book, 2, **ADOPTED)
    faster = Answer(Outcome.DECLINED, "War schneller.")
    store.change([Change(None, make_decision(answer=faster))], [])
    answer = look(editor, book)
    assert answer.status_code == 422
    assert "Sie lautet jetzt: War schneller." in answer.text


def test_rows_that_nobody_touched_do_not_get_in_the_way(editor: Desk, store: Store):
    before = make_decision()
    store.change([Change(None, before)], [])
    book = loaded(editor)
    other = replace(before, answer=replace(before.answer, reason="Inzwischen anders."))
    store.change([Change(before, other)], [])
    fill_in(book, 4, Ergebnis="zur Kenntnis genommen", Begründung="Danke.")
    take_in(editor, book)
    reasons = sorted(one.answer.reason for one in store.decisions("leitlinien"))
    assert reasons == ["Danke.", "Inzwischen anders."]


def test_contributions_that_share_an_answer_keep_sharing_it(editor: Desk, store: Store):
    shared = make_decision(contributions=("c1", "c3"))
    store.change([Change(None, shared)], [])
    book = loaded(editor)
    fill_in(book, 2, Begründung="Nur hier anders.")
    answer = look(editor, book)
    assert answer.status_code == 422
    assert "In allen ihren Zeilen muss dasselbe stehen." in answer.text
    fill_in(book, 4, Begründung="Nur hier anders.")
    take_in(editor, book)
    after: Decision = store.decision(shared.id)
    assert (after.answer.reason, after.contributions) == ("Nur hier anders.", ("c1", "c3"))
    assert len(after.revisions) == 1


def test_what_changes_between_look_and_taking_in_is_not_overwritten(editor: Desk, store: Store):
    book = loaded(editor)
    fill_in(book, 2, **ADOPTED)
    found = re.search(r'name="carried" value="([^"]+)"', look(editor, book).text)
    assert found
    store.change([Change(None, make_decision(answer=replace(SAID, reason="Schneller.")))], [])
    answer = editor.send(TABLE, carried=found[1])
    assert answer.status_code == 422
    assert "Schneller." in answer.text
    assert len(store.decisions("leitlinien")) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a,b\n1,2\n"])
def test_files_that_are_no_such_table_are_refused_in_words(editor: Desk, content: bytes):
    answer = editor.send(f"{TABLE}/vorschau", file=(BytesIO(content), "antworten.xlsx"))
    assert answer.status_code == 422
    assert 'id="file-problem"' in answer.text
    assert editor.send(TABLE, carried="§").status_code == 422
    assert editor.send(f"{TABLE}/vorschau").status_code == 422


def test_a_csv_of_the_table_is_read_too(editor: Desk):
    sheet = loaded(editor).worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    rows[1][4:6] = ["übernommen", "Das fehlte."]
    lines = "\r\n".join(";".join(row) for row in rows)
    file = (BytesIO(lines.encode("cp1252")), "antworten.csv")
    preview = editor.send(f"{TABLE}/vorschau", file=file)
    assert "1 neue Antwort, als Entwurf" in preview.text


def test_a_version_that_is_not_there_has_no_table(editor: Desk):
    for path in ("tabelle", "tabelle.xlsx"):
        assert editor.get(f"/redaktion/antworten/leitlinien/9/{path}").status_code == 404
