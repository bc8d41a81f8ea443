import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets.reading import read_table
from spreadsheets.refusals import Unfit, UnfitSpreadsheet
from spreadsheets.sheet import Address, Row, Sheet, Wanted, letter, text_of
from spreadsheets.table import Column, Table
from spreadsheets.writing import write_csv, write_xlsx
from tests.spreadsheets.files import HEADINGS, entries, with_entry, xlsx, zipped
from tests.spreadsheets.libreoffice import AS_ODS, AS_XLS, converted

WANTED = (
    Wanted("number", ("Rn.", "No.")),
    Wanted("text", ("Text",)),
    Wanted("name", ("Name",), is_required=False),
)
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BENCHES = "Rn.;Text;Name\r\n14;Bänke, viele;Zoë\r\n"


def texts(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(row.text("number"), row.text("text"), row.text("name")) for row in sheet.rows]


def unfit(content: bytes, **limits: int) -> UnfitSpreadsheet:
    with pytest.raises(UnfitSpreadsheet) as refused:
        read_table(content, WANTED, **limits)
    return refused.value


def test_a_workbook_is_read_by_its_headings_in_any_order():
    content = xlsx(["Name", " TEXT *", "no."], [None, "Bänke", 14], ["Zoë", "Bäume", "15"])
    assert texts(read_table(content, WANTED)) == [("14", "Bänke", ""), ("15", "Bäume", "Zoë")]


def test_a_column_that_need_not_be_there_may_be_missing():
    sheet = read_table(xlsx(["Rn.", "Text"], [14, "Bänke"]), WANTED)
    assert texts(sheet) == [("14", "Bänke", "")]
    assert sheet.address(sheet.rows[0], "name") == Address(2, "", "name")


def test_cells_have_the_addresses_that_people_see():
    sheet = read_table(
        xlsx(HEADINGS, [], [14, "Bänke"], [None, "  "], ["", "Bäume", "Ada"]), WANTED
    )
    assert [sheet.address(row, "text") for row in sheet.rows] == [
        Address(3, "B", "Text"),
        Address(5, "B", "Text"),
    ]


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_in_a_spreadsheet(index: int, name: str):
    assert letter(index) == name


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (" Bänke ", "Bänke"),
        (14, "14"),
        (14.0, "14"),
        (1.5, "1.5"),
        (date(2024, 3, 20), "2024-03-20"),
        (datetime(2024, 3, 20), "2024-03-20"),  # noqa: DTZ001  # as spreadsheets have it
        (datetime(2024, 3, 20, 18, 30), "2024-03-20T18:30:00"),  # noqa: DTZ001
        (float("inf"), "inf"),
    ],
)
def test_a_cell_is_read_as_one_would_read_it(cell, text: str):
    assert text_of(cell) == text


def test_days_times_and_truths_in_a_workbook_are_read():
    content = xlsx(HEADINGS, [date(2024, 3, 20), timedelta(hours=1), True])
    (row,) = read_table(content, WANTED).rows
    assert texts(Sheet((row,), {})) == [("2024-03-20", "1:00:00", "True")]


@pytest.mark.parametrize(
    "content",
    [
        BENCHES.encode(),
        BENCHES.encode("utf-8-sig"),
        BENCHES.encode("cp1252"),
        BENCHES.replace(";", "\t").encode("utf-16"),
        BENCHES.replace(";", "\t").encode(),
        b"sep=;\r\n" + BENCHES.encode(),
        'Rn.,Text,"Na""me"\r\n14,"Bänke, viele",Zoë\r\n'.replace('"Na""me"', "Name").encode(),
        '"Rn.","Text","Name"\n14,"Bänke, viele",Zoë'.encode(),
        BENCHES.replace("\r\n", "\n").encode(),
    ],
)
def test_a_csv_file_is_read_whoever_wrote_it(content: bytes):
    assert texts(read_table(content, WANTED)) == [("14", "Bänke, viele", "Zoë")]


