"""Sections: a heading goes where most of what stands under it goes."""

from collections import Counter

from participation.pairing import Pairing
from participation.wording import Vocabulary, Wording

COMMON_CONTENT = (
    0.4  # least share of the paragraphs of both sections that went from one to the other
)
TITLE = 0.3  # what equal titles add to that share


def follow_headings(pairing: Pairing, vocabulary: Vocabulary) -> None:
    """Link free headings whose sections share most of their paragraphs, the surest first."""
    for share, old, new in _shares(pairing, vocabulary):
        if share >= COMMON_CONTENT and pairing.free(old, new):
            pairing.link(old, new, min(1.0, share))


def _shares(pairing: Pairing, vocabulary: Vocabulary) -> list[tuple[float, int, int]]:
    old_above, new_above = _headings_above(pairing.old), _headings_above(pairing.new)
    old_sizes, new_sizes = _sizes(old_above), _sizes(new_above)
    common = Counter(
        (old_heading, new_heading)
        for old, new in enumerate(pairing.forward)
        if new >= 0
        for old_heading in old_above[old]
        for new_heading in new_above[new]
        if pairing.free(old_heading, new_heading)
    )
    shares = [
        (
            2 * count / (old_sizes[old] + new_sizes[new])
            + TITLE * vocabulary.similarity(pairing.old[old], pairing.new[new]),
            old,
            new,
        )
        for (old, new), count in common.items()
    ]
    return sorted(shares, key=lambda entry: (-entry[0], entry[1], entry[2]))


def _headings_above(wordings: list[Wording]) -> list[tuple[int, ...]]:
    """Return for each paragraph the places of the headings it stands under, outermost first."""
    above: list[tuple[int, ...]] = []
    open_headings: tuple[int, ...] = ()
    for place, wording in enumerate(wordings):
        if wording.level:
            open_headings = tuple(
                heading for heading in open_headings if wordings[heading].level < wording.level
            )
        above.append(open_headings)
        if wording.level:
            open_headings += (place,)
    return above


def _sizes(above: list[tuple[int, ...]]) -> Counter[int]:
    return Counter(heading for headings in above for heading in headings)
