"""From a table to the bytes of a file; the same table gives the same bytes."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from spreadsheets.formulas import guarded, is_dangerous
from spreadsheets.table import Cell, Column, Table

CELL_LIMIT = 32_767  # characters; what Excel holds in a cell
SHEET_NAME_LIMIT = 31  # characters
SHEET_NAME_FOREIGN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
FOREIGN_TO_XML = dict.fromkeys(
    [*(code for code in range(32) if chr(code) not in "\t\n"), 0xFFFE, 0xFFFF], "\ufffd"
)
HINT_LIMIT = 255  # characters
CHOICES_LIMIT = 255  # characters of all choices together, as Excel counts
SAME_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)  # a file that tells when it was made differs
FILL, BORDER = "#E8EEF4", "#5A6B7B"


def write_csv(table: Table) -> bytes:
    """Return the table as CSV (RFC 4180): UTF-8, commas, guarded against formulas."""
    file = StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow([guarded(column.heading) for column in table.columns])
    lines.writerows([_plain(cell) for cell in row] for row in table.rows)
    return file.getvalue().encode("utf-8", "replace")


def write_xlsx(table: Table) -> bytes:
    """Return the table as XLSX, with a fixed heading, filters, choices and its notes.

    Text is never a formula. What is too long for a cell ends in "…".
    """
    file = BytesIO()
    # What looks like a number, an address or a formula is text all the same.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": table.title, "created": SAME_ALWAYS})
    _Sheet(book, table).write()
    if table.notes:
        _write_notes(book, table)
    book.close()
    return file.getvalue()


class _Sheet:
    """One sheet that is being written."""

    def __init__(self, book: Workbook, table: Table) -> None:
        self._table = table
        self._sheet: Worksheet = book.add_worksheet(_sheet_name(table.title))
        body = {"text_wrap": True, "valign": "top"}
        self._heading: Format = book.add_format(
            {**body, "bold": True, "bg_color": FILL, "bottom": 1, "bottom_color": BORDER}
        )
        self._text: Format = book.add_format({**body, "num_format": "@"})
        # Quoted, it stays text even for whoever opens the cell and leaves it again.
        self._quoted: Format = book.add_format({**body, "num_format": "@", "quote_prefix": True})
        self._number: Format = book.add_format(body)
        self._day: Format = book.add_format({**body, "num_format": "yyyy-mm-dd", "align": "left"})

    def write(self) -> None:
        """Write headings, rows and choices."""
        for place, column in enumerate(self._table.columns):
            self._sheet.set_column(place, place, column.width, self._text)
            self._sheet.write_string(0, place, _fitting(column.heading), self._heading)
            self._offer(place, column)
        for line, row in enumerate(self._table.rows, start=1):
            for place, cell in enumerate(row):
                self._write(line, place, cell)
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, self._last_line, len(self._table.columns) - 1)

    @property
    def _last_line(self) -> int:
        return len(self._table.rows) + self._table.empty_rows

    def _write(self, line: int, place: int, cell: Cell) -> None:
        match cell:
            case None:
                return
            case str():
                form = self._quoted if is_dangerous(cell) else self._text
                self._sheet.write_string(line, place, _fitting(cell), form)
            case date():  # a spreadsheet knows no time zone: a moment is text with its offset
                if isinstance(cell, datetime):
                    self._sheet.write_string(line, place, cell.isoformat(), self._text)
                else:
                    self._sheet.write_datetime(line, place, cell, self._day)
            case _:
                self._sheet.write_number(line, place, cell, self._number)

    def _offer(self, place: int, column: Column) -> None:
        if not (column.choices or column.hint) or not self._last_line:
            return
        offered: dict[str, object] = {"validate": "any"}
        # A longer list would need a sheet of its own: reading the file checks it in any case.
        if column.choices and len(",".join(column.choices)) <= CHOICES_LIMIT:
            offered = {"validate": "list", "source": list(column.choices)}
        if column.hint:
            offered["input_message"] = column.hint[:HINT_LIMIT]
        self._sheet.data_validation(1, place, self._last_line, place, offered)


def _write_notes(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet(_sheet_name(table.notes_title))
    form = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100, form)
    for line, note in enumerate(table.notes):
        sheet.write_string(line, 0, _fitting(note), form)


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _fitting(text: str) -> str:
    """Return the text without what XML cannot hold, and cut to what a cell can."""
    readable = text.encode("utf-8", "replace").decode().translate(FOREIGN_TO_XML)
    return readable if len(readable) <= CELL_LIMIT else readable[: CELL_LIMIT - 1] + "…"


def _sheet_name(title: str) -> str:
    return title.translate(SHEET_NAME_FOREIGN)[:SHEET_NAME_LIMIT].strip() or "1"