def test_a_csv_file_keeps_line_breaks_in_cells_and_counts_rows_as_a_spreadsheet_does():
    sheet = read_table(b'Rn.;Text\n14;"erste\nzweite"\n\n15;dritte\n', WANTED)
    assert [row.number for row in sheet.rows] == [2, 4]
    assert sheet.rows[0].text("text") == "erste\nzweite"


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@given(text=st.text(st.sampled_from("='-+aä\",;\n😀"), min_size=1).map(str.strip))
def test_what_is_written_is_read_back(write, text: str):
    table = Table("Beiträge", (Column("Rn."), Column("Text")), ((14, text),))
    assert texts(read_table(write(table), WANTED)) == [("14", text, "")]


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes):
    assert unfit(content).unfit in {Unfit.EMPTY, Unfit.MISSING_COLUMNS}


def test_a_file_with_headings_only_is_refused():
    assert unfit(xlsx(HEADINGS, [None, ""])).unfit is Unfit.NO_ROWS


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    refused = unfit(BENCHES.encode() * 10, file_limit=100)
    assert (refused.unfit, refused.limit) == (Unfit.TOO_LARGE, 100)


def test_too_many_rows_are_refused():
    content = xlsx(HEADINGS, *([14, "Bänke"] for _ in range(4)))
    refused = unfit(content, rows_limit=3)
    assert (refused.unfit, refused.limit) == (Unfit.TOO_MANY_ROWS, 3)
    assert len(read_table(content, WANTED, rows_limit=4).rows) == 4


def test_a_hundred_thousand_rows_are_refused():
    content = "Rn.;Text\n" + "14;Bänke\n" * 100_000
    assert unfit(content.encode()).unfit is Unfit.TOO_MANY_ROWS


def test_missing_columns_are_named():
    refused = unfit(b"Text;Name\nx;y\n")
    assert (refused.unfit, refused.columns) == (Unfit.MISSING_COLUMNS, ("Rn.",))


def test_columns_that_are_not_wanted_are_named():
    refused = unfit(b"Rn.;Text;Telefon;Mail\n1;x;0355;\n")
    assert (refused.unfit, refused.columns) == (Unfit.UNKNOWN_COLUMNS, ("Telefon", "Mail"))


def test_a_cell_below_no_heading_is_refused():
    assert unfit(b"Rn.;Text\n1;x;verloren\n").unfit is Unfit.UNKNOWN_COLUMNS


def test_a_column_that_is_there_twice_is_refused():
    refused = unfit(b"Rn.;Text;No.\n1;x;2\n")
    assert (refused.unfit, refused.columns) == (Unfit.DOUBLE_COLUMNS, ("number",))


def test_letters_of_no_known_encoding_are_refused():
    assert unfit(b"Rn.;Text\n1;\x81\x8d\n").unfit is Unfit.UNKNOWN_ENCODING
    assert unfit(b"Rn.;Text\n1;\0\n").unfit is Unfit.UNKNOWN_ENCODING
    assert unfit(b"\xff\xfeR").unfit is Unfit.UNKNOWN_ENCODING


@pytest.mark.parametrize(
    "content", [b'Rn.;Text\n1;"x\n', b'Rn.;Text\n1;"x"y\n', b"Rn.;Text\n1;" + b"x" * 200_000]
)
def test_quotes_that_make_no_sense_and_endless_cells_are_refused(content: bytes):
    assert unfit(content).unfit is Unfit.BROKEN


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"<!DOCTYPE html>", b"  <HTML>", b"{\\rtf1", b"\x89PNG"]
)
def test_files_of_other_kinds_are_refused(content: bytes):
    assert unfit(content).unfit is Unfit.OTHER_FORMAT


