"""Refusals of files that somebody hands in."""

from enum import StrEnum

from participation.refusals import Refusal


class Unfit(StrEnum):
    """Why a file is not read."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    OLD_FORMAT = "old-format"
    OTHER_FORMAT = "other-format"
    BOMB = "bomb"
    BROKEN = "broken"
    UNKNOWN_ENCODING = "unknown-encoding"
    MISSING_COLUMNS = "missing-columns"
    UNKNOWN_COLUMNS = "unknown-columns"
    DOUBLE_COLUMNS = "double-columns"
    TOO_MANY_ROWS = "too-many-rows"
    NO_ROWS = "no-rows"


class UnfitSpreadsheet(Refusal):
    """The file is none that can be read; nothing of it was taken.

    ``columns`` are the headings that are meant; ``limit`` is what was passed, in rows or bytes.
    """

    code = "unfit-spreadsheet"

    def __init__(self, unfit: Unfit, *, columns: tuple[str, ...] = (), limit: int = 0) -> None:
        super().__init__(f"This spreadsheet cannot be read: {unfit}.")
        self.unfit, self.columns, self.limit = unfit, columns, limit
