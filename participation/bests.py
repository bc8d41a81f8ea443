"""Mutual bests: pairs of which each is the other's best, and how far their rivals lie behind."""

from collections.abc import Iterator
from typing import NamedTuple

from participation.pairing import NONE

Scores = dict[tuple[int, int], float]  # by old place and new place


class Rivals(NamedTuple):
    """The best score at a place, with whom, and the second best score."""

    best: float
    partner: int
    second: float


NOBODY = Rivals(-1.0, NONE, -1.0)


class Pick(NamedTuple):
    """A pair of which each is the other's best, with its score and its lead before rivals."""

    old: int
    new: int
    score: float
    lead: float


def mutual_bests(scores: Scores) -> Iterator[Pick]:
    """Return the pairs of which each is the other's best; of equal ones, the first counts."""
    by_old: dict[int, Rivals] = {}
    by_new: dict[int, Rivals] = {}
    for (old, new), score in scores.items():
        by_old[old] = _ranked(by_old.get(old, NOBODY), score, new)
        by_new[new] = _ranked(by_new.get(new, NOBODY), score, old)
    for old, mine in by_old.items():
        theirs = by_new[mine.partner]
        if theirs.partner == old:
            lead = mine.best - max(mine.second, theirs.second)
            yield Pick(old, mine.partner, mine.best, lead)


def _ranked(rivals: Rivals, score: float, partner: int) -> Rivals:
    if score > rivals.best:
        return Rivals(score, partner, rivals.best)
    if score > rivals.second:
        return Rivals(rivals.best, rivals.partner, score)
    return rivals
