"""Long lists in leaves: each holds as much as a page may weigh."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

MOST = 100  # entries; a reader's patience, and about 70 KB of markup
ROOM = 140_000  # bytes of words; with the markup a page stays below 300 KB

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Entry]):
    """A part of a list; ``number`` counts from 1, ``first`` is the place of its first entry."""

    entries: Sequence[Entry]
    number: int
    of: int
    first: int

    @property
    def last(self) -> int:
        """The place of its last entry, counted from 1."""
        return self.first + len(self.entries) - 1


def leaf(
    entries: Sequence[Entry],
    number: int,
    weigh: Callable[[Entry], int],
    *,
    around: int | None = None,
) -> Leaf[Entry]:
    """Return the leaf of that number; beyond the last one, the last one.

    Args:
        entries: The whole list.
        number: Counted from 1.
        weigh: Returns how many bytes an entry takes.
        around: The index of an entry that has to be on the leaf, whatever its number.
    """
    starts = _starts([weigh(entry) for entry in entries])
    if around is not None:
        number = bisect_right(starts, around)
    found = min(max(number, 1), len(starts))
    begin, end = starts[found - 1], [*starts, len(entries)][found]
    return Leaf(entries[begin:end], found, len(starts), begin + 1)


def _starts(weights: Sequence[int]) -> list[int]:
    starts, filled = [0], 0
    for place, weight in enumerate(weights):
        is_full = filled + weight > ROOM or place - starts[-1] >= MOST
        if is_full and place > starts[-1]:
            starts.append(place)
            filled = 0
        filled += weight
    return starts
