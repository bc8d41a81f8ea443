"""The rows of the first sheet of an XLSX file, one after the other."""

import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from zipfile import BadZipFile

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from spreadsheets.refusals import Unfit, UnfitSpreadsheet
from spreadsheets.table import Cell

# What a file can break on that was written by nobody's spreadsheet program: SyntaxError is what
# readers of XML have in common, the standard library's and lxml, which openpyxl prefers where it
# is there. ValueError and its like come from values that make no sense, such as a row "x".
BREAKS = (
    *(BadZipFile, SyntaxError, DefusedXmlException, InvalidFileException, zlib.error, EOFError),
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, OSError),
    *(NotImplementedError, AssertionError),
)


# Rows and cells that are looked at, blank ones too; a formatted sheet may have very many. Source:
# 10,000 rows of 50 columns; that many take seconds.
CELLS_LIMIT = 500_000


def xlsx_rows(content: bytes) -> Iterator[list[Cell]]:
    """Return the rows of the first sheet, headings included; of formulas, what they came to.

    Raises:
        UnfitSpreadsheet: If the file is broken; only when it gets there.
    """
    try:
        yield from _rows(content)
    except BREAKS:
        raise UnfitSpreadsheet(Unfit.BROKEN) from None


def _rows(content: bytes) -> Iterator[list[Cell]]:
    book = openpyxl.load_workbook(
        BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    with closing(book):
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the size that a file says it has need not be true
        seen = 0
        for row in sheet.iter_rows(values_only=True):
            seen += 1 + len(row)
            if seen > CELLS_LIMIT:
                raise UnfitSpreadsheet(Unfit.BOMB)
            yield [_cell(value) for value in row]


def _cell(value: object) -> Cell:
    match value:
        case None | str() | int() | float() | date():
            return value
        case timedelta():
            return str(value)
    return str(value)
