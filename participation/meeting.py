"""Meetings of the working group, and what they discussed."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Self

from participation.paragraph import SLUG, ParagraphRef

REFERENCE = re.compile(
    rf"({SLUG.pattern})(?:/([1-9]\d{{0,5}})/([1-9]\d{{0,5}})(?:-([1-9]\d{{0,5}}))?)?"
)


@dataclass(frozen=True, slots=True)
class Discussed:
    """What a meeting discussed: a whole document (no paragraphs), or some paragraphs of it."""

    document: str
    paragraphs: tuple[ParagraphRef, ...] = ()

    @classmethod
    def parse(cls, stated: str) -> Self:
        """Read ``leitlinien``, ``leitlinien/1/14`` or ``leitlinien/1/14-18``.

        Raises:
            ValueError: If it is none of these.
        """
        match = REFERENCE.fullmatch(stated)
        if match is None:
            raise ValueError(f"not a document, paragraph or run of paragraphs: {stated!r}")
        slug, version, first, last = match.groups()
        if version is None:
            return cls(slug)
        numbers = range(int(first), int(last or first) + 1)
        if not numbers:
            raise ValueError(f"a run of paragraphs counts upwards: {stated!r}")
        return cls(slug, tuple(ParagraphRef(slug, int(version), number) for number in numbers))


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, as its minutes tell; ``starts`` and ``ends`` are times in Europe/Berlin."""

    number: int
    title: str
    date: date
    place: str
    starts: time | None = None
    ends: time | None = None
    public: bool = True
    present: tuple[str, ...] = ()
    discussed: tuple[Discussed, ...] = ()
    decisions: tuple[str, ...] = ()

    def discussed_paragraph(self, ref: ParagraphRef) -> bool:
        """Say whether the minutes name this paragraph."""
        return any(ref in discussed.paragraphs for discussed in self.discussed)


@dataclass(frozen=True, slots=True, order=True)
class PublicMinutes:
    """A meeting whose minutes are published; ``url`` is relative to where the site begins."""

    date: date
    title: str
    url: str
