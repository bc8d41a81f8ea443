"""Candidates: pairs of paragraphs that are worth comparing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from participation.pairing import NONE, Pairing
from participation.wording import Vocabulary

COMMON = 30  # a feature of more paragraphs than this tells none of them apart
CHANCE = 4.0  # weight that two texts may share without being alike: a word that is not rare
BEST = 4  # candidates kept for a paragraph by each of two measures
DRIFT = 1  # paragraphs by which two places in a gap may lie apart

Index = dict[int, list[int]]  # feature -> places


class Candidates:
    """Pairs of old and new places with the similarity of their wordings, from 0 to 1.

    ``similarities`` is by old place, then by new place.
    """

    def __init__(self, pairing: Pairing, vocabulary: Vocabulary) -> None:
        self.pairing = pairing
        self.vocabulary = vocabulary
        self.similarities: dict[int, dict[int, float]] = defaultdict(dict)

    def similarity(self, old: int, new: int) -> float:
        """Return the similarity of a pair that was compared."""
        return self.similarities[old][new]

    def nearest(self, old: int) -> float:
        """Return the greatest similarity that was found for an old place, 0 for none."""
        return max(self.similarities[old].values(), default=0.0)

    def free(self) -> Iterator[tuple[int, int, float]]:
        """Return old place, new place and similarity of the pairs of which both are free."""
        forward, backward = self.pairing.forward, self.pairing.backward
        for old, similarities in self.similarities.items():
            if forward[old] == NONE:
                for new, similarity in similarities.items():
                    if backward[new] == NONE:
                        yield old, new, similarity

    def add(self, old: int, new: int) -> None:
        """Compare a pair, once."""
        known = self.similarities[old]
        if new not in known:
            wordings = self.pairing.old[old], self.pairing.new[new]
            known[new] = self.vocabulary.similarity(*wordings)

    def add_from_gaps(self) -> None:
        """Add pairs in equal places of gaps, counted from their start or from their end."""
        for old_places, new_places in self.pairing.gaps():
            for old, new in _opposite(old_places, new_places):
                if self.pairing.backward[new] == NONE and self.pairing.old[old].words:
                    self.add(old, new)

    def add_by_words(self, old_places: Iterable[int], new_places: Iterable[int]) -> None:
        """Add for each old place the new ones that share the most rare features with it."""
        weigh = self.vocabulary.weigh
        index = index_of((new, weigh(self.pairing.new[new]).features) for new in new_places)
        for old in old_places:
            wording = weigh(self.pairing.old[old])
            for new in self.most_alike(wording.features, wording.weight, index):
                self.add(old, new)

    def most_alike(
        self, features: set[int], mine: float, index: Index, least: float = CHANCE
    ) -> list[int]:
        """Return the best by share of both texts, and by share of the shorter one (for parts).

        ``mine`` is the weight of the features, ``least`` what must be shared of it.
        """
        shared = self._shared(features, index, least)
        if len(shared) <= BEST:
            return sorted(place for _, place in shared)
        new = self.pairing.new
        by_both = [(weight / (mine + new[place].weight), -place) for weight, place in shared]
        by_shorter = [(weight / min(mine, new[place].weight), -place) for weight, place in shared]
        best = sorted(by_both)[-BEST:] + sorted(by_shorter)[-BEST:]
        return sorted({-negative for _, negative in best})

    def _shared(self, features: set[int], index: Index, least: float) -> list[tuple[float, int]]:
        """Return the weight that is shared and the place, for each that shares enough."""
        shared: dict[int, float] = defaultdict(float)
        rarity = self.vocabulary.rarity
        for feature in features:
            places = index.get(feature)
            if places and len(places) <= COMMON:
                weight = rarity[feature]
                for new in places:
                    shared[new] += weight
        return [(weight, place) for place, weight in shared.items() if weight >= least]


def index_of(features: Iterable[tuple[int, set[int]]]) -> Index:
    """Return for each feature the places that have it."""
    index: Index = defaultdict(list)
    for place, found in features:
        for feature in found:
            index[feature].append(place)
    return index


def _opposite(old_places: range, new_places: range) -> Iterator[tuple[int, int]]:
    longer = len(new_places) - len(old_places)
    for place, old in enumerate(old_places):
        for shift in sorted(
            {*range(-DRIFT, DRIFT + 1), *range(longer - DRIFT, longer + DRIFT + 1)}
        ):
            if 0 <= place + shift < len(new_places):
                yield old, new_places[place + shift]
