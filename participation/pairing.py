"""Which old paragraph goes with which new one, as far as it is known."""

from collections import Counter
from dataclasses import dataclass, field

from participation.wording import Wording

NONE = -1  # no partner
STRETCH = 2  # a gap between two partners may double …
SLACK = 8  # … and take in this many new paragraphs: a usual insertion
AROUND = 8  # paragraphs between two partners in which something can be said to have a place
HALF = 2  # paragraphs by which two distances differ when the agreement has fallen to one half


@dataclass(slots=True)
class Pairing:
    """Partners one to one: ``forward[old]`` is the new paragraph or NONE, ``backward`` the reverse.

    Paragraphs are named by their place, counted from 0. ``scores`` says how sure a link is,
    from 0 to 1. ``survey`` finds the nearest paragraphs with partners; it must be called
    anew before ``agreement`` when links were added.
    """

    old: list[Wording]
    new: list[Wording]
    forward: list[int] = field(init=False)
    backward: list[int] = field(init=False)
    scores: dict[tuple[int, int], float] = field(default_factory=dict)
    ambiguous: set[Wording] = field(init=False)
    _stale: bool = field(default=True, init=False)
    _before: tuple[list[int], list[int]] = field(init=False)
    _after: tuple[list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.forward = [NONE] * len(self.old)
        self.backward = [NONE] * len(self.new)
        self.ambiguous = _ambiguous(self.old, self.new)
        self.survey()

    def link(self, old: int, new: int, score: float) -> None:
        """Make two free paragraphs partners."""
        self.forward[old] = new
        self.backward[new] = old
        self.scores[old, new] = score
        self._stale = True

    def free(self, old: int, new: int) -> bool:
        """Say whether both places exist and have no partner."""
        return (
            0 <= old < len(self.old)
            and 0 <= new < len(self.new)
            and self.forward[old] == NONE
            and self.backward[new] == NONE
        )

    def free_old(self) -> list[int]:
        """Return the old paragraphs without a partner."""
        return [old for old, new in enumerate(self.forward) if new == NONE]

    def free_new(self) -> list[int]:
        """Return the new paragraphs without a partner."""
        return [new for new, old in enumerate(self.backward) if old == NONE]

    def gaps(self) -> list[tuple[range, range]]:
        """Return what lies between partners that follow each other: old places, new places.

        Gaps that are empty on one side are left out, and so are those across a move.
        """
        found = []
        last_old, last_new = NONE, NONE
        for old, new in [*enumerate(self.forward), (len(self.old), len(self.new))]:
            if new != NONE:
                if old - last_old > 1 and new - last_new > 1:
                    found.append((range(last_old + 1, old), range(last_new + 1, new)))
                last_old, last_new = old, new
        return found

    def survey(self) -> None:
        """Find for each place the nearest one before and after it that has a partner."""
        if not self._stale:
            return
        self._stale = False
        self._before = _before(self.forward), _before(self.backward)
        self._after = _after(self.forward), _after(self.backward)

    def around_old(self, old: int) -> range:
        """Return the new places from the partner before an old one to the partner after it.

        None if they lie far apart, or if one of them was moved.
        """
        return _between(old, self.forward, self._before[0], self._after[0], len(self.new))

    def around_new(self, new: int) -> range:
        """Return the old places from the partner before a new one to the partner after it."""
        return _between(new, self.backward, self._before[1], self._after[1], len(self.old))

    def agreement(self, old: int, new: int) -> float:
        """Say from 0 to 1 how well a pair fits the partners around it.

        1: both lie equally far from the same partners, before and after. It is enough that
        the nearest partner of one of the two says so: around the other something was put in.
        """
        return (self._agreement_before(old, new) + self._agreement_after(old, new)) / 2

    def _agreement_before(self, old: int, new: int) -> float:
        above_old, above_new = self._before[0][old], self._before[1][new]
        partner_of_old = NONE if above_old == NONE else self.forward[above_old]
        partner_of_new = NONE if above_new == NONE else self.backward[above_new]
        return max(
            _agreement(old - above_old, new - partner_of_old),
            _agreement(old - partner_of_new, new - above_new),
        )

    def _agreement_after(self, old: int, new: int) -> float:
        below_old, below_new = self._after[0][old], self._after[1][new]
        end_old, end_new = len(self.old), len(self.new)
        partner_of_old = end_new if below_old == end_old else self.forward[below_old]
        partner_of_new = end_old if below_new == end_new else self.backward[below_new]
        return max(
            _agreement(below_old - old, partner_of_old - new),
            _agreement(partner_of_new - old, below_new - new),
        )


def _ambiguous(old: list[Wording], new: list[Wording]) -> set[Wording]:
    """Return the texts that occur several times in one version, and not as often in the other."""
    old_counts, new_counts = Counter(old), Counter(new)
    return {
        wording
        for wording in (old_counts | new_counts)
        if old_counts[wording] != new_counts[wording]
        and max(old_counts[wording], new_counts[wording]) > 1
    }


def _agreement(old_distance: int, new_distance: int) -> float:
    if old_distance <= 0 or not 0 < new_distance <= STRETCH * old_distance + SLACK:
        return 0.0
    return HALF / (HALF + abs(new_distance - old_distance))


def _between(
    place: int, partners: list[int], before: list[int], after: list[int], count: int
) -> range:
    above, below = before[place], after[place]
    first = 0 if above == NONE else partners[above]
    last = count - 1 if below == len(partners) else partners[below]
    return range(first, last + 1) if last - first <= AROUND else range(0)


def _before(partners: list[int]) -> list[int]:
    nearest, last = [], NONE
    for place, partner in enumerate(partners):
        nearest.append(last)
        if partner != NONE:
            last = place
    return nearest


def _after(partners: list[int]) -> list[int]:
    nearest, last = [], len(partners)
    for place in range(len(partners) - 1, -1, -1):
        nearest.append(last)
        if partners[place] != NONE:
            last = place
    return nearest[::-1]
