"""Where a contribution stands: its paragraph as it was worded then, and what became of it."""

from dataclasses import dataclass

from participation.catalogue import Catalogue
from participation.document import Document, Version
from participation.paragraph import Paragraph, ParagraphRef
from participation.refusals import UnknownDocument, UnknownParagraph, UnknownVersion


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a version; ``later`` is what it became in the newest version.

    ``later`` is None if the newest version is its own.
    """

    document: Document
    version: Version
    paragraph: Paragraph
    later: tuple[Paragraph, ...] | None


def place_of(catalogue: Catalogue, ref: ParagraphRef) -> Place | None:
    """Return where it stands; None if that is no longer published."""
    try:
        document = catalogue.document(ref.document)
        version = document.version(ref.version)
        paragraph = document.paragraph(ref.version, ref.number)
    except (UnknownDocument, UnknownVersion, UnknownParagraph):
        return None
    return Place(document, version, paragraph, _later(document, version, ref.number))


def _later(document: Document, version: Version, number: int) -> tuple[Paragraph, ...] | None:
    newest = document.newest
    if version is newest:
        return None
    numbers = document.successors(version.number, number, newest.number)
    return tuple(newest.paragraphs[one - 1] for one in numbers)
