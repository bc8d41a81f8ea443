"""Letters: a second look at what is left in its place, where words were inflected or replaced."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import fsum, log

from participation.bests import Scores, mutual_bests
from participation.matching import PLACE
from participation.pairing import Pairing
from participation.wording import Wording, shape_of, spoken

LENGTH = 4  # letters in a row, as in "beteiligt" and "Beteiligung", or in "toward" and "towards"
NARROW = 6  # paragraphs on one side of a gap at most: in a wider one, a place says little …
REACH = 3  # … and so it does farther from the ends of a gap
IN_PLACE = 0.5  # agreement with the neighbours that a pair needs
TAKEN_OVER = 0.5  # likeness of a text that stands whole, in pieces, in a longer one
ENOUGH = 0.37  # likeness and place, added; what only stands in the same place reaches some 0.3


class Likeness:
    """The share of rare runs of letters that two texts have in common, from 0 to 1.

    Rare among the texts that it is made for: those that are left.
    """

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self.runs = {wording: runs_of(wording.text) for wording in wordings}
        counts = Counter(run for runs in self.runs.values() for run in runs)
        total = len(self.runs) + 1
        self.rarity = {run: log(1 + total / count) for run, count in counts.items()}

    def of(self, old: Wording, new: Wording) -> float:
        """Return the likeness of two of the texts."""
        old_runs, new_runs = self.runs[old], self.runs[new]
        both = self._weight(old_runs) + self._weight(new_runs)
        share = 2 * self._weight(old_runs & new_runs) / both if both else 0.0
        return max(share, TAKEN_OVER) if old_runs and old_runs <= new_runs else share

    def _weight(self, runs: set[str]) -> float:
        # Exact sums: those of floats in the order of a set of strings differ from run to run.
        return fsum(map(self.rarity.__getitem__, runs))


def match_by_letters(pairing: Pairing) -> None:
    """Link pairs in their place that share rare runs of letters, though hardly a word."""
    for pick in mutual_bests(_scores(pairing)):
        if pick.score >= ENOUGH:
            pairing.link(pick.old, pick.new, min(1.0, pick.score / (1 + PLACE)))


def runs_of(text: str) -> set[str]:
    """Return all runs of letters in a text, across its words."""
    words = spoken(text)
    spaced = f" {' '.join(words)} " if words else ""
    return {spaced[start : start + LENGTH] for start in range(len(spaced) - LENGTH + 1)}


def _scores(pairing: Pairing) -> Scores:
    """Return likeness and agreement, added, of the pairs in their place."""
    old, new = pairing.old, pairing.new
    pairing.survey()
    places = list(_in_place(pairing))
    likeness = Likeness(
        [*(old[place] for place, _ in places), *(new[place] for _, place in places)]
    )
    return {
        (here, there): likeness.of(old[here], new[there]) + PLACE * pairing.agreement(here, there)
        for here, there in places
    }


def _in_place(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """Return free pairs near the same end of a narrow gap that are headings, items … alike."""
    for old_places, new_places in pairing.gaps():
        if min(len(old_places), len(new_places)) <= NARROW:
            for old, new in _near_ends(old_places, new_places):
                alike = shape_of(pairing.old[old].text) == shape_of(pairing.new[new].text)
                if alike and pairing.free(old, new) and pairing.agreement(old, new) >= IN_PLACE:
                    yield old, new


def _near_ends(old_places: range, new_places: range) -> list[tuple[int, int]]:
    ends = (slice(REACH), slice(-REACH, None))
    pairs = {(old, new) for end in ends for old in old_places[end] for new in new_places[end]}
    return sorted(pairs)
