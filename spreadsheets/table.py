"""A table as it is to be written: headings, rows, and what helps to fill it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None
WIDTH = 16  # characters


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what may be chosen in it, if not all.

    ``hint`` is shown beside a cell that is being filled in.
    """

    heading: str
    width: int = WIDTH
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``title`` names the sheet; each row has one cell for each column.

    ``notes`` are the lines of a second sheet, named ``notes_title``, that explains the first;
    ``empty_rows`` are those below the last one in which the choices are offered, too.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]] = ()
    notes: tuple[str, ...] = ()
    notes_title: str = "?"
    empty_rows: int = 0
