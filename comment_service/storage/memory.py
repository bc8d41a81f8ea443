"""The store of tests: contributions in memory, gone with the process."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from threading import RLock

from comment_service.storage.parts import parts
from comment_service.storage.protocol import (
    DuplicateContribution,
    Kept,
    Once,
    Stock,
    StoreInUse,
)
from participation.contribution import Contribution
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.refusals import ChangedMeanwhile, IdempotencyKeyReused, UnknownContribution


class MemoryStore:
    """Keeps contributions in dictionaries; see ``ContributionStore`` for the promises."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}
        self._requests: dict[str, Kept] = {}
        self._on_paragraph: defaultdict[ParagraphRef, set[str]] = defaultdict(set)
        self._log: dict[str, LogEntry] = {}
        self._changes: Counter[str] = Counter()
        self._secret = secrets.token_bytes(32)
        self._lock = RLock()

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it."""
        with self._lock:
            first = self.taken(once) if once else None
            if first is not None:
                return first
            if contribution.id in self._kept:
                raise DuplicateContribution(contribution.id)
            self._keep(Kept(contribution, once))
            return contribution

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, if it was."""
        known = self._requests.get(once.key)
        if known is None:
            return None
        if known.once != once:
            raise IdempotencyKeyReused
        return self.get(known.contribution.id)

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status."""
        try:
            return self._kept[contribution_id].contribution
        except KeyError:
            raise UnknownContribution(contribution_id) from None

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""
        with self._lock:
            all_kept = [kept.contribution for kept in self._kept.values()]
        return _by_age(entry for entry in all_kept if entry.ref.document == slug)

    def on_paragraphs(self, refs: Collection[ParagraphRef]) -> list[Contribution]:
        """Return all contributions on these paragraphs, oldest first, ties by id."""
        with self._lock:
            ids = [one for ref in set(refs) for one in self._on_paragraph.get(ref, ())]
            return _by_age(self.get(one) for one in ids)

    def change(self, seen: Contribution, changed: Contribution, entry: LogEntry) -> None:
        """Put ``changed`` in the place of ``seen`` and append ``entry`` to the log."""
        with self._lock:
            if self.get(seen.id) != seen:
                raise ChangedMeanwhile(seen.id)
            self._keep(Kept(changed, self._kept[seen.id].once))
            self._log[entry.id] = entry

    def log(self) -> list[LogEntry]:
        """Return all log entries in the order in which they were appended."""
        with self._lock:
            return list(self._log.values())

    def state(self, slug: str) -> str:
        """Return how often something on the document was changed."""
        return str(self._changes[slug])

    def secret(self) -> bytes:
        """Return the secret of this process."""
        return self._secret

    def stock(self) -> Iterator[Stock]:
        """Return all that is kept in parts."""
        with self._lock:
            everything = [self._kept[contribution_id] for contribution_id in sorted(self._kept)]
        yield from parts(everything, self.log())

    def take_over(self, part: Stock) -> None:
        """Keep what another store kept, as it is."""
        with self._lock:
            new = [kept for kept in part.contributions if not self._has(kept)]
            for kept in new:
                self._keep(kept)
            self._log |= {entry.id: entry for entry in part.log if entry.id not in self._log}

    def adopt(self, secret: bytes) -> None:
        """Make another store's secret one's own."""
        with self._lock:
            if self._secret != secret and (self._kept or self._log):
                raise StoreInUse("it keeps contributions under another secret")
            self._secret = secret

    def check(self) -> None:
        """Return: memory is always there."""

    def close(self) -> None:
        """Hold nothing open, so let go of nothing."""

    def _keep(self, kept: Kept) -> None:
        self._kept[kept.contribution.id] = kept
        self._on_paragraph[kept.contribution.ref].add(kept.contribution.id)
        if kept.once:
            self._requests[kept.once.key] = kept
        self._changes[kept.contribution.ref.document] += 1

    def _has(self, kept: Kept) -> bool:
        known = self._kept.get(kept.contribution.id)
        of_key = self._requests.get(kept.once.key) if kept.once else None
        if known not in {None, kept} or of_key not in {None, kept}:
            raise DuplicateContribution(kept.contribution.id)
        return known is not None


def _by_age(found: Iterable[Contribution]) -> list[Contribution]:
    return sorted(found, key=lambda entry: (entry.received_at, entry.id))
