"""Editions: each document with all its published versions, numbered, dated and followed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise

from participation.document import Document, Version, one_open_at_a_time
from participation.paragraph import Paragraph
from participation.way import Way
from participation.window import opening
from site_src.bare_markdown import BareMarkdown
from site_src.plain_twins import Twin, without_twins
from site_src.revisions import Revision, revisions
from site_src.source_values import SourceDocument
from site_src.states import State


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph whose words a correction changed."""

    number: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A later text of a version; ``commit`` is none while it is not committed."""

    moment: datetime
    commit: str | None
    changed: tuple[Changed, ...]

    @property
    def day(self) -> date:
        """The day of that moment, at the city's place."""
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a document: its newest source, what it publishes, what was corrected.

    Its source states a window; that of its version ends when a later version needs it to.
    ``published_at`` is the moment of its commit or, if the day of publication is stated to be
    another one, that day's first; ``announced`` is when its days and its title changed last.
    """

    source: SourceDocument
    version: Version
    published_at: datetime
    announced: Revision
    corrections: tuple[Correction, ...] = ()

    @property
    def slug(self) -> str:
        """The document's slug."""
        return self.source.slug


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """All editions of a document in ascending order, at least one."""

    editions: tuple[Edition, ...]

    @property
    def slug(self) -> str:
        """The document's slug."""
        return self.newest.slug

    @property
    def newest(self) -> Edition:
        """The edition with the highest number."""
        return self.editions[-1]

    @property
    def document(self) -> Document:
        """The document as the catalogue holds it."""
        versions = tuple(edition.version for edition in self.editions)
        source = self.newest.source
        return Document(self.slug, source.title, versions, source.retention)

    def shows_comments(self, number: int) -> bool:
        """Say whether a version or an earlier one, whose comments it shows, ever took any."""
        return any(
            one.source.window is not None for one in self.editions if one.version.number <= number
        )

    def edition(self, number: int) -> Edition:
        """Return the edition of a version that exists."""
        return next(one for one in self.editions if one.version.number == number)


@dataclass(frozen=True, slots=True)
class Definition:
    """A reference definition that the numbering reads, see ``paragraph_numbers``."""

    name: str
    address: str
    title: str

    def __str__(self) -> str:
        return f'[{self.name}]: {self.address} "{self.title}"'


def with_definitions(body: str, definitions: Sequence[Definition]) -> str:
    """Return the Markdown with definitions at its end."""
    return "\n".join([body.rstrip("\n"), "", *(str(one) for one in definitions), ""])


def numbering(slug: str, version: int, address: str = "#") -> Definition:
    """Return the definition that asks for numbers; ``#`` takes no comments."""
    return Definition("rn", address, f"{slug}/{version}")


def paragraphs_of(document: SourceDocument, markdown: BareMarkdown) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text, numbered."""
    return markdown.paragraphs(_asking_for_numbers(document))


def twins_of(document: SourceDocument, markdown: BareMarkdown) -> tuple[Twin, ...]:
    """Return the plain-language twins of a text, in its order."""
    return markdown.twins(_asking_for_numbers(document))


def _asking_for_numbers(document: SourceDocument) -> str:
    asked = [numbering(document.slug, document.version)]
    return with_definitions(document.file.body, asked)


def edition(states: Sequence[State], markdown: BareMarkdown) -> Edition:
    """Return the edition of a version from the states that bear it, oldest first."""
    first, document = states[0], states[-1].document
    version = Version(
        number=document.version,
        status=document.status,
        published=document.published or first.day,
        changes=document.changes,
        source_hash=sha256(without_twins(document.file.body).encode()).hexdigest(),
        paragraphs=paragraphs_of(document, markdown),
        commit=first.commit,
        window=document.window,
        moderation=document.moderation,
        answers=document.answers,
    )
    published_at = first.moment if first.day == version.published else opening(version.published)
    corrections = tuple(_corrections(states, markdown))
    return Edition(document, version, published_at, _announced(states), corrections)


def _announced(states: Sequence[State]) -> Revision:
    """Return when what stands in calendars was said, and how often it has changed."""
    said = (
        (one.moment, {"": (doc.title, doc.window, doc.published, doc.answers)})
        for one in states
        for doc in [one.document]
    )
    return revisions(said)[""]


def _corrections(states: Sequence[State], markdown: BareMarkdown) -> Iterator[Correction]:
    for before, after in pairwise(states):
        if without_twins(before.document.file.body) != without_twins(after.document.file.body):
            old = paragraphs_of(before.document, markdown)
            new = paragraphs_of(after.document, markdown)
            yield Correction(after.moment, after.commit, tuple(_changed(old, new)))


def _changed(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Changed]:
    for before, after in zip(old, new, strict=True):
        if before.text != after.text:
            yield Changed(after.number, before.text, after.text)


def followed(
    editions: Sequence[Edition], ways: Callable[[Version, Version], tuple[Way, ...]]
) -> PublishedDocument:
    """Return the document of these editions, each with the ways from the one before."""
    versions = [editions[0].version]
    for before, after in pairwise(edition.version for edition in editions):
        versions.append(replace(after, ways=ways(before, after)))
    pairs = zip(editions, one_open_at_a_time(versions), strict=True)
    return PublishedDocument(tuple(replace(one, version=version) for one, version in pairs))
