"""Splits and merges: further links for text that one partner leaves unexplained."""

from collections.abc import Iterator
from dataclasses import dataclass

from participation.candidates import Candidates, Index, index_of
from participation.pairing import NONE
from participation.wording import Wording

# Weights are in units of rarity: a rare word in a version of 500 paragraphs weighs about 6.
SUBSTANCE = 10.0  # least weight of a clause: two or three rare words
FREE_SUBSTANCE = 30.0  # the same where neither side has a partner yet
CRUMB = 4.0  # least weight of a short part right beside a partner …
CRUMB_COVER = 0.85  # … of which the whole must say so
FAR_SUBSTANCE = 40.0  # least weight of a part that went elsewhere …
FAR_COVER = 0.75  # … of which nearly the whole must say so
COPY = 0.5  # as much again said that partners say: no part, but a copy of the whole
IN_PLACE = 0.25  # agreement with the neighbours from which a part is in its place
PLACE = 0.6  # what full agreement adds to the covered share of a part in its place
BESIDE = 0.15  # what lying beside a partner adds
REACH = 2  # paragraphs that count as beside
ENOUGH = 0.82  # sum of the three from which a part is taken over
WINDOW = 8  # paragraphs around a partner among which its neighbours' partners are compared
ROUNDS = 30  # each paragraph wins at most one further link a round: a list may become one text

Rest = tuple[set[int], float]  # features that no partner explains, and their weight


@dataclass(frozen=True, slots=True)
class Part:
    """What a further link would explain.

    ``cover``: share of the text without a partner, of either side, that the link explains;
    ``clause``: the same for the best clause; ``share``: for the longer text as a whole.
    ``distance``: paragraphs from the nearest partner of either side.
    """

    weight: float
    cover: float
    again: float
    clause: float
    share: float
    agreement: float
    distance: float

    def evidence(self) -> float:
        """Return how much speaks for the link, 0 where it does not suffice."""
        if self.agreement < IN_PLACE:
            cover = max(self.cover, self.share)
            part = self.weight >= FAR_SUBSTANCE and self.again < COPY
            return cover if part and cover >= FAR_COVER else 0.0
        beside = BESIDE if self.distance <= REACH else 0.0
        found = max(self.cover, self.clause) + PLACE * self.agreement + beside
        return found if found >= ENOUGH else 0.0


