"""The chapters of a version: what stands below one outermost heading."""

from dataclasses import dataclass
from itertools import groupby

from participation.document import Version
from participation.paragraph import Paragraph


@dataclass(frozen=True, slots=True)
class Chapter:
    """The paragraphs below one outermost heading, in the order of the text.

    ``place`` counts from 1 and stays, as versions do; ``heading`` is empty for what stands
    before the first one.
    """

    place: int
    heading: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def first(self) -> int:
        """The number of its first paragraph."""
        return self.paragraphs[0].number

    def holds(self, number: int) -> bool:
        """Say whether a paragraph of that number stands in it."""
        return self.first <= number <= self.paragraphs[-1].number


def chapters(version: Version) -> tuple[Chapter, ...]:
    """Return the chapters of a version in the order of the text."""
    found = groupby(version.paragraphs, key=_outermost)
    return tuple(
        Chapter(place, heading, tuple(paragraphs))
        for place, (heading, paragraphs) in enumerate(found, start=1)
    )


def _outermost(paragraph: Paragraph) -> str:
    return paragraph.headings[0] if paragraph.headings else ""
