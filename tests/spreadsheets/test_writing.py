import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from spreadsheets.reading import read_table
from spreadsheets.sheet import Wanted
from spreadsheets.table import Column, Table
from spreadsheets.writing import CELL_LIMIT, write_csv, write_xlsx
from tests.spreadsheets.libreoffice import AS_XLSX, converted, shown

COLUMNS = (Column("Rn.", 8), Column("Text", 60), Column("Tag"))
HARMFUL = ('=HYPERLINK("http://example.org","x")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1")  # noqa: RUF001
KIND = Column("Art", choices=("Anregung", "Frage"), hint="Was wollen Sie?")


def make_table(*rows: tuple[object, ...]) -> Table:
    return Table("Beiträge", COLUMNS, rows)  # type: ignore[arg-type]  # cells


def saved(table: Table, folder: Path) -> Path:
    path = folder / "tabelle.xlsx"
    path.write_bytes(write_xlsx(table))
    return path


def sheet_of(content: bytes):
    return openpyxl.load_workbook(BytesIO(content)).worksheets[0]


def test_a_csv_file_says_what_the_table_says():
    content = write_csv(
        make_table((14, 'Bänke, "viele"\nund Bäume', date(2024, 3, 20)), (2.5, "", None))
    )
    assert list(csv.reader(StringIO(content.decode(), newline=""))) == [
        ["Rn.", "Text", "Tag"],
        ["14", 'Bänke, "viele"\nund Bäume', "2024-03-20"],
        ["2.5", "", ""],
    ]


def test_a_csv_file_bears_no_formula():
    lines = csv.reader(
        StringIO(write_csv(make_table(*((1, text, None) for text in HARMFUL))).decode(), newline="")
    )
    assert [text for _, text, _ in lines][1:] == [f"'{text}" for text in HARMFUL]


def test_an_xlsx_file_bears_no_formula_and_no_other_words():
    sheet = sheet_of(write_xlsx(make_table(*((1, text, None) for text in HARMFUL))))
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        (text, "s", True) for text in HARMFUL
    ]


def test_the_same_table_gives_the_same_bytes():
    table = Table("Beiträge", (KIND,), (("Frage",),), notes=("Erste Zeile",), notes_title="Hilfe")
    assert write_xlsx(table) == write_xlsx(table)
    assert write_csv(table) == write_csv(table)


def test_choices_and_hints_are_offered_below_the_last_row_too():
    table = Table("Beiträge", (Column("Rn."), KIND), ((1, "Frage"),), empty_rows=10)
    (offered,) = sheet_of(write_xlsx(table)).data_validations.dataValidation
    assert (str(offered.sqref), offered.type) == ("B2:B12", "list")
    assert (offered.formula1, offered.prompt) == ('"Anregung,Frage"', "Was wollen Sie?")


def test_more_choices_than_a_cell_can_offer_are_left_to_the_reading():
    table = Table(
        "Orte", (Column("Ort", choices=("x" * 200, "y" * 100), hint="Wo?"),), empty_rows=1
    )
    (offered,) = sheet_of(write_xlsx(table)).data_validations.dataValidation
    assert (offered.type, offered.prompt) == (None, "Wo?")


def test_notes_are_a_sheet_of_their_own():
    table = Table("A/B: alle", (KIND,), notes=("Erste", "=Zweite"), notes_title="Erläuterungen")
    book = openpyxl.load_workbook(BytesIO(write_xlsx(table)))
    assert book.sheetnames == ["A B  alle", "Erläuterungen"]
    assert [cell.value for (cell,) in book.worksheets[1].iter_rows()] == ["Erste", "=Zweite"]


@pytest.mark.parametrize("title", ["", "///", "x" * 40])
def test_every_title_becomes_a_name_of_a_sheet(title: str):
    (name,) = openpyxl.load_workbook(BytesIO(write_xlsx(Table(title, (KIND,))))).sheetnames
    assert name in {"1", "x" * 31}


def test_what_no_xml_can_hold_is_shown_as_missing():
    sheet = sheet_of(write_xlsx(make_table((1, "a\x07b\ufffec\ud800d", None))))
    assert sheet["B2"].value == "a\ufffdb\ufffdc?d"


def test_what_is_too_long_for_a_cell_shows_that_it_goes_on():
    sheet = sheet_of(write_xlsx(make_table((1, "x" * (CELL_LIMIT + 1), None))))
    assert sheet["B2"].value == "x" * (CELL_LIMIT - 1) + "…"


def test_a_moment_keeps_its_offset():
    sheet = sheet_of(write_xlsx(make_table((1, "x", datetime(2024, 3, 20, 11, tzinfo=UTC)))))
    assert sheet["C2"].value == "2024-03-20T11:00:00+00:00"


ROWS = (
    (14, 'Bänke, "viele"\nund Bäume', date(2024, 3, 20)),
    (15, "007", None),
    (16, "_x0041_ & <b>😀</b>", date(2024, 2, 29)),
    *((17, text, None) for text in HARMFUL),
)


def test_libreoffice_shows_what_the_table_says(tmp_path: Path):
    table = shown(saved(make_table(*ROWS), tmp_path), tmp_path)
    assert table == [
        ["Rn.", "Text", "Tag"],
        *[[str(number), text, day.isoformat() if day else ""] for number, text, day in ROWS],
    ]


def test_what_libreoffice_saves_is_read_back(tmp_path: Path):
    saved_again = converted(saved(make_table(*ROWS), tmp_path), AS_XLSX, tmp_path)
    wanted = [Wanted("number", ("Rn.",)), Wanted("text", ("Text",)), Wanted("day", ("Tag",))]
    rows = read_table(saved_again, wanted).rows
    assert [(row.text("number"), row.text("text"), row.text("day")) for row in rows] == [
        (str(number), text.strip(), day.isoformat() if day else "") for number, text, day in ROWS
    ]


def test_libreoffice_computes_nothing_of_a_csv_file(tmp_path: Path):
    file = tmp_path / "tabelle.csv"
    file.write_bytes(write_csv(make_table(*((1, text, None) for text in HARMFUL))))
    assert [row[1] for row in shown(file, tmp_path)][1:] == [f"'{text}" for text in HARMFUL]
