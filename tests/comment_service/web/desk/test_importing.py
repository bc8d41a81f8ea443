"""A spreadsheet is looked at, then taken in; what is wrong is named by row and column."""

import html
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from comment_service.storage.protocol import Store
from comment_service.web.desk.table_form import table_form, template_of
from comment_service.web.desk.table_problems import MEANINGS
from comment_service.web.messages import language
from participation.contribution import ContributionKind
from participation.log_entry import Role
from spreadsheets.reading import read_table
from spreadsheets.refusals import Unfit
from spreadsheets.writing import write_xlsx
from tests.comment_service.web.desk.conftest import HIDDEN, ORIGIN, Desk, SignIn
from tests.conftest import Clock
from tests.factories import make_catalogue, make_document, make_paragraph, make_version
from tests.spreadsheets.files import with_entry, xlsx
from tests.spreadsheets.libreoffice import AS_XLSX, converted

PAGE, LOOK = "/redaktion/einlesen", "/redaktion/einlesen/vorschau"
TEMPLATE = f"{PAGE}/vorlage/leitlinien/1.xlsx"
HEADINGS = (
    "Randnummer *",
    "Art *",
    "Eingangsweg *",
    "Anlass",
    "Datum",
    "Personen",
    "Name",
    "Beitrag *",
)
CARD = (2, "Anregung", "Workshop", "Bürgerwerkstatt", "13.03.2024", 4, None, "Mehr <b>Schatten</b>")
CARRIED = re.compile(r'name="carried" value="([^"]*)"')


