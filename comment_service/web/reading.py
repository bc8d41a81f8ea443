"""The public reads as bytes: rendered once per change, whoever asks and however often."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from threading import Lock
from typing import Any

import msgspec

from comment_service.commenting import Commenting, DocumentSeen
from comment_service.web import shapes
from comment_service.web.presenters import (
    present_contributions,
    present_counts,
    present_document,
)
from comment_service.web.rendering import Rendering, Span
from participation.catalogue import Catalogue
from participation.document import Document, Version
from participation.window import FIRST, LAST

ROOM = 64 * 1024 * 1024  # bytes of bodies that a process keeps; the latest is kept in any case
TURNS = 16  # locks, so that one read is rendered by one thread while others wait or read others


Present = Callable[[DocumentSeen], dict[str, Any]]
Marks = tuple[str, ...]  # of the documents that are shown


@dataclass(frozen=True, slots=True)
class _Kept:
    """A rendering and what it was made of; ``turn`` is when it was begun, among all of them."""

    catalogue: Catalogue
    marks: Marks
    rendering: Rendering
    turn: int

    def is_good(self, catalogue: Catalogue, marks: Marks, now: datetime) -> bool:
        """Say whether it still is what it was made of; a newer catalogue is another object."""
        return (
            self.catalogue is catalogue and self.marks == marks and self.rendering.span.holds(now)
        )


@dataclass(frozen=True, slots=True)
class _Listed:
    """One document in the list of all, and what its place was made of."""

    document: Document
    mark: str
    shape: shapes.Document
    span: Span

    def is_good(self, document: Document, mark: str, now: datetime) -> bool:
        """Say whether it still is what it was made of."""
        return self.document is document and self.mark == mark and self.span.holds(now)


class Reading:
    """Renders the public reads and keeps what it has rendered.

    What is not readable is refused, never answered with what was readable before.
    """

    def __init__(self, commenting: Commenting, *, room: int = ROOM) -> None:
        self._commenting = commenting
        self._room = room
        self._kept: dict[Hashable, _Kept] = {}
        self._listed: dict[str, _Listed] = {}
        self._turns = [Lock() for _ in range(TURNS)]
        self._count = count(1)

    def contributions(
        self, slug: str, version: int | None = None, *, fresh: bool = False
    ) -> Rendering:
        """Return the public contributions on a document, or on one version of it.

        Args:
            slug: Name of the document.
            version: Number of the version; None: all.
            fresh: Ask the store for its mark even if it was asked just now.

        Raises:
            UnknownDocument, UnknownVersion: If there is no such one.
            UnreadableCatalogue, StoreUnavailable: If it is not known what is public.
        """
        return self._read(slug, version, present_contributions, fresh=fresh)

    def counts(self, slug: str, version: int | None = None, *, fresh: bool = False) -> Rendering:
        """Return how many public contributions there are on a document, or on one version.

        Args and exceptions are those of ``contributions``.
        """
        return self._read(slug, version, present_counts, fresh=fresh)

    def documents(self, *, fresh: bool = False) -> Rendering:
        """Return all documents with their versions; ``fresh`` as above.

        Raises:
            UnreadableCatalogue, StoreUnavailable: If it is not known what is public.
        """
        catalogue = self._commenting.published()
        render = partial(self._documents, catalogue)
        return self._current(None, catalogue, tuple(catalogue.documents), render, fresh=fresh)

    def export(
        self,
        slug: str,
        form: str,
        render: Callable[[Document], Rendering],
        *,
        fresh: bool = False,
    ) -> Rendering:
        """Return what ``render`` makes of a document and what is public on it, in one form.

        Raises:
            UnknownDocument: If there is no such one.
            UnreadableCatalogue, StoreUnavailable: If it is not known what is public.
        """
        catalogue = self._commenting.published()
        document = catalogue.document(slug)
        made = partial(render, document)
        return self._current((slug, form), catalogue, (slug,), made, fresh=fresh)

    def _read(self, slug: str, version: int | None, present: Present, *, fresh: bool) -> Rendering:
        catalogue = self._commenting.published()
        document = catalogue.document(slug)
        only = None if version is None else document.version(version)
        render = partial(self._present, document, only, present)
        return self._current((slug, version, present), catalogue, (slug,), render, fresh=fresh)

    def _current(
        self,
        key: Hashable,
        catalogue: Catalogue,
        slugs: tuple[str, ...],
        render: Callable[[], Rendering],
        *,
        fresh: bool,
    ) -> Rendering:
        kept, marks = self._kept.get(key), self._marks(slugs, fresh=fresh)
        if kept is not None and kept.is_good(catalogue, marks, self._commenting.clock()):
            return kept.rendering
        arrived = next(self._count)
        with self._turns[hash(key) % TURNS]:
            kept = self._kept.get(key)
            # One that was begun after we came is as new as we may ask for, even if more has
            # changed meanwhile: while many write, nobody waits for more than two renderings.
            if kept is not None and kept.turn > arrived and kept.catalogue is catalogue:
                return kept.rendering
            turn = next(self._count)
            marks = self._marks(slugs, fresh=fresh)  # before the store is read: no change is missed
            if kept is not None and kept.is_good(catalogue, marks, self._commenting.clock()):
                return kept.rendering  # it came between our look and our turn
            kept = self._kept[key] = _Kept(catalogue, marks, render(), turn)
        self._make_room(kept)
        return kept.rendering

    def _marks(self, slugs: tuple[str, ...], *, fresh: bool) -> Marks:
        marks = self._commenting.marks
        return tuple([marks(slug, fresh=fresh) for slug in slugs])

    def _present(self, document: Document, only: Version | None, present: Present) -> Rendering:
        seen = self._commenting.see(document, only)
        return Rendering(msgspec.json.encode(present(seen)), _span(seen))

    def _documents(self, catalogue: Catalogue) -> Rendering:
        listed = [self._list(document) for document in catalogue.documents.values()]
        body = msgspec.json.encode(shapes.Documents([one.shape for one in listed]))
        return Rendering(body, _common(one.span for one in listed))

    def _list(self, document: Document) -> _Listed:
        """Return a document's place in the list; another document's change costs it nothing."""
        mark, known = self._commenting.marks(document.slug), self._listed.get(document.slug)
        if known is not None and known.is_good(document, mark, self._commenting.clock()):
            return known
        seen = self._commenting.see(document)
        shape = present_document(seen)
        listed = self._listed[document.slug] = _Listed(document, mark, shape, _span(seen))
        return listed

    def _make_room(self, latest: _Kept) -> None:
        """Let go of what was rendered longest ago until the rest fits."""
        for key, kept in sorted([*self._kept.items()], key=lambda item: item[1].turn):
            if sum(one.rendering.size() for one in list(self._kept.values())) <= self._room:
                return
            if kept is not latest:
                self._kept.pop(key, None)


def _span(seen: DocumentSeen) -> Span:
    return _common(
        Span(*one.version.window.lasts(one.now)) for one in seen.versions if one.version.window
    )


def _common(spans: Iterable[Span]) -> Span:
    """Return the span in which all of them hold."""
    both = list(spans)
    return Span(
        max((span.since for span in both), default=FIRST),
        min((span.until for span in both), default=LAST),
    )
