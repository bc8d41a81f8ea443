"""Whether two stores keep the same, told without holding either in memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from comment_service.storage.protocol import KeptRecord, record_of
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_chain import Logged
from participation.support import Support

ORDER = (Contribution, Decision, Account, Support)  # in which a stock comes


@dataclass(frozen=True, slots=True)
class Compared:
    """How many are the same here and there, and how many are not.

    ``missing`` are there only, ``foreign`` here only; a log is compared place by place.
    """

    contributions: int
    decisions: int
    accounts: int
    entries: int
    missing: int
    foreign: int
    different: int
    supports: int = 0

    @property
    def same(self) -> bool:
        """Whether nothing is missing, foreign or different."""
        return not (self.missing or self.foreign or self.different)


def compare(
    there: tuple[Iterable[KeptRecord], Iterable[Logged]],
    here: tuple[Iterable[KeptRecord], Iterable[Logged]],
    seen: Callable[[int], None] = lambda _: None,
) -> Compared:
    """Compare records, both in the order of a stock, and logs; ``seen`` is told of each pair."""
    counted: Counter[str] = Counter()
    for pair in _side_by_side(iter(there[0]), iter(here[0])):
        counted[_told(*pair)] += 1
        seen(1)
    for pair in zip_longest(there[1], here[1]):
        counted[_told(*pair)] += 1
        seen(1)
    return Compared(
        contributions=counted["Kept"],
        decisions=counted["Decision"],
        accounts=counted["Account"],
        entries=counted["Logged"],
        missing=counted["missing"],
        foreign=counted["foreign"],
        different=counted["different"],
        supports=counted["Support"],
    )


def place_of(kept: KeptRecord) -> tuple[int, str]:
    """Return where a record has its place in a stock."""
    record = record_of(kept)
    return ORDER.index(type(record)), record.id


Pair = tuple[object, object]  # None: there is none on that side


def _told(there: object, here: object) -> str:
    """Return what the two are that are the same, or how they differ."""
    if here is None:
        return "missing"
    if there is None:
        return "foreign"
    return type(here).__name__ if there == here else "different"


def _side_by_side(there: Iterator[KeptRecord], here: Iterator[KeptRecord]) -> Iterator[Pair]:
    ours, theirs = next(here, None), next(there, None)
    while ours is not None or theirs is not None:
        first = min(place_of(each) for each in (ours, theirs) if each is not None)
        one = theirs if theirs is not None and place_of(theirs) == first else None
        other = ours if ours is not None and place_of(ours) == first else None
        yield one, other
        theirs = theirs if one is None else next(there, None)
        ours = ours if other is None else next(here, None)
