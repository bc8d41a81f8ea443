"""From the bytes of a file to a sheet: what was handed in, read without trust."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spreadsheets.containers import Container, container_of
from spreadsheets.reading_csv import csv_rows
from spreadsheets.refusals import Unfit, UnfitSpreadsheet
from spreadsheets.sheet import Place, Row, Sheet, Wanted, is_blank, text_of
from spreadsheets.table import Cell

FILE_LIMIT = 4 * 1024 * 1024  # bytes; 5,000 rows are about 0.5 MB
ROWS_LIMIT = 10_000


def read_table(
    content: bytes,
    wanted: Sequence[Wanted],
    *,
    rows_limit: int = ROWS_LIMIT,
    file_limit: int = FILE_LIMIT,
) -> Sheet:
    """Read a file, XLSX or CSV, whose first row holds the headings, in any order.

    Blank rows are left out. Which of the two it is, is told by its bytes, not by its name.

    Raises:
        UnfitSpreadsheet: If it is no such file, lacks a column, or has one that is not wanted.
    """
    container = container_of(content, limit=file_limit)
    rows = _rows_of(container, content)
    places = _places(next(rows, []), wanted)
    found = tuple(_limited(_rows(rows, places), rows_limit))
    if not found:
        raise UnfitSpreadsheet(Unfit.NO_ROWS)
    return Sheet(found, places)


def _rows_of(container: Container, content: bytes) -> Iterator[list[Cell]]:
    if container is Container.CSV:
        return csv_rows(content)
    # What reads workbooks takes long to load: nobody waits for it who has none.
    from spreadsheets.reading_xlsx import xlsx_rows  # noqa: PLC0415

    return xlsx_rows(content)


def _places(headings: Sequence[Cell], wanted: Sequence[Wanted]) -> dict[str, Place]:
    names = {_bare(heading): one.name for one in wanted for heading in (*one.headings, one.name)}
    written = [(index, text_of(cell)) for index, cell in enumerate(headings)]
    written = [(index, heading) for index, heading in written if heading]
    unknown = tuple(heading for _, heading in written if _bare(heading) not in names)
    found = [names[_bare(heading)] for _, heading in written if _bare(heading) in names]
    _refuse(Unfit.MISSING_COLUMNS, _missing(wanted, found))
    _refuse(Unfit.UNKNOWN_COLUMNS, unknown)
    _refuse(
        Unfit.DOUBLE_COLUMNS, tuple(name for name, times in Counter(found).items() if times > 1)
    )
    return {names[_bare(heading)]: Place(index, _unmarked(heading)) for index, heading in written}


def _missing(wanted: Sequence[Wanted], found: Iterable[str]) -> tuple[str, ...]:
    there = set(found)
    return tuple(one.headings[0] for one in wanted if one.is_required and one.name not in there)


def _rows(rows: Iterable[Sequence[Cell]], places: dict[str, Place]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=2):
        if not is_blank(cells):
            _refuse_beyond(cells, places)
            yield Row(number, {name: _at(cells, place) for name, place in places.items()})


def _refuse_beyond(cells: Sequence[Cell], places: dict[str, Place]) -> None:
    """Refuse what stands in a column without a heading: it must not get lost in silence."""
    known = {place.index for place in places.values()}
    if not is_blank(cell for index, cell in enumerate(cells) if index not in known):
        raise UnfitSpreadsheet(Unfit.UNKNOWN_COLUMNS, columns=("?",))


def _at(cells: Sequence[Cell], place: Place) -> Cell:
    return cells[place.index] if place.index < len(cells) else None


def _limited(rows: Iterator[Row], limit: int) -> Iterator[Row]:
    yield from islice(rows, limit)
    if next(rows, None) is not None:
        raise UnfitSpreadsheet(Unfit.TOO_MANY_ROWS, limit=limit)


def _refuse(unfit: Unfit, columns: tuple[str, ...]) -> None:
    if columns:
        raise UnfitSpreadsheet(unfit, columns=columns)


def _bare(heading: str) -> str:
    """Return a heading as it is compared: without its mark and without case."""
    return _unmarked(heading).casefold()


def _unmarked(heading: str) -> str:
    """Return a heading without the mark of a column that has to be filled in."""
    return heading.rstrip("* ").strip()
