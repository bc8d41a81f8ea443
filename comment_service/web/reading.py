"""The public reads as bytes: rendered once per change, whoever asks and however often."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import count
from threading import Lock

import msgspec

from comment_service.commenting import Commenting, DocumentSeen
from comment_service.web import shapes
from comment_service.web.presenters import present_contributions, present_document
from comment_service.web.rendering import Rendering, Span
from participation.catalogue import Catalogue
from participation.document import Document, Version
from participation.window import FIRST, LAST

ROOM = 64 * 1024 * 1024  # bytes of bodies that a process keeps; the latest is kept in any case
TURNS = 16  # locks, so that one read is rendered by one thread while others wait or read others


@dataclass(frozen=True, slots=True)
class _Basis:
    """What something was made of: it is good as long as both are the same.

    A newer catalogue is another object, whatever it holds.
    """

    catalogue: Catalogue
    marks: tuple[str, ...]

    def is_same(self, other: "_Basis") -> bool:
        return self.catalogue is other.catalogue and self.marks == other.marks


@dataclass(frozen=True, slots=True)
class _Kept:
    basis: _Basis
    rendering: Rendering
    turn: int  # when it was begun, among all renderings


@dataclass(frozen=True, slots=True)
class _Listed:
    """One document in the list of all."""

    basis: _Basis
    shape: shapes.Document
    span: Span


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
        catalogue = self._commenting.published()
        document = catalogue.document(slug)
        only = None if version is None else document.version(version)
        return self._current(
            (slug, version),
            partial(self._basis, catalogue, (slug,), fresh=fresh),
            partial(self._contributions, document, only),
        )

    def documents(self, *, fresh: bool = False) -> Rendering:
        """Return all documents with their versions; ``fresh`` as above.

        Raises:
            UnreadableCatalogue, StoreUnavailable: If it is not known what is public.
        """
        catalogue = self._commenting.published()
        return self._current(
            None,
            partial(self._basis, catalogue, tuple(catalogue.documents), fresh=fresh),
            partial(self._documents, catalogue),
        )

    def _current(
        self, key: Hashable, basis: Callable[[], _Basis], render: Callable[[], Rendering]
    ) -> Rendering:
        now, kept = basis(), self._kept.get(key)
        if kept is not None and self._is_good(kept, now):
            return kept.rendering
        arrived = next(self._count)
        with self._turns[hash(key) % TURNS]:
            kept = self._kept.get(key)
            # One that was begun after we came is as new as we may ask for, even if more has
            # changed meanwhile: while many write, nobody waits for more than two renderings.
            if kept is not None and kept.turn > arrived:
                return kept.rendering
            turn = next(self._count)
            now = basis()  # before the store is read: what is changed after it is not missed
            kept = self._kept[key] = _Kept(now, render(), turn)
        self._make_room(kept)
        return kept.rendering

    def _is_good(self, kept: _Kept, basis: _Basis) -> bool:
        return kept.basis.is_same(basis) and kept.rendering.span.holds(self._commenting.clock())

    def _basis(self, catalogue: Catalogue, slugs: Iterable[str], *, fresh: bool) -> _Basis:
        marks = self._commenting.marks
        return _Basis(catalogue, tuple(marks(slug, fresh=fresh) for slug in slugs))

    def _contributions(self, document: Document, only: Version | None) -> Rendering:
        seen = self._commenting.see(document, only)
        return Rendering(msgspec.json.encode(present_contributions(seen)), _span(seen))

    def _documents(self, catalogue: Catalogue) -> Rendering:
        listed = [self._list(catalogue, document) for document in catalogue.documents.values()]
        body = msgspec.json.encode(shapes.Documents([one.shape for one in listed]))
        return Rendering(body, _common(one.span for one in listed))

    def _list(self, catalogue: Catalogue, document: Document) -> _Listed:
        """Return a document's place in the list; another document's change costs it nothing."""
        basis, known = (
            self._basis(catalogue, (document.slug,), fresh=False),
            self._listed.get(document.slug),
        )
        if known and known.basis.is_same(basis) and known.span.holds(self._commenting.clock()):
            return known
        seen = self._commenting.see(document)
        listed = self._listed[document.slug] = _Listed(basis, present_document(seen), _span(seen))
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
