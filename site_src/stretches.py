"""The stretches of a comparison: what lies open, and what is folded away, being all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from site_src.comparison import STILL, Row, RowKind

CONTEXT = 1  # rows that stay open beside each change, to tell where it stands
FOLDED_FROM = 10  # rows; fewer are quicker to read than to unfold

Headings = tuple[str, ...]  # outermost first


@dataclass(frozen=True, slots=True)
class Section:
    """The rows below one heading; no ``headings`` if they were told before, or there are none."""

    headings: Headings
    rows: tuple[Row, ...]

    @property
    def same(self) -> bool:
        """Whether none of its rows tells of a change."""
        return all(row.kind in STILL for row in self.rows)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sections that lie open or are folded away together."""

    sections: tuple[Section, ...]
    folded: bool

    @property
    def unchanged(self) -> list[Row]:
        """Its rows of unchanged paragraphs."""
        rows = (row for section in self.sections for row in section.rows)
        return [row for row in rows if row.kind is RowKind.UNCHANGED]

    @property
    def count(self) -> int:
        """The number of its rows."""
        return sum(len(section.rows) for section in self.sections)


def stretches(rows: Sequence[Row]) -> Iterator[Stretch]:
    """Yield the stretches of a comparison in order; each row is in one of them."""
    headings = list(_headings(rows))
    told: Headings = ()
    place = 0
    for folded, group in groupby(_folded(rows)):
        end = place + len(list(group))
        sections = tuple(_sections(rows[place:end], headings[place:end], told))
        yield Stretch(sections, folded)
        told = () if folded else headings[end - 1]  # after a fold, say again where we are
        place = end


def _sections(
    rows: Sequence[Row], headings: Sequence[Headings], told: Headings
) -> Iterator[Section]:
    headed = zip(headings, rows, strict=True)
    for own, group in groupby(headed, key=lambda pair: pair[0]):
        yield Section(() if own == told else own, tuple(row for _, row in group))
        told = own


def _folded(rows: Sequence[Row]) -> Iterator[bool]:
    """Yield for each row whether it is folded away; a text that is all the same lies open."""
    place = 0
    for still, group in groupby(rows, key=lambda row: row.kind in STILL):
        count = len(list(group))
        before = CONTEXT if place else 0
        place += count
        after = CONTEXT if place < len(rows) else 0
        inner = count - before - after
        if still and FOLDED_FROM <= inner < len(rows):
            yield from [*[False] * before, *[True] * inner, *[False] * after]
        else:
            yield from [False] * count


def _headings(rows: Sequence[Row]) -> Iterator[Headings]:
    """Yield the headings above each row; what was removed stays below those before it."""
    headings: Headings = ()
    for row in rows:
        if row.new:
            headings = row.new[0].headings
        yield headings
