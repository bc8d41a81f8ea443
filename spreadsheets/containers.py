"""What kind of file was handed in: judged by its bytes, not its name, before more is read."""

from enum import Enum
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from spreadsheets.refusals import Unfit, UnfitSpreadsheet

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OTHERS = (
    b"%pdf",
    b"{\\rtf",
    b"\x89png",
    b"\xff\xd8\xff",
    b"<!",
    b"<html",
    b"<?xml",
)  # in lower case
WORKBOOK = "xl/workbook.xml"
MACROS = ("vbaproject.bin", "xl/macrosheets/")
ENTRIES_LIMIT = 1000
UNPACKED_LIMIT = 32 * 1024 * 1024  # bytes; 5,000 rows of the longest texts are about 20 MiB
RATIO_LIMIT = 200  # one repeated row comes to about 60
RATIO_FROM = 1024 * 1024  # bytes; below, no ratio can do harm
IS_ENCRYPTED = 0x1  # bit of a zip entry's flags


class Container(Enum):
    """What a file is made of."""

    XLSX = "xlsx"
    CSV = "csv"


def container_of(content: bytes, *, limit: int) -> Container:
    """Say what a file is.

    Raises:
        UnfitSpreadsheet: If it is none that is read here, or could do harm.
    """
    if not content.strip():
        raise UnfitSpreadsheet(Unfit.EMPTY)
    if len(content) > limit:
        raise UnfitSpreadsheet(Unfit.TOO_LARGE, limit=limit)
    if content.startswith(OLE):
        encrypted = ENCRYPTED_STREAM in content
        raise UnfitSpreadsheet(Unfit.ENCRYPTED if encrypted else Unfit.OLD_FORMAT)
    if content.startswith(ZIP):
        _refuse_harmful(content)
        return Container.XLSX
    if content.lstrip().lower().startswith(OTHERS):
        raise UnfitSpreadsheet(Unfit.OTHER_FORMAT)
    return Container.CSV


def _refuse_harmful(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, LargeZipFile, OSError, ValueError, NotImplementedError):
        raise UnfitSpreadsheet(Unfit.BROKEN) from None
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise UnfitSpreadsheet(Unfit.ENCRYPTED)
    # An entry is never unpacked to more than it says here: zipfile stops at that size.
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked / max(1, len(content))
    if len(entries) > ENTRIES_LIMIT or unpacked > UNPACKED_LIMIT:
        raise UnfitSpreadsheet(Unfit.BOMB)
    if unpacked > RATIO_FROM and ratio > RATIO_LIMIT:
        raise UnfitSpreadsheet(Unfit.BOMB)
    if any(macro in name for name in names for macro in MACROS):
        raise UnfitSpreadsheet(Unfit.MACROS)
    if WORKBOOK not in names:
        raise UnfitSpreadsheet(Unfit.OTHER_FORMAT)
