"""The store of tests: contributions in memory, gone with the process."""

import secrets
from threading import Lock

from comment_service.storage.protocol import DuplicateContribution, Once
from participation.contribution import Contribution
from participation.refusals import IdempotencyKeyReused, UnknownContribution


class MemoryStore:
    """Keeps contributions in two dictionaries; see ``ContributionStore`` for the promises."""

    def __init__(self) -> None:
        self._contributions: dict[str, Contribution] = {}
        self._requests: dict[str, tuple[Once, str]] = {}
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it."""
        with self._lock:
            first = self.taken(once) if once else None
            if first is not None:
                return first
            if contribution.id in self._contributions:
                raise DuplicateContribution(contribution.id)
            self._contributions[contribution.id] = contribution
            if once:
                self._requests[once.key] = (once, contribution.id)
            return contribution

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, if it was."""
        known = self._requests.get(once.key)
        if known is None:
            return None
        if known[0] != once:
            raise IdempotencyKeyReused
        return self._contributions[known[1]]

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status."""
        try:
            return self._contributions[contribution_id]
        except KeyError:
            raise UnknownContribution(contribution_id) from None

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""
        with self._lock:
            found = [entry for entry in self._contributions.values() if entry.ref.document == slug]
        return sorted(found, key=lambda entry: (entry.received_at, entry.id))

    def secret(self) -> bytes:
        """Return the secret of this process."""
        return self._secret

    def check(self) -> None:
        """Return: memory is always there."""

    def close(self) -> None:
        """Hold nothing open, so let go of nothing."""
