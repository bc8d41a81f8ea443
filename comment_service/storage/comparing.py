"""Whether two stores keep the same, told without holding either in memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from comment_service.storage.protocol import Kept
from participation.log_entry import LogEntry


@dataclass(frozen=True, slots=True)
class Compared:
    """How many are the same here and there, and how many are not.

    ``missing`` are there only, ``foreign`` here only; a log is compared place by place.
    """

    contributions: int
    entries: int
    missing: int
    foreign: int
    different: int

    @property
    def same(self) -> bool:
        """Whether nothing is missing, foreign or different."""
        return not (self.missing or self.foreign or self.different)


def compare(
    there: tuple[Iterable[Kept], Iterable[LogEntry]],
    here: tuple[Iterable[Kept], Iterable[LogEntry]],
    seen: Callable[[int], None] = lambda _: None,
) -> Compared:
    """Compare contributions, both by id, and logs; ``seen`` is told of each pair."""
    contributions = _count(_side_by_side(iter(there[0]), iter(here[0])), seen)
    log = _count(zip_longest(there[1], here[1]), seen)
    sums = [one + other for one, other in zip(contributions[1:], log[1:], strict=True)]
    return Compared(contributions[0], log[0], *sums)


Pair = tuple[object, object]  # None: there is none on that side


def _count(pairs: Iterable[Pair], seen: Callable[[int], None]) -> tuple[int, int, int, int]:
    same = missing = foreign = different = 0
    for there, here in pairs:
        same += there == here
        missing += here is None
        foreign += there is None
        different += there != here and None not in (there, here)
        seen(1)
    return same, missing, foreign, different


def _side_by_side(there: Iterator[Kept], here: Iterator[Kept]) -> Iterator[Pair]:
    ours, theirs = next(here, None), next(there, None)
    while ours is not None or theirs is not None:
        first = min(each.contribution.id for each in (ours, theirs) if each is not None)
        one = theirs if theirs is not None and theirs.contribution.id == first else None
        other = ours if ours is not None and ours.contribution.id == first else None
        yield one, other
        theirs = theirs if one is None else next(there, None)
        ours = ours if other is None else next(here, None)
