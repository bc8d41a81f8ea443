"""Elsewhere: when a text out of its place is the same paragraph, and no copy of one that stayed."""

import re
from collections.abc import Iterable, Iterator

from participation.anchors import proves_identity
from participation.bests import Pick
from participation.candidates import Candidates
from participation.pairing import NONE, Pairing
from participation.wording import Vocabulary, Wording

FAR = 0.55  # similarity that a pair out of its place needs: only the words speak for it
FAR_ALONE = 0.38  # the same where no rival comes near …
ALONE = 0.2  # … that is, with this lead in score, …
ALONE_WEIGHT = 25.0  # … and where so much is said that the likeness is no chance; see `splits`
FAR_WORDS = 2  # words that a text out of its place needs, or …
SINGULAR = 0.08  # … this lead, where it is the same single word: a list item, a term
FAR_SUBSTANCE = 10.0  # weight in common that differing texts need: two or three rare words
TOLD = 0.4  # share of a text from which its surroundings still tell it: it did not go elsewhere
NOTE = re.compile(r"[(\[]\w+[)\]]\W*$")  # "(weggefallen)": says nothing of which paragraph it is


def went_there(candidates: Candidates, pick: Pick) -> bool:
    """Say whether the words alone prove that a paragraph now stands among other neighbours."""
    pairing, vocabulary = candidates.pairing, candidates.vocabulary
    old, new = pairing.old[pick.old], pairing.new[pick.new]
    similarity = candidates.similarity(pick.old, pick.new)
    alone = pick.lead >= ALONE and old.weight >= ALONE_WEIGHT
    return (
        similarity >= (FAR_ALONE if alone else FAR)
        and (proves_identity(old) or not pairing.ambiguous.intersection((old, new)))
        and _says_enough(old, new, pick.lead)
        and (old.words == new.words or vocabulary.in_common(old, new) >= FAR_SUBSTANCE)
        and (old is new or not _stayed(pairing, vocabulary, pick))
    )


def _says_enough(old: Wording, new: Wording, lead: float) -> bool:
    """Say whether a text has several words, or is the same single one without a rival."""
    if len(old.words) >= FAR_WORDS:
        return True
    return old is new and lead >= SINGULAR and not (old.level or NOTE.search(old.text))


def _stayed(pairing: Pairing, vocabulary: Vocabulary, pick: Pick) -> bool:
    """Say whether one of the two is still told around its own place: the other is a copy then."""
    old, new = pairing.old[pick.old], pairing.new[pick.new]
    beside_old = _beside(pairing.around_old(pick.old), pairing.new, pairing.backward, pairing.old)
    beside_new = _beside(pairing.around_new(pick.new), pairing.old, pairing.forward, pairing.new)
    return _is_told(old, new, beside_old, vocabulary) or _is_told(new, old, beside_new, vocabulary)


def _beside(
    places: range, wordings: list[Wording], partners: list[int], others: list[Wording]
) -> Iterator[tuple[Wording, Wording | None]]:
    """Return what stands at some places, each with its partner in the other version."""
    for place in places:
        partner = partners[place]
        yield wordings[place], None if partner == NONE else others[partner]


def _is_told(
    wording: Wording,
    copy: Wording,
    beside: Iterable[tuple[Wording, Wording | None]],
    vocabulary: Vocabulary,
) -> bool:
    """Say whether one of the texts beside tells a good share that its own partner does not."""
    for other, partner in beside:
        if other is not copy:
            told = wording.features & vocabulary.weigh(other).features
            if partner is not None:
                told -= vocabulary.weigh(partner).features
            if vocabulary.weight(told) >= TOLD * wording.weight:
                return True
    return False
