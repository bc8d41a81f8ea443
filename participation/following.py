"""Following: where each paragraph of a version went in the next one.

Never a wrong guess for a right orphan: what is not found again with good reason is removed.
The steps, each surer for the ones before it: equal texts (`anchors`), similar texts among
their neighbours and elsewhere (`candidates`, `matching`, `elsewhere`), other forms of words
(`letters`), headings by what stands under them (`sections`), parts of texts (`splits`). It
all rests on rare words (`wording`) and on the agreement of neighbours (`pairing`).
"""

from collections.abc import Iterable, Sequence

from participation.anchors import anchor, settle_stubs
from participation.candidates import Candidates
from participation.letters import match_by_letters
from participation.matching import EVERYWHERE, IN_GAPS, REMAINDER, match
from participation.order import Link, in_order
from participation.pairing import Pairing
from participation.sections import follow_headings
from participation.splits import Splits
from participation.way import Way, WayKind
from participation.wording import Vocabulary

DOUBTFUL = 0.6  # below, an editor should look; of mistakes half lie there (benchmarks/README.md)


def follow(old: Sequence[str], new: Sequence[str]) -> tuple[Way, ...]:
    """Return one way for each old paragraph, in order.

    Args:
        old: The texts of the paragraphs of one version; differences of white space are none.
        new: Those of the next version.
    """
    splits = _linked(old, new)
    kinds = _kinds(splits)
    return tuple(
        Way(
            place + 1,
            tuple(target + 1 for target in targets),
            kind,
            _confidence(splits, place, kind),
        )
        for place, (targets, kind) in enumerate(zip(splits.forward, kinds, strict=True))
    )


def successors(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """Return for each old paragraph the places, from 0, of the new ones that carry it on."""
    return [list(targets) for targets in _linked(old, new).forward]


def added(ways: Iterable[Way], count: int) -> tuple[int, ...]:
    """Return the numbers of those among ``count`` new paragraphs that no way leads to."""
    reached = {number for way in ways for number in way.new}
    return tuple(number for number in range(1, count + 1) if number not in reached)


def is_doubtful(way: Way) -> bool:
    """Say whether an editor should look at a way."""
    return way.confidence < DOUBTFUL


def _linked(old: Sequence[str], new: Sequence[str]) -> Splits:
    pairing, vocabulary = _read(old, new)
    candidates = Candidates(pairing, vocabulary)
    anchor(pairing)
    _find_similar(candidates)
    follow_headings(pairing, vocabulary)
    settle_stubs(pairing)
    follow_headings(pairing, vocabulary)
    splits = Splits(candidates)
    splits.find()
    return splits


def _read(old: Sequence[str], new: Sequence[str]) -> tuple[Pairing, Vocabulary]:
    old_texts = [" ".join(text.split()) for text in old]
    new_texts = [" ".join(text.split()) for text in new]
    vocabulary = Vocabulary([*old_texts, *new_texts])
    wordings = vocabulary.wordings
    pairing = Pairing(
        [wordings[text] for text in old_texts], [wordings[text] for text in new_texts]
    )
    return pairing, vocabulary


def _find_similar(candidates: Candidates) -> None:
    """Link similar texts; first in gaps between anchors, where most edits are and all is quick."""
    pairing = candidates.pairing
    candidates.add_from_gaps()
    match(candidates, IN_GAPS)
    candidates.add_by_words(pairing.free_old(), pairing.free_new())
    candidates.add_from_gaps()
    match(candidates, EVERYWHERE)
    candidates.add_from_gaps()
    match(candidates, REMAINDER)
    match_by_letters(pairing)


def _kinds(splits: Splits) -> list[WayKind]:
    old, new = splits.pairing.old, splits.pairing.new
    single = [
        Link(place, targets[0], len(old[place].text))
        for place, targets in enumerate(splits.forward)
        if len(targets) == 1 and len(splits.backward[targets[0]]) == 1
    ]
    kept = in_order(single)
    kinds = [_kind_of_many(splits, place) for place in range(len(old))]
    for place, target, _ in single:
        if place not in kept:
            kinds[place] = WayKind.MOVED
        elif old[place] is new[target]:
            kinds[place] = WayKind.UNCHANGED
        else:
            kinds[place] = WayKind.EDITED
    return kinds


def _kind_of_many(splits: Splits, place: int) -> WayKind:
    targets = splits.forward[place]
    if not targets:
        return WayKind.REMOVED
    return WayKind.SPLIT if len(targets) > 1 else WayKind.MERGED


def _confidence(splits: Splits, place: int, kind: WayKind) -> float:
    if kind is WayKind.UNCHANGED:
        return 1.0
    if kind is WayKind.REMOVED:
        return 1.0 - splits.candidates.nearest(place)
    scores = splits.pairing.scores
    return min(scores[place, target] for target in splits.forward[place])
