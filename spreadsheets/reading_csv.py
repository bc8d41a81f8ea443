"""The rows of a CSV file, whoever wrote it: encoding and separator are found out."""

import csv
from collections.abc import Iterator
from io import StringIO

from spreadsheets.formulas import unguarded
from spreadsheets.refusals import Unfit, UnfitSpreadsheet
from spreadsheets.table import Cell

SEPARATORS = ";,\t"
SAYS_SEPARATOR = "sep="  # Excel's own first line
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # what Excel calls "Unicode text"


def csv_rows(content: bytes) -> Iterator[list[Cell]]:
    """Return the rows of a CSV file, headings included.

    Raises:
        UnfitSpreadsheet: If its letters or its quotes make no sense; only when it gets there.
    """
    text = _decoded(content)
    separator, text = _separator(text)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in rows:
            yield [unguarded(cell) for cell in row]
    except csv.Error:
        raise UnfitSpreadsheet(Unfit.BROKEN) from None


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8 if it can be, else what German Windows writes."""
    for encoding in ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnfitSpreadsheet(Unfit.UNKNOWN_ENCODING)


def _separator(text: str) -> tuple[str, str]:
    """Return the separator and the rows: the one that is said, else the headings' most frequent."""
    first, _, rest = text.partition("\n")
    said = first.strip().lower()
    if said.startswith(SAYS_SEPARATOR) and said[len(SAYS_SEPARATOR) :] in tuple(SEPARATORS):
        return said[-1], rest
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count), text