def look(desk: Desk, content: bytes, place: str = "leitlinien/1") -> TestResponse:
    proof = HIDDEN.search(desk.get(PAGE).text)
    assert proof is not None
    fields = {
        "csrf": proof[1],
        "place": place,
        "file": FileStorage(BytesIO(content), "karten.xlsx"),
    }
    # The client would put a large file into one on the disk, and never close it.
    boundary, body = encode_multipart(fields)
    headers = {"Origin": ORIGIN, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    return desk.post(LOOK, data=body, headers=headers)


def take_in(desk: Desk, looked: TestResponse, place: str = "leitlinien/1") -> TestResponse:
    carried = CARRIED.search(looked.text)
    assert carried is not None
    return desk.send(PAGE, place=place, carried=html.unescape(carried[1]))


def said(desk: Desk, answer: TestResponse) -> str:
    assert answer.status_code == 303
    page = desk.get(answer.headers["Location"].partition("#")[0]).text
    return html.unescape(re.search(r'id="meldung" tabindex="-1">([^<]+)<', page)[1])  # type: ignore[index]  # it is there


def test_a_template_that_was_filled_in_is_looked_at_and_taken_in(editor: Desk, store: Store):
    book = openpyxl.load_workbook(BytesIO(editor.get(TEMPLATE).data))
    book.worksheets[0].append(list(CARD))
    file = BytesIO()
    book.save(file)
    looked = look(editor, file.getvalue())
    assert looked.status_code == 200
    assert "1 Beitrag käme hinzu" in looked.text
    assert "Mehr &lt;b&gt;Schatten&lt;/b&gt;" in looked.text
    assert store.of_document("leitlinien") == []
    assert said(editor, take_in(editor, looked)) == "1 Beitrag wurde übernommen."
    (card,) = store.of_document("leitlinien")
    assert card.text == "Mehr <b>Schatten</b>"


def test_a_change_proposal_is_taken_in_with_the_wording_that_it_wants(editor: Desk, store: Store):
    proposal = ("2", "Änderungsvorschlag", *CARD[2:7], "Es ist kürzer.", "Der ganze neue Absatz.")
    content = xlsx((*HEADINGS, "Vorgeschlagener Wortlaut"), proposal)
    looked = look(editor, content)
    assert "Der ganze neue Absatz." in looked.text
    take_in(editor, looked)
    (card,) = store.of_document("leitlinien")
    assert (card.kind, card.text) == (ContributionKind.PROPOSAL, "Es ist kürzer.")
    assert card.proposed_wording == "Der ganze neue Absatz."
    assert said(editor, take_in(editor, look(editor, content))).endswith("1 war schon da.")


@pytest.mark.parametrize(
    ("kind", "wording", "words"),
    [("Änderungsvorschlag", None, "Spalte I"), ("Frage", "Ein Absatz.", "Spalte I")],
)
def test_only_a_change_proposal_has_a_wording_and_it_needs_one(
    editor: Desk, kind: str, wording: str | None, words: str
):
    row = (2, kind, *CARD[2:8], wording)
    answer = look(editor, xlsx((*HEADINGS, "Vorgeschlagener Wortlaut"), row))
    assert answer.status_code == 422
    assert f"{words} (Vorgeschlagener Wortlaut)" in answer.text


def test_the_same_file_again_adds_nothing(editor: Desk, store: Store):
    content = xlsx(HEADINGS, CARD)
    take_in(editor, look(editor, content))
    looked = look(editor, content)
    assert "1 Zeile ist schon da und bleibt, wie sie ist." in looked.text
    assert said(editor, take_in(editor, looked)) == "0 Beiträge wurden übernommen. 1 war schon da."
    assert len(store.of_document("leitlinien")) == 1


def test_what_is_wrong_is_named_by_row_and_column(editor: Desk, store: Store):
    answer = look(editor, xlsx(HEADINGS, CARD, (9, *CARD[1:]), (2, "Lob", *CARD[2:])))
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert "2 Zellen sind nicht zu übernehmen" in page
    assert "Zeile 3, Spalte A (Randnummer)" in page
    assert "Es gibt keinen Absatz 9." in page
    assert "Zeile 4, Spalte B (Art)" in page
    assert store.of_document("leitlinien") == []


def test_a_cell_of_a_column_that_is_missing_is_named_by_its_row(editor: Desk):
    answer = look(editor, xlsx(("Rn.", *HEADINGS[1:3], "Beitrag"), ()))
    assert "Es fehlen Spalten: Paragraph no." not in answer.text
    without_origin = xlsx((*HEADINGS[:3], "Beitrag"), (2, "Frage", "Brief", "Wann?"))
    assert (
        "Zeile 2</th><td>Bitte nennen Sie den Anlass oder den Tag"
        in look(editor, without_origin).text
    )


def test_of_very_many_problems_the_first_are_listed_and_all_are_counted(editor: Desk):
    answer = look(editor, xlsx(HEADINGS, *([(9, *CARD[1:])] * 60)))
    assert "60 Zellen sind nicht zu übernehmen" in answer.text
    assert "Zeile 51," in answer.text
    assert "Zeile 52," not in answer.text
    assert "Die ersten 50 sind genannt" in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Die Datei ist leer."),
        (b"%PDF-1.7", "Die Datei ist keine Tabelle, die hier gelesen wird."),
        (xlsx(HEADINGS, CARD)[:500], "Die Datei ist beschädigt."),
        (with_entry(xlsx(HEADINGS), "xl/vbaProject.bin", b"x"), "Die Datei enthält Makros."),
        (xlsx((*HEADINGS, "Telefon"), CARD), "Spalten sind unbekannt: Telefon."),
        (xlsx(HEADINGS[1:], CARD), "Es fehlen Spalten: Randnummer."),
        (b"\0" * (4 * 1024 * 1024 + 1) + b"x", "Die Datei ist größer als 4 MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(editor: Desk, content: bytes, words: str):
    answer = look(editor, content)
    assert answer.status_code == 422
    assert words in html.unescape(answer.text)


def test_every_reason_why_a_file_is_not_read_has_words():
    assert set(MEANINGS) == set(Unfit)


def test_nothing_is_taken_in_for_a_version_that_is_not_offered(editor: Desk):
    answer = look(editor, xlsx(HEADINGS, CARD), place="leitlinien/9")
    assert answer.status_code == 422
    assert "Bitte wählen Sie etwas aus, das angeboten wird." in answer.text


@pytest.mark.parametrize("carried", ["", "nichts!", "UEs="])
def test_a_form_whose_file_got_lost_adds_nothing(editor: Desk, store: Store, carried: str):
    answer = editor.send(PAGE, place="leitlinien/1", carried=carried)
    assert answer.status_code == 422
    assert store.of_document("leitlinien") == []


def test_a_session_that_ends_between_look_and_taking_in_loses_nothing(
    editor: Desk, sign_in: SignIn, store: Store, clock: Clock
):
    carried = CARRIED.search(look(editor, xlsx(HEADINGS, CARD)).text)
    assert carried is not None
    clock.now += timedelta(hours=9)
    fields = {"place": "leitlinien/1", "carried": carried[1]}
    answer = editor.post(PAGE, data=fields, headers={"Origin": ORIGIN})
    assert answer.status_code == 403
    assert carried[1] in answer.text
    assert store.of_document("leitlinien") == []
    again = sign_in(Role.EDITOR, "grace")
    assert said(again, again.send(PAGE, **fields)) == "1 Beitrag wurde übernommen."


def test_what_has_changed_since_the_look_is_found_when_it_is_taken_in(
    editor: Desk, store: Store, publish
):
    looked = look(editor, xlsx(HEADINGS, CARD))
    publish(
        make_catalogue(make_document(versions=(make_version(paragraphs=(make_paragraph(1),)),)))
    )
    answer = take_in(editor, looked)
    assert answer.status_code == 422
    assert "Es gibt keinen Absatz 2." in answer.text
    assert store.of_document("leitlinien") == []


def test_five_thousand_rows_pass_through_the_forms(editor: Desk, store: Store):
    rows = [
        (1 + n % 3, *CARD[1:7], f"Karte {n}: Bitte mehr Schatten am Platz.") for n in range(5000)
    ]
    looked = look(editor, xlsx(HEADINGS, *rows))
    assert "5.000 Beiträge kämen hinzu" in looked.text
    assert said(editor, take_in(editor, looked)) == "5.000 Beiträge wurden übernommen."
    assert len(store.of_document("leitlinien")) == 5000


@pytest.mark.parametrize("code", ["de", "en"])
def test_a_template_is_read_whatever_language_it_speaks(code: str):
    template = template_of(make_document(), 1, language(code))
    row = [(column.choices or ("2",))[0] for column in template.columns]
    content = write_xlsx(type(template)("t", template.columns, (row,)))
    form = table_form()
    (found,) = read_table(content, form.wanted).rows
    assert (form.value(found, "kind"), form.value(found, "channel")) == ("comment", "workshop")
    assert found.text("number") == "2"


def test_the_second_sheet_of_the_template_tells_what_may_be_chosen():
    notes = template_of(make_document(), 1, language("de")).notes
    assert "Jede Zeile wird ein Beitrag zu: Leitlinien, Fassung 1." in notes
    assert "Art: Bitte auswählen. Anregung, Frage, Änderungsvorschlag" in notes
    assert "Eingangsweg: Bitte auswählen. Workshop, Brief, E-Mail, Telefon" in notes


def test_an_unknown_version_has_no_template(editor: Desk):
    assert editor.get(f"{PAGE}/vorlage/leitlinien/9.xlsx").status_code == 404
    assert editor.get(f"{PAGE}/vorlage/andere/1.xlsx").status_code == 404


def test_libreoffice_keeps_what_the_template_offers(editor: Desk, tmp_path: Path):
    template = tmp_path / "vorlage.xlsx"
    template.write_bytes(editor.get(TEMPLATE).data)
    book = openpyxl.load_workbook(BytesIO(converted(template, AS_XLSX, tmp_path)))
    offered = {one.formula1 for one in book.worksheets[0].data_validations.dataValidation}
    assert {'"Anregung,Frage,Änderungsvorschlag"', '"Workshop,Brief,E-Mail,Telefon"'} <= offered
    assert book.sheetnames == ["Beiträge", "So wird sie ausgefüllt"]
