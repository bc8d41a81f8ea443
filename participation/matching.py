"""Matching: candidates become partners when each is the other's best."""

from typing import NamedTuple

from participation.anchors import grow
from participation.bests import Pick, Scores, mutual_bests
from participation.candidates import Candidates
from participation.elsewhere import went_there

PLACE = 0.22  # what full agreement with the neighbours adds to a similarity from 0 to 1
IN_PLACE = 0.25  # agreement from which a pair counts as being in its place
ELSEWHERE = 0.25  # by which a pair out of its place must be better, in rounds for pairs in place
RIVAL = 0.2  # pairs with a score that much lower are looked at: they may be rivals
REPEATS = 2  # of one round, as each link lets the neighbours agree better


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


def match(candidates: Candidates, rounds: tuple[Round, ...]) -> None:
    """Link mutual bests, round by round, and equal texts beside them."""
    for needed in rounds:
        for _ in range(REPEATS):
            if not _play(candidates, needed):
                break
            grow(candidates.pairing)


def _play(candidates: Candidates, needed: Round) -> bool:
    """Link what suffices in one round; say whether there was any."""
    picks = mutual_bests(_scores(candidates, needed))
    suffice = [pick for pick in picks if _suffices(candidates, pick, needed)]
    for pick in suffice:
        candidates.pairing.link(pick.old, pick.new, min(1.0, pick.score / (1 + PLACE)))
    return bool(suffice)


def _scores(candidates: Candidates, needed: Round) -> Scores:
    """Return similarity and agreement, added, of all pairs of which both are free.

    Pairs too low to win or to be a rival in this round are left out.
    """
    candidates.pairing.survey()
    least = needed.score - RIVAL - PLACE
    return {
        (old, new): _score(candidates.pairing.agreement(old, new), similarity, needed)
        for old, new, similarity in candidates.free()
        if similarity >= least
    }


def _score(agreement: float, similarity: float, needed: Round) -> float:
    """Return similarity and agreement, added; a likeness elsewhere, maybe a copy, counts less."""
    elsewhere = needed.agreement > 0.0 and agreement < IN_PLACE
    return similarity + PLACE * agreement - (ELSEWHERE if elsewhere else 0.0)


def _suffices(candidates: Candidates, pick: Pick, needed: Round) -> bool:
    if pick.score < needed.score or pick.lead < needed.lead:
        return False
    agreement = candidates.pairing.agreement(pick.old, pick.new)
    if agreement >= IN_PLACE:
        return agreement >= needed.agreement
    return needed.agreement == 0.0 and went_there(candidates, pick)
