"""Documents and their published versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from participation.paragraph import Paragraph
from participation.period import Period
from participation.refusals import UnknownParagraph, UnknownVersion
from participation.way import Way
from participation.ways import compose
from participation.window import Window, opening


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
    working group answers, where it is known; ``ways`` tell where each paragraph of the
    version before went (none in the first version).
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
    ways: tuple[Way, ...] = ()

    @property
    def texts(self) -> list[str]:
        """The texts of its paragraphs, in order."""
        return [paragraph.text for paragraph in self.paragraphs]


@dataclass(frozen=True, slots=True)
class Document:
    """One text, named by its slug, with its versions in ascending order.

    ``retention`` is for how long personal data of contributions is kept; none: until it is erased.
    """

    slug: str
    title: str
    versions: tuple[Version, ...]
    retention: Period | None = None

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

    def successors(self, version: int, number: int, to: int) -> tuple[int, ...]:
        """Return what a paragraph of ``version`` became in the version ``to``, which is later.

        The numbers ascend; there are none if it was removed.

        Raises:
            UnknownVersion: If the document has no such versions, or not in this order.
            UnknownParagraph: If ``version`` has no such paragraph.
        """
        self.paragraph(version, number)
        numbers = {number}
        for step in self._steps(version, to):
            numbers = {one for way in step.ways if way.old in numbers for one in way.new}
        return tuple(sorted(numbers))

    def predecessors(self, version: int, number: int, of: int) -> tuple[int, ...]:
        """Return what became a paragraph of ``version`` in the version ``of``, which is earlier.

        The numbers ascend; there are none if it was added since.

        Raises:
            UnknownVersion: If the document has no such versions, or not in this order.
            UnknownParagraph: If ``version`` has no such paragraph.
        """
        self.paragraph(version, number)
        numbers = {number}
        for step in reversed(self._steps(of, version)):
            numbers = {way.old for way in step.ways if not numbers.isdisjoint(way.new)}
        return tuple(sorted(numbers))

    def ways(self, old: int, new: int) -> tuple[Way, ...]:
        """Return the ways between two versions, ``old`` being the earlier one.

        Raises:
            UnknownVersion: If the document has no such versions, or not in this order.
        """
        earlier = self.version(old)
        first, *more = self._steps(old, new)
        ways = first.ways
        for step in more:
            ways = compose(ways, step.ways, earlier.texts, step.texts)
        return ways

    def _steps(self, old: int, new: int) -> tuple[Version, ...]:
        """Return the versions after ``old`` up to ``new``: each knows its ways from the last."""
        self.version(old)
        self.version(new)
        if old >= new:
            raise UnknownVersion(self.slug, new)
        return tuple(version for version in self.versions if old < version.number <= new)


def one_open_at_a_time(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return the versions, oldest first, with windows of which no two are ever open at once.

    A window ends when that of a later version opens. One that is open until further notice
    ends when a later version is published, if that is sooner: at 0:00 of that day.
    """
    return tuple(
        replace(version, window=_ended(version.window, versions[place:]))
        for place, version in enumerate(versions, start=1)
    )


def _ended(window: Window | None, later: Iterable[Version]) -> Window | None:
    """Return what later versions leave of a window; none if that is nothing."""
    left = window
    for version in later:
        if left is not None and version.window is not None and left.overlaps(version.window):
            left = left.until(version.window.opens)
        if left is not None and window is not None and window.closes is None:
            left = left.until(opening(version.published))
    return left
