"""Anchors: paragraphs whose equal text proves that they are the same."""

from collections import Counter

from participation.pairing import NONE, Pairing
from participation.wording import Wording

ANCHOR_WORDS = 5  # "(weggefallen)" and its like are shorter; equal text is no proof there
SURE = 1.0


def anchor(pairing: Pairing) -> None:
    """Link texts of substance that occur once in each version, then their equal neighbours."""
    old_places, new_places = _single(pairing.old), _single(pairing.new)
    for text, old in old_places.items():
        if text in new_places and proves_identity(pairing.old[old]):
            pairing.link(old, new_places[text], SURE)
    grow(pairing)


def proves_identity(wording: Wording) -> bool:
    """Say whether equal text means the same paragraph: never for bare headings and stubs."""
    return not wording.level and len(wording.words) >= ANCHOR_WORDS


def grow(pairing: Pairing) -> None:
    """Link free neighbours of partners that have equal texts, as far as they reach.

    Not from a paragraph down to a heading: a heading belongs to what follows it, and after
    a renumbering the next "§ 14" is another section.
    """
    forward = pairing.forward
    for old in pairing.free_old():
        if old and forward[old - 1] != NONE and not pairing.old[old].level:
            _link_equal(pairing, old, forward[old - 1] + 1)
    for old in reversed(pairing.free_old()):
        if old + 1 < len(forward) and forward[old + 1] != NONE:
            _link_equal(pairing, old, forward[old + 1] - 1)


def settle_stubs(pairing: Pairing) -> None:
    """Link what is left and equal right below a partner, headings too: nothing spoke against it."""
    forward = pairing.forward
    for old in pairing.free_old():
        if old == 0 or forward[old - 1] != NONE:
            _link_equal(pairing, old, forward[old - 1] + 1 if old else 0)
    grow(pairing)


def _link_equal(pairing: Pairing, old: int, new: int) -> None:
    if pairing.free(old, new) and pairing.old[old] is pairing.new[new]:
        pairing.link(old, new, SURE)


def _single(wordings: list[Wording]) -> dict[str, int]:
    counts = Counter(wording.text for wording in wordings)
    return {
        wording.text: place for place, wording in enumerate(wordings) if counts[wording.text] == 1
    }
