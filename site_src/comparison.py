"""The comparison of two versions: rows of old and new paragraphs that belong together."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from participation.document import Document, Version
from participation.order import Link, in_order
from participation.paragraph import Paragraph
from participation.way import Way


class RowKind(StrEnum):
    """What a row tells."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"
    ADDED = "added"
    AWAY = "away"  # stands where a paragraph stood that has moved, and says where to


STILL = {RowKind.UNCHANGED, RowKind.AWAY}  # rows that tell of no change, or of one told elsewhere

# Versions further apart are not compared, except with the first one: the number of pages then
# grows with that of versions, not with its square, and none vanishes when another version comes.
REACH = 12


@dataclass(frozen=True, slots=True)
class Row:
    """Old and new paragraphs that belong together; one of both may be none.

    ``moved``: they stand elsewhere than the old one's neighbours do, whatever the kind.
    """

    kind: RowKind
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a document, row by row in the order of the new text."""

    old: Version
    new: Version
    rows: tuple[Row, ...]

    @property
    def figures(self) -> Counter[RowKind]:
        """How many paragraphs each kind of row tells of: old ones, except of those added."""
        counted: Counter[RowKind] = Counter()
        for row in self.rows:
            counted[row.kind] += len(row.old) or len(row.new)
        del counted[RowKind.AWAY]
        return counted

    @property
    def changes(self) -> int:
        """The number of rows that tell of a change."""
        return sum(row.kind not in STILL for row in self.rows)


def are_compared(old: int, new: int) -> bool:
    """Say whether there is a page that compares these two versions of a document."""
    return old < new and (new - old <= REACH or old == 1)


def compare(document: Document, old: int, new: int) -> Comparison:
    """Compare two versions of a document, ``old`` being the earlier one.

    Raises:
        UnknownVersion: If the document has no such versions, or not in this order.
    """
    before, after = document.version(old), document.version(new)
    return Comparison(before, after, tuple(_rows(before, after, document.ways(old, new))))


def _rows(old: Version, new: Version, ways: Sequence[Way]) -> Iterator[Row]:
    """Yield the rows by their new paragraphs; what is gone stands where it once stood."""
    groups = _groups(ways)
    rows = {group.new[0]: _row(old, new, group) for group in groups if group.new}
    known = {number for group in groups for number in group.new}
    gone = _gone(old, groups)
    yield from gone[0]
    for paragraph in new.paragraphs:
        if paragraph.number in rows:
            row = rows[paragraph.number]
            yield row
            yield from gone[row.old[-1].number]
        elif paragraph.number not in known:
            yield Row(RowKind.ADDED, (), (paragraph,))


@dataclass(frozen=True, slots=True)
class _Group:
    """Old and new numbers that ways join, ascending, and the kind of the first way."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    kind: RowKind
    steady: bool = True  # whether it kept its place among the others


def _groups(ways: Sequence[Way]) -> list[_Group]:
    """Return the groups that the ways make, ascending by their first old number."""
    home: dict[int, int] = {}  # by new number: the last old number of its group
    members: dict[int, list[Way]] = {}
    for way in ways:
        near = sorted({home[number] for number in way.new if number in home})
        joined = [*(one for key in near for one in members.pop(key)), way]
        members[way.old] = joined
        home.update({number: way.old for one in joined for number in one.new})
    return _with_steadiness(sorted((_group(joined) for joined in members.values()), key=_first))


def _group(ways: Sequence[Way]) -> _Group:
    new = tuple(sorted({number for way in ways for number in way.new}))
    kind = RowKind.MERGED if len(ways) > 1 else RowKind(ways[0].kind.value)
    return _Group(tuple(way.old for way in ways), new, kind)


def _first(group: _Group) -> int:
    return group.old[0]


def _with_steadiness(groups: Sequence[_Group]) -> list[_Group]:
    """Take for steady what keeps its order; of a way that is told as moved, believe it."""
    links = [
        Link(group.old[0], group.new[0], len(group.new))
        for group in groups
        if group.new and group.kind is not RowKind.MOVED
    ]
    steady = in_order(links)
    return [replace(group, steady=group.old[0] in steady) for group in groups]


def _row(old: Version, new: Version, group: _Group) -> Row:
    moved = group.kind is RowKind.MOVED or (
        group.kind is not RowKind.UNCHANGED and not group.steady
    )
    before = tuple(old.paragraphs[number - 1] for number in group.old)
    after = tuple(new.paragraphs[number - 1] for number in group.new)
    return Row(group.kind, before, after, moved=moved)


def _gone(old: Version, groups: Sequence[_Group]) -> defaultdict[int, list[Row]]:
    """Return the rows of what is gone, by the last old number before it that kept its place."""
    gone: defaultdict[int, list[Row]] = defaultdict(list)
    last = 0
    for group in groups:
        paragraphs = tuple(old.paragraphs[number - 1] for number in group.old)
        if not group.new:
            gone[last].append(Row(RowKind.REMOVED, paragraphs, ()))
        elif not (group.steady or group.kind is RowKind.UNCHANGED):
            gone[last].append(Row(RowKind.AWAY, paragraphs, ()))
        else:
            last = group.old[-1]
    return gone
