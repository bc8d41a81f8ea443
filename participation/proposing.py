"""Proposing: which paragraphs of the next version an answer may have changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from participation.document import Document, Version
from participation.following import added
from participation.paragraph import Paragraph
from participation.way import Way, WayKind
from participation.word_diff import Piece, word_diff


@dataclass(frozen=True, slots=True)
class Proposal:
    """A paragraph of the next version that an answer may name.

    ``kind`` is what became of the old ones that it comes from; none: it is new, and stands beside
    one of their successors. ``difference`` is from the first old one.
    """

    version: int
    paragraph: Paragraph
    kind: WayKind | None
    difference: tuple[Piece, ...]


def proposals(document: Document, version: int, numbers: Collection[int]) -> tuple[Proposal, ...]:
    """Return the changed or new paragraphs that paragraphs of ``version`` lead to, in order.

    What is unchanged, or moved without another word, is not proposed.
    """
    later = next((one for one in document.versions if one.number > version), None)
    if later is None:
        return ()
    ways = [way for way in document.ways(version, later.number) if way.old in numbers]
    found = {one.paragraph.number: one for one in _changed(document.version(version), later, ways)}
    reached = {number for way in ways for number in way.new}
    for number in _beside(reached, later):
        new = later.paragraphs[number - 1]
        found.setdefault(number, Proposal(later.number, new, None, word_diff("", new.text)))
    return tuple(found[number] for number in sorted(found))


def _changed(earlier: Version, later: Version, ways: Iterable[Way]) -> Iterable[Proposal]:
    for way in reversed([*ways]):  # of several old ones the first is told
        old = earlier.paragraphs[way.old - 1]
        for number in way.new:
            new = later.paragraphs[number - 1]
            if new.text != old.text:
                difference = word_diff(old.text, new.text)
                yield Proposal(later.number, new, way.kind, difference)


def _beside(reached: Collection[int], later: Version) -> list[int]:
    """Return the new paragraphs in a row with one that was reached."""
    fresh, found = set(added(later.ways, len(later.paragraphs))), set[int]()
    for number in reached:
        for step in (-1, 1):
            near = number + step
            while near in fresh:
                found.add(near)
                near += step
    return sorted(found)
