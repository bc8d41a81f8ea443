"""Where a paragraph went from one version to the next."""

from dataclasses import dataclass
from enum import StrEnum


class WayKind(StrEnum):
    """What became of an old paragraph."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Way:
    """The way of one old paragraph to none, one or several new ones.

    ``old`` and ``new`` are paragraph numbers, counted from 1, ``new`` in ascending order.
    ``confidence`` goes from 0 to 1; it is 1 where the text is unchanged in its place.
    A moved paragraph may be edited as well; a split one may be merged as well.
    """

    old: int
    new: tuple[int, ...]
    kind: WayKind
    confidence: float