class Splits:
    """The links of both sides, from one to one to many to many.

    ``forward`` and ``backward`` name for each place those that it is linked to.
    """

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.pairing = candidates.pairing
        self.vocabulary = candidates.vocabulary
        self.forward = [[new] if new != NONE else [] for new in self.pairing.forward]
        self.backward = [[old] if old != NONE else [] for old in self.pairing.backward]
        self._left: set[int] = set()  # new places with text that no partner explains
        self._old_rests: dict[int, Rest] = {}
        self._new_rests: dict[int, Rest] = {}
        self._clauses: dict[str, list[Rest]] = {}

    def find(self) -> None:
        """Add further links, the surest first, until nothing of substance is left unexplained."""
        self.pairing.survey()
        pairs = list(self._pairs())
        for _ in range(ROUNDS):
            found = [(self._evidence(old, new), old, new) for old, new in pairs]
            taken = self._take([entry for entry in found if entry[0]])
            pairs = self._open(found, *taken)

    def _open(
        self, found: list[tuple[float, int, int]], taken_old: set[int], taken_new: set[int]
    ) -> list[tuple[int, int]]:
        """Return the pairs of the next round: those with evidence, and what a link may bring."""
        pairs = {
            (old, new)
            for evidence, old, new in found
            if evidence or old in taken_old or new in taken_new
        }
        pairs.update((old, new) for old in taken_old for new in self._around(old))
        return sorted((old, new) for old, new in pairs if new not in self.forward[old])

    def _take(self, found: list[tuple[float, int, int]]) -> tuple[set[int], set[int]]:
        """Link the surest pairs, each paragraph once; return the old and the new ones of them."""
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        for evidence, old, new in sorted(found, key=lambda entry: (-entry[0], entry[1], entry[2])):
            if old not in taken_old and new not in taken_new:
                taken_old.add(old)
                taken_new.add(new)
                self._link(old, new, evidence)
        return taken_old, taken_new

    def _link(self, old: int, new: int, evidence: float) -> None:
        self.forward[old] = sorted([*self.forward[old], new])
        self.backward[new] = sorted([*self.backward[new], old])
        self.pairing.scores[old, new] = min(1.0, evidence / (1 + PLACE + BESIDE))
        del self._old_rests[old], self._new_rests[new]

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Return pairs of which both have text left that no partner explains."""
        forward, backward = self.pairing.forward, self.pairing.backward
        old_places = [old for old in range(len(forward)) if self._left_of_old(old)]
        new_places = [new for new in range(len(backward)) if self._left_of_new(new)]
        free = index_of((n, self._rest_of_new(n)[0]) for n in new_places if backward[n] == NONE)
        taken = index_of((n, self._rest_of_new(n)[0]) for n in new_places if backward[n] != NONE)
        self._left = set(new_places)
        for old in old_places:
            found = self._alike(old, free, SUBSTANCE)  # less is taken right beside a partner only
            found |= self._alike(old, taken, CRUMB) if forward[old] == NONE else self._around(old)
            yield from ((old, new) for new in sorted(found - {forward[old]}))

    def _alike(self, old: int, index: Index, least: float) -> set[int]:
        return set(self.candidates.most_alike(*self._rest_of_old(old), index, least))

    def _around(self, old: int) -> set[int]:
        """Return what is near the partners: parts of linked texts went to neighbours only."""
        return self._left.intersection(
            place
            for partner in self.forward[old]
            for place in range(partner - WINDOW, partner + WINDOW + 1)
        )

    def _left_of_old(self, old: int) -> bool:
        wording, partner = self.pairing.old[old], self.pairing.forward[old]
        if wording.level or (partner != NONE and wording is self.pairing.new[partner]):
            return False
        return self._rest_of_old(old)[1] >= CRUMB

    def _left_of_new(self, new: int) -> bool:
        wording, partner = self.pairing.new[new], self.pairing.backward[new]
        if wording.level or (partner != NONE and wording is self.pairing.old[partner]):
            return False
        return self._rest_of_new(new)[1] >= CRUMB

    def _rest_of_old(self, old: int) -> Rest:
        if old not in self._old_rests:
            partners = [self.pairing.new[new] for new in self.forward[old]]
            self._old_rests[old] = self._rest(self.pairing.old[old], partners)
        return self._old_rests[old]

    def _rest_of_new(self, new: int) -> Rest:
        if new not in self._new_rests:
            partners = [self.pairing.old[old] for old in self.backward[new]]
            self._new_rests[new] = self._rest(self.pairing.new[new], partners)
        return self._new_rests[new]

    def _rest(self, wording: Wording, partners: list[Wording]) -> Rest:
        explained = [self.vocabulary.weigh(partner).features for partner in partners]
        rest = self.vocabulary.weigh(wording).features.difference(*explained)
        return rest, self.vocabulary.weight(rest)

    def _evidence(self, old: int, new: int) -> float:
        old_rest, old_weight = self._rest_of_old(old)
        new_rest, new_weight = self._rest_of_new(new)
        if min(old_weight, new_weight) < CRUMB:
            return 0.0
        shared = old_rest & new_rest
        weight = self.vocabulary.weight(shared)
        if weight < SUBSTANCE:
            return self._evidence_of_crumb(old, new, weight)
        free = not self.forward[old] and not self.backward[new]
        if free and weight < FREE_SUBSTANCE:
            return 0.0
        return self._part(old, new, shared, weight).evidence()

    def _evidence_of_crumb(self, old: int, new: int, weight: float) -> float:
        beside = weight >= CRUMB and self._distance(old, new) == 1
        return 1.0 if beside and self._cover(old, new, weight) >= CRUMB_COVER else 0.0

    def _cover(self, old: int, new: int, weight: float) -> float:
        """Return the share that is explained of what the other's partners do not say already."""
        old_wording, new_wording = self.pairing.old[old], self.pairing.new[new]
        of_old = of_new = 0.0
        if not self.forward[old]:
            said = [self.pairing.old[partner] for partner in self.backward[new]]
            of_old = weight / max(weight, self._rest(old_wording, said)[1])
        if not self.backward[new]:
            said = [self.pairing.new[partner] for partner in self.forward[old]]
            of_new = weight / max(weight, self._rest(new_wording, said)[1])
        return max(of_old, of_new)

    def _again(self, old: int, new: int, weight: float) -> float:
        """Return how much more the two share than a further link would explain, of the latter."""
        return self.vocabulary.in_common(self.pairing.old[old], self.pairing.new[new]) / weight - 1

    def _part(self, old: int, new: int, shared: set[int], weight: float) -> Part:
        old_wording, new_wording = self.pairing.old[old], self.pairing.new[new]
        agreement = self.pairing.agreement(old, new)
        clauses = (old_wording, new_wording) if agreement >= IN_PLACE else ()
        return Part(
            weight=weight,
            cover=self._cover(old, new, weight),
            again=self._again(old, new, weight),
            clause=max((self._clause(wording, shared) for wording in clauses), default=0.0),
            share=weight / max(old_wording.weight, new_wording.weight),
            agreement=agreement,
            distance=self._distance(old, new),
        )

    def _clause(self, wording: Wording, shared: set[int]) -> float:
        """Return the share that is explained of the clause that is explained best."""
        if wording.text not in self._clauses:
            clauses = self.vocabulary.clauses(wording)
            weighed = [(clause, self.vocabulary.weight(clause)) for clause in clauses]
            self._clauses[wording.text] = weighed
        shares = [
            self.vocabulary.weight(clause & shared) / weight
            for clause, weight in self._clauses[wording.text]
        ]
        return max(shares, default=0.0)

    def _distance(self, old: int, new: int) -> float:
        from_new = [abs(partner - new) for partner in self.forward[old]]
        from_old = [abs(partner - old) for partner in self.backward[new]]
        return min([*from_new, *from_old], default=float("inf"))
