"""Finding contributions at the desk: by place, kind, status, channel, answer and words."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from comment_service.marks import Marks
from comment_service.storage.protocol import Store
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
)
from participation.decision import DecisionStatus

PAGE = 50  # contributions on one page
_ACCENTS = dict.fromkeys(range(0x300, 0x370))  # combining marks, which are left out
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))  # as they are typed where keys are missing


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is None makes no difference."""

    document: str | None = None
    version: int | None = None
    number: int | None = None
    kind: ContributionKind | None = None
    status: ContributionStatus | None = None
    channel: Channel | None = None
    is_answered: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of what was found; ``counts`` is by status, whatever status is wanted.

    ``ordinals`` are the numbers of the contributions on the page, by their ids.
    """

    contributions: tuple[Contribution, ...]
    counts: Mapping[ContributionStatus, int]
    count: int
    page: int
    pages: int
    answered: frozenset[str] = frozenset()
    ordinals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    contribution: Contribution
    ordinal: int  # the number by which people name it; see making_public.py
    folded: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """All that is there on a document; ``answered`` are ids with a published answer."""

    mark: str
    entries: tuple[_Entry, ...] = ()
    answered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DeskSearch:
    """Searches in memory, in what is read of a document once after each change."""

    store: Store
    marks: Marks
    slugs: Callable[[], Iterable[str]]
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def find(self, wanted: Wanted, page: int = 1) -> FoundPage:
        """Return a page of what is wanted: newest first, but what waits, oldest first."""
        kept = [self._of(slug) for slug in self.slugs() if wanted.document in {None, slug}]
        answered = frozenset().union(*(one.answered for one in kept))
        fits = [entry for one in kept for entry in _fitting(one, wanted)]
        found = [one for one in fits if wanted.status in {None, one.contribution.status}]
        waits = wanted.status is ContributionStatus.PENDING
        found.sort(key=_age, reverse=not waits)
        pages = max(1, -(-len(found) // PAGE))
        shown = min(max(page, 1), pages)
        here = found[(shown - 1) * PAGE : shown * PAGE]
        return FoundPage(
            contributions=tuple(one.contribution for one in here),
            counts=Counter(one.contribution.status for one in fits),
            count=len(found),
            page=shown,
            pages=pages,
            answered=answered,
            ordinals={one.contribution.id: one.ordinal for one in here},
        )

    def ordinal(self, contribution: Contribution) -> int | None:
        """Return the number of a contribution on its document."""
        entries = self._of(contribution.ref.document).entries
        numbers = (one.ordinal for one in entries if one.contribution.id == contribution.id)
        return next(numbers, None)

    def _of(self, slug: str) -> _Kept:
        mark, kept = self.marks(slug, fresh=True), self._kept.get(slug)
        if kept is not None and kept.mark == mark:
            return kept
        known = {one.contribution.id: one for one in kept.entries} if kept else {}
        everything = enumerate(self.store.of_document(slug), start=1)
        entries = tuple(_entry(one, ordinal, known.get(one.id)) for ordinal, one in everything)
        decisions = self.store.decisions(slug)
        answered = frozenset(
            one
            for decision in decisions
            if decision.status is DecisionStatus.PUBLISHED
            for one in decision.contributions
        )
        kept = self._kept[slug] = _Kept(mark, entries, answered)
        return kept


def folded(text: str) -> str:
    """Return a text as it is compared: no capitals, no accents, ä as a and as ae the same."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_ACCENTS)
    for typed, one in _UMLAUTS:
        plain = plain.replace(typed, one)
    return plain


def _entry(contribution: Contribution, ordinal: int, known: _Entry | None) -> _Entry:
    if known is not None and known.contribution == contribution and known.ordinal == ordinal:
        return known
    wording = contribution.proposed_wording or ""
    told = f"Beitrag {ordinal}\n{contribution.text}\n{contribution.name or ''}\n{wording}"
    return _Entry(contribution, ordinal, folded(told))


def _age(entry: _Entry) -> tuple[datetime, str]:
    return entry.contribution.received_at, entry.contribution.id


def _is_as_answered(one: Contribution, kept: _Kept, *, is_answered: bool | None) -> bool:
    """Say whether it fits; a reply never counts as unanswered, see decisions/0030."""
    if one.id in kept.answered:
        return is_answered is not False
    return is_answered is None or (not is_answered and one.kind is not ContributionKind.REPLY)


def _fitting(kept: _Kept, wanted: Wanted) -> Iterable[_Entry]:
    words = folded(wanted.words).split()
    for entry in kept.entries:
        one = entry.contribution
        if (
            wanted.version in {None, one.ref.version}
            and wanted.number in {None, one.ref.number}
            and wanted.kind in {None, one.kind}
            and wanted.channel in {None, one.channel}
            and _is_as_answered(one, kept, is_answered=wanted.is_answered)
            and all(word in entry.folded for word in words)
        ):
            yield entry
