"""Paragraphs, and the references by which they are named for good."""

import re
from dataclasses import dataclass
from enum import StrEnum

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ParagraphKind(StrEnum):
    """What a paragraph is in its text."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The smallest unit of a version that can be commented on.

    ``number`` counts from 1 in the order of the text; ``headings`` are the headings
    above it, outermost first; ``text`` is plain, without markup.
    """

    number: int
    kind: ParagraphKind
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, order=True)
class ParagraphRef:
    """The reference of a paragraph, immutable: ``leitlinien/1/14``."""

    document: str
    version: int
    number: int

    def __str__(self) -> str:
        return f"{self.document}/{self.version}/{self.number}"
