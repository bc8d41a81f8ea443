"""The rows of a synopsis: each old paragraph with what was said on it and what it became."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from participation.carried import carried
from participation.document import Document, Version
from participation.paragraph import Paragraph
from participation.public_contributions import PublicContribution, PublicContributions, WindowSeen
from participation.said_on_paragraphs import changed_because_of
from participation.threads import threads
from participation.way import Way, WayKind
from participation.word_diff import Piece, word_diff


class Fate(StrEnum):
    """What became of a paragraph in the next version."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"
    ADDED = "added"
    OPEN = "open"  # there is no next version yet


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph: ``old`` is none if it was added, ``new`` are none if it was removed.

    ``because`` are contributions on other paragraphs that changed one of the ``new`` ones;
    ``before`` are those on earlier versions that were carried to the old one, or changed it.
    """

    fate: Fate
    old: Paragraph | None
    new: tuple[Paragraph, ...]
    contributions: tuple[PublicContribution, ...] = ()
    because: tuple[PublicContribution, ...] = ()
    before: tuple[PublicContribution, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above it, outermost first."""
        return self.old.headings if self.old else self.new[0].headings

    @property
    def is_told(self) -> bool:
        """Whether it is worth reading: something was said on it, or it changed."""
        said = self.contributions or self.before
        return bool(said) or self.fate not in {Fate.UNCHANGED, Fate.OPEN}

    def answered_by(self, reply: PublicContribution) -> PublicContribution | None:
        """Return the contribution that a reply answers, None if there is none here."""
        wanted = reply.in_reply_to
        return next((one for one in self.contributions if wanted and one.id == wanted), None)

    def difference(self, new: Paragraph) -> tuple[Piece, ...]:
        """Return what changed from the old wording, or that of a part of it, to a new one."""
        return word_diff(self.old.text if self.old else "", new.text)


@dataclass(frozen=True, slots=True)
class Synopsis:
    """A version, the next one (none: not yet), and all its rows in the order of the text."""

    document: Document
    version: Version
    later: Version | None
    rows: tuple[Row, ...]
    contributions: tuple[PublicContribution, ...]
    window: WindowSeen | None = None

    @property
    def told(self) -> tuple[Row, ...]:
        """The rows that are worth reading."""
        return tuple(row for row in self.rows if row.is_told)


def synopsis(document: Document, public: PublicContributions, number: int) -> Synopsis:
    """Return the synopsis of one version of a document.

    Raises:
        UnknownVersion: If the document has none of that number.
    """
    version = document.version(number)
    later = next((one for one in document.versions if one.number > number), None)
    said = public.on_version(number)
    rows = tuple(_rows(document, version, later, public.contributions))
    return Synopsis(document, version, later, rows, said, public.windows.get(number))


def _rows(
    document: Document,
    version: Version,
    later: Version | None,
    contributions: Sequence[PublicContribution],
) -> Iterator[Row]:
    said = _said(document, version, contributions)
    if later is None:
        for paragraph in version.paragraphs:
            yield Row(Fate.OPEN, paragraph, (), **said(paragraph.number))
        return
    because = changed_because_of(contributions, document.slug, later.number)
    added = _added(later)
    yield from _new_rows(added[0], because)
    for paragraph, way in zip(version.paragraphs, later.ways, strict=True):
        row = Row(Fate(way.kind.value), paragraph, _new(way, later), **said(paragraph.number))
        yield replace(row, because=_brought_by_others(row, because))
        yield from _new_rows(added[paragraph.number], because)


def _said(
    document: Document, version: Version, contributions: Sequence[PublicContribution]
) -> Callable[[int], dict[str, tuple[PublicContribution, ...]]]:
    """Return what tells of a paragraph: what was said on it, and on what it was before."""
    own: defaultdict[int, list[PublicContribution]] = defaultdict(list)
    for one in contributions:
        if one.ref.version == version.number:
            own[one.ref.number].append(one)
    before: defaultdict[int, list[PublicContribution]] = defaultdict(list)
    for paragraph in carried(document, contributions, version.number):
        for number in paragraph.here:
            before[number] += paragraph.contributions
    for number, some in changed_because_of(contributions, document.slug, version.number).items():
        before[number] += some

    def said(number: int) -> dict[str, tuple[PublicContribution, ...]]:
        each = {one.ordinal: one for one in before[number]}
        known = tuple(each[ordinal] for ordinal in sorted(each))
        return {"contributions": _with_replies(own[number]), "before": known}

    return said


def _with_replies(said: Sequence[PublicContribution]) -> tuple[PublicContribution, ...]:
    """Return them in their order, but replies behind what they answer."""
    return tuple(one for thread in threads(said) for one in thread.all)


def _new(way: Way, later: Version) -> tuple[Paragraph, ...]:
    return tuple(later.paragraphs[number - 1] for number in way.new)


def _brought_by_others(
    row: Row, because: Mapping[int, Sequence[PublicContribution]]
) -> tuple[PublicContribution, ...]:
    found = {
        one.ordinal: one
        for new in row.new
        for one in because.get(new.number, ())
        if one not in row.contributions
    }
    return tuple(found.values())


def _new_rows(
    added: Sequence[Paragraph], because: Mapping[int, Sequence[PublicContribution]]
) -> Iterator[Row]:
    for paragraph in added:
        yield Row(Fate.ADDED, None, (paragraph,), (), tuple(because.get(paragraph.number, ())))


def _added(later: Version) -> defaultdict[int, list[Paragraph]]:
    """Return the new paragraphs by the old one after whose successor they stand; 0: before all."""
    home = {number: way.old for way in later.ways for number in way.new if _kept_place(way)}
    known = {number for way in later.ways for number in way.new}
    added: defaultdict[int, list[Paragraph]] = defaultdict(list)
    last = 0
    for paragraph in later.paragraphs:
        last = home.get(paragraph.number, last)
        if paragraph.number not in known:
            added[last].append(paragraph)
    return added


def _kept_place(way: Way) -> bool:
    return way.kind is not WayKind.MOVED