def test_an_encrypted_workbook_is_refused():
    assert (
        unfit(OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")).unfit is Unfit.ENCRYPTED
    )


def test_an_encrypted_archive_is_refused():
    content = bytearray(xlsx(HEADINGS))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert unfit(bytes(content)).unfit is Unfit.ENCRYPTED


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_a_workbook_with_macros_is_refused(name: str):
    assert (
        unfit(with_entry(xlsx(HEADINGS, [1, "x"]), name, b"Sub Auto_Open()")).unfit is Unfit.MACROS
    )


def test_an_archive_that_is_no_workbook_is_refused():
    assert unfit(zipped([("word/document.xml", b"<w/>")])).unfit is Unfit.OTHER_FORMAT


def test_a_bomb_is_refused_before_it_is_unpacked():
    for bomb in (b"\0" * 20 * 1024 * 1024, b"<x/>" * 20 * 1024 * 1024):
        assert unfit(with_entry(xlsx(HEADINGS), "xl/media/a.bin", bomb)).unfit is Unfit.BOMB


@pytest.mark.parametrize(("row", "is_read"), [(400_000, True), (600_000, False)])
def test_a_sheet_of_very_many_blank_rows_is_refused(row: int, *, is_read: bool):
    content = xlsx(HEADINGS, [1, "x"])
    sheet = entries(content)[SHEET].replace(b'r="2"', b'r="%d"' % row)
    far = with_entry(content, SHEET, re.sub(rb'r="([AB])2"', rb'r="\g<1>%d"' % row, sheet))
    if is_read:
        assert [one.number for one in read_table(far, WANTED).rows] == [row]
    else:
        assert unfit(far).unfit is Unfit.BOMB


def test_an_archive_of_very_many_entries_is_refused():
    assert unfit(zipped((f"xl/{n}", b"") for n in range(1001))).unfit is Unfit.BOMB


def test_a_workbook_that_hides_how_much_it_holds_is_refused():
    content = bytearray(with_entry(xlsx(HEADINGS), SHEET, b"<x/>" * 1024 * 1024))
    place = content.rindex(SHEET.encode())
    content[place - 46 + 24 : place - 46 + 28] = (100).to_bytes(4, "little")
    assert unfit(bytes(content)).unfit is Unfit.BROKEN


BOMB_OF_ENTITIES = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>"""
OUTSIDE_ENTITY = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<worksheet><sheetData><row r="1"><c t="str"><v>&a;</v></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    "sheet", [BOMB_OF_ENTITIES, OUTSIDE_ENTITY, b"<worksheet", b"", b"\xff\xfe"]
)
@pytest.mark.parametrize(
    "entry", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"]
)
def test_xml_that_is_broken_or_means_harm_is_refused(entry: str, sheet: bytes):
    assert unfit(with_entry(xlsx(HEADINGS, [1, "x"]), entry, sheet)).unfit is Unfit.BROKEN


def test_a_workbook_that_was_cut_off_is_refused():
    content = xlsx(HEADINGS, [1, "x"])
    for length in range(4, len(content), 97):
        assert unfit(content[:length]).unfit is Unfit.BROKEN


@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_workbook_with_any_byte_changed_is_read_or_refused(place: int, byte: int):
    content = bytearray(xlsx(HEADINGS, [1, "x"]))
    content[place % len(content)] = byte
    with suppress(UnfitSpreadsheet):  # anything else would be a mistake of ours
        read_table(bytes(content), WANTED)


def test_a_workbook_that_says_another_size_is_read_whole():
    content = xlsx(HEADINGS, [1, "x"], [2, "y"])
    sheet = entries(content)[SHEET].replace(b'ref="A1:C3"', b'ref="A1:A1"')
    assert texts(read_table(with_entry(content, SHEET, sheet), WANTED)) == [
        ("1", "x", ""),
        ("2", "y", ""),
    ]


@pytest.mark.parametrize(
    ("form", "kind"), [(AS_XLS, Unfit.OLD_FORMAT), (AS_ODS, Unfit.OTHER_FORMAT)]
)
def test_what_libreoffice_saves_in_other_formats_is_refused(tmp_path: Path, form: str, kind: Unfit):
    file = tmp_path / "tabelle.xlsx"
    file.write_bytes(xlsx(HEADINGS, [1, "x"]))
    assert unfit(converted(file, form, tmp_path)).unfit is kind


def test_a_row_knows_nothing_of_columns_that_are_not_there():
    assert Row(2, {}).text("name") == ""


def test_the_workbooks_of_these_tests_are_real_ones():
    with ZipFile(BytesIO(xlsx(HEADINGS))) as archive:
        assert {SHEET, "xl/workbook.xml", "[Content_Types].xml"} <= set(archive.namelist())
