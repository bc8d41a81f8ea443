"""Files as spreadsheet programs, and those who mean harm, make them."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

HEADINGS = ("Rn.", "Text", "Name")


def xlsx(*rows: Sequence[Any]) -> bytes:
    """Return a workbook whose first sheet has these rows."""
    book, file = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.create_sheet("Erläuterung").append(["Alles andere"])
    book.save(file)
    return file.getvalue()


def entries(content: bytes) -> dict[str, bytes]:
    """Return what a zip archive holds."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(held: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip archive of these entries."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in held:
            archive.writestr(name, content)
    return file.getvalue()


def with_entry(content: bytes, name: str, entry: bytes) -> bytes:
    """Return a workbook with one entry added or replaced."""
    return zipped({**entries(content), name: entry}.items())
