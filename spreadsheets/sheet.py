"""A sheet as it was read: rows, and the addresses by which people find their cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from spreadsheets.table import Cell


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that is looked for: what programs call it, and all headings it may bear."""

    name: str
    headings: tuple[str, ...]
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Address:
    """Where a cell is, as spreadsheet programs count: row 12, column C, and its heading."""

    row: int
    letter: str
    heading: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column is: from 0, and the heading that it bears in the file."""

    index: int
    heading: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: its number in the file, and its cells by name of the column."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """Return what stands in a cell as one would read it; nothing if there is no such."""
        return text_of(self.cells.get(name))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet, and the places of its columns by name."""

    rows: tuple[Row, ...]
    places: Mapping[str, Place]

    def address(self, row: Row, name: str) -> Address:
        """Return the address of a cell; a column that the file lacks has no letter."""
        place = self.places.get(name)
        if place is None:
            return Address(row.number, "", name)
        return Address(row.number, letter(place.index), place.heading)


def text_of(cell: Cell) -> str:
    """Return a cell as one would read it: 14, not 14.0; a day as 2024-03-20."""
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == cell.min.time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def is_blank(cells: Iterable[Cell]) -> bool:
    """Say whether nothing stands in a row."""
    return not any(text_of(cell) for cell in cells)


def letter(index: int) -> str:
    """Return the name of a column: A, B … Z, then AA, AB …."""
    name, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
