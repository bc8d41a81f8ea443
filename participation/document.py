"""Documents and their published versions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from participation.paragraph import Paragraph
from participation.refusals import UnknownParagraph, UnknownVersion
from participation.window import Window


class VersionStatus(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    ADOPTED = "adopted"


class Moderation(StrEnum):
    """Whether a contribution is looked at after or before it appears."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Version:
    """A published state of a document.

    ``commit`` is the commit that published it (none: not yet committed);
    ``source_hash`` is the SHA-256 of its source text; ``paragraphs`` are numbered 1, 2, 3 …;
    without a ``window`` it takes no contributions; ``answers`` is the day by which the
    working group answers, where it is known.
    """

    number: int
    status: VersionStatus
    published: date
    changes: str
    source_hash: str
    paragraphs: tuple[Paragraph, ...]
    commit: str | None = None
    window: Window | None = None
    moderation: Moderation = Moderation.AFTER
    answers: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text, named by its slug, with its versions in ascending order."""

    slug: str
    title: str
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The version with the highest number."""
        return self.versions[-1]

    def version(self, number: int) -> Version:
        """Return the version of that number.

        Raises:
            UnknownVersion: If the document has none of that number.
        """
        for version in self.versions:
            if version.number == number:
                return version
        raise UnknownVersion(self.slug, number)

    def paragraph(self, version: int, number: int) -> Paragraph:
        """Return a paragraph of one version.

        Raises:
            UnknownVersion: If the document has no such version.
            UnknownParagraph: If that version has no such paragraph.
        """
        paragraphs = self.version(version).paragraphs
        if not 1 <= number <= len(paragraphs):
            raise UnknownParagraph(self.slug, version, number)
        return paragraphs[number - 1]
