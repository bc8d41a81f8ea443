"""Matching: candidates become partners when each is the other's best."""

from collections.abc import Iterator
from typing import NamedTuple

from participation.anchors import grow
from participation.candidates import Candidates
from participation.pairing import NONE

PLACE = 0.22  # what full agreement with the neighbours adds to a similarity from 0 to 1
IN_PLACE = 0.25  # agreement from which a pair counts as being in its place
FAR = 0.55  # similarity that a pair out of its place needs: only the words speak for it
FAR_ALONE = 0.38  # the same where no rival comes near …
ALONE = 0.2  # … that is, with this lead in score, …
ALONE_WEIGHT = 25.0  # … and where so much is said that the likeness is no chance; see `splits`
FAR_WORDS = 2  # words that a text out of its place needs: not "(weggefallen)" alone
REPEATS = 2  # of one round, as each link lets the neighbours agree better

Scores = dict[tuple[int, int], float]  # by old place and new place


class Round(NamedTuple):
    """What a pair needs in one round: score, lead before its rivals, agreement with neighbours."""

    score: float
    lead: float
    agreement: float


# From certain to likely, and in its place before elsewhere: each link makes the next ones
# surer. 0.36 at the end: two thirds of the words may be others where the neighbours agree fully.
IN_GAPS = (Round(0.9, 0.15, 0.4), Round(0.8, 0.15, 0.4))
EVERYWHERE = (
    Round(0.8, 0.15, 0.4),
    Round(0.65, 0.1, 0.4),
    Round(0.5, 0.08, 0.4),
    Round(0.9, 0.1, 0.0),
    Round(0.7, 0.08, 0.0),
    Round(0.55, 0.05, 0.0),
    Round(0.42, 0.03, 0.0),
    Round(0.36, 0.0, 0.0),
)
# What is left in narrow gaps, after all else has found its partner, may differ a little more.
REMAINDER = (*EVERYWHERE[-1:], Round(0.32, 0.05, 0.6))


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


def match(candidates: Candidates, rounds: tuple[Round, ...]) -> None:
    """Link mutual bests, round by round, and equal texts beside them."""
    for needed in rounds:
        for _ in range(REPEATS):
            if not _play(candidates, needed):
                break
            grow(candidates.pairing)


def _play(candidates: Candidates, needed: Round) -> bool:
    """Link what suffices in one round; say whether there was any."""
    picks = _mutual_bests(_scores(candidates, needed))
    suffice = [pick for pick in picks if _suffices(candidates, pick, needed)]
    for pick in suffice:
        candidates.pairing.link(pick.old, pick.new, min(1.0, pick.score / (1 + PLACE)))
    return bool(suffice)


def _scores(candidates: Candidates, needed: Round) -> Scores:
    """Return similarity and agreement, added, of all pairs of which both are free.

    Pairs too low to win or to be a rival in this round are left out.
    """
    pairing = candidates.pairing
    pairing.survey()
    least = needed.score - ALONE - PLACE
    return {
        (old, new): similarity + PLACE * pairing.agreement(old, new)
        for old, new, similarity in candidates.free()
        if similarity >= least
    }


def _mutual_bests(scores: Scores) -> Iterator[Pick]:
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


def _suffices(candidates: Candidates, pick: Pick, needed: Round) -> bool:
    if pick.score < needed.score or pick.lead < needed.lead:
        return False
    agreement = candidates.pairing.agreement(pick.old, pick.new)
    if agreement >= IN_PLACE:
        return agreement >= needed.agreement
    if len(candidates.pairing.old[pick.old].words) < FAR_WORDS:
        return False
    alone = pick.lead >= ALONE and candidates.pairing.old[pick.old].weight >= ALONE_WEIGHT
    least = FAR_ALONE if alone else FAR
    return needed.agreement == 0.0 and candidates.similarity(pick.old, pick.new) >= least
