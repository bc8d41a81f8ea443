"""Where the discussion of a document is: how much was said on which part of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from comment_service.commenting import DocumentSeen, VersionSeen
from participation.chapters import Chapter, chapters
from participation.window import WindowState


@dataclass(frozen=True, slots=True)
class ChapterSeen:
    """A chapter with the numbers of its paragraphs on which something was said, and how much."""

    chapter: Chapter
    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """How much was said in it."""
        return sum(self.counts.values())

    @property
    def peak(self) -> int:
        """How much was said on the paragraph on which most was said."""
        return max(self.counts.values(), default=0)


def along_the_text(seen: VersionSeen) -> tuple[ChapterSeen, ...]:
    """Return the chapters of a version, with what was said in them, in the order of the text."""
    counted = Counter(one.ref.number for one in seen.contributions)
    return tuple(
        ChapterSeen(
            chapter,
            {one.number: counted[one.number] for one in chapter.paragraphs if counted[one.number]},
        )
        for chapter in chapters(seen.version)
    )


def discussed(seen: DocumentSeen, wanted: int | None = None) -> VersionSeen:
    """Return the version of that number, else the discussed one of all versions.

    That is the one which is open, else the last on which something was said.

    Raises:
        UnknownVersion: If the document has none of that number.
    """
    if wanted is not None:
        version = seen.document.version(wanted)
        return next(one for one in seen.versions if one.version is version)
    latest = list(reversed(seen.versions))
    for one in latest:
        if one.state is WindowState.OPEN:
            return one
    return next((one for one in latest if one.contributions), latest[0])
