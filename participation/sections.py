"""Sections: a heading goes where most of what stands under it goes."""

from collections import Counter

from participation.pairing import NONE, Pairing
from participation.wording import Vocabulary, Wording

COMMON_CONTENT = (
    0.4  # least share of the paragraphs of both sections that went from one to the other
)
TITLE = 0.3  # what equal titles add to that share

Above = list[tuple[int, ...]]  # for each place the headings it stands under, outermost first


def follow_headings(pairing: Pairing, vocabulary: Vocabulary) -> None:
    """Link free headings whose sections share most of their paragraphs, the surest first."""
    for share, old, new in _shares(pairing, vocabulary):
        if share >= COMMON_CONTENT and pairing.free(old, new):
            pairing.link(old, new, min(1.0, share))


def _shares(pairing: Pairing, vocabulary: Vocabulary) -> list[tuple[float, int, int]]:
    """Return share of common paragraphs, old heading, new heading; the greatest share first."""
    old_above = _free_headings_above(pairing.old, pairing.forward)
    new_above = _free_headings_above(pairing.new, pairing.backward)
    old_sizes, new_sizes = _sizes(old_above), _sizes(new_above)
    shares = []
    for (old, new), count in _common(pairing, old_above, new_above).items():
        share = 2 * count / (old_sizes[old] + new_sizes[new])
        title = vocabulary.similarity(pairing.old[old], pairing.new[new])
        shares.append((share + TITLE * title, old, new))
    return sorted(shares, key=lambda entry: (-entry[0], entry[1], entry[2]))


def _common(pairing: Pairing, old_above: Above, new_above: Above) -> Counter[tuple[int, int]]:
    """Count the paragraphs that went from the section of one heading to that of another."""
    return Counter(
        (old_heading, new_heading)
        for old, new in enumerate(pairing.forward)
        if new != NONE
        for old_heading in old_above[old]
        for new_heading in new_above[new]
    )


def _free_headings_above(wordings: list[Wording], partners: list[int]) -> Above:
    above: Above = []
    open_headings: tuple[int, ...] = ()
    for place, wording in enumerate(wordings):
        level = wording.level
        if level:
            open_headings = tuple(
                heading for heading in open_headings if wordings[heading].level < level
            )
        above.append(open_headings)
        if level and partners[place] == NONE:
            open_headings += (place,)
    return above


def _sizes(above: Above) -> Counter[int]:
    return Counter(heading for headings in above for heading in headings)
