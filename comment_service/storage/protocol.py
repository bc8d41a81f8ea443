"""What every store of contributions promises."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from participation.contribution import Contribution
from participation.faults import Fault
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef

PART = 1000  # contributions or log entries that go from one store to another in one step


class DuplicateContribution(Fault):
    """The id of a new contribution is taken; the ways in make them unique."""


class StoreInUse(Fault):
    """The store keeps something of its own and cannot become a copy of another."""


@dataclass(frozen=True, slots=True)
class Once:
    """The wish that a request is carried out once, however often it is sent.

    ``key`` and ``fingerprint`` are digests of the idempotency key and of what is asked for.
    """

    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A contribution, and the request by which it came, if that was to be carried out once."""

    contribution: Contribution
    once: Once | None


@dataclass(frozen=True, slots=True)
class Stock:
    """Part of what a store keeps, for another one to take over."""

    contributions: tuple[Kept, ...] = ()
    log: tuple[LogEntry, ...] = ()


class ContributionStore(Protocol):
    """Keeps contributions. Knows no rule: windows, limits and roles are settled before.

    Each method is one transaction and raises StoreUnavailable if the store cannot be read
    or written; a store that cannot keep a contribution says so and never forgets one it took.
    """

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it; it is safe when this returns.

        If ``once`` was carried out before, the contribution of then is returned and nothing
        is changed.

        Raises:
            IdempotencyKeyReused: If the key of ``once`` was used for another request.
            DuplicateContribution: If its id is taken; nothing is changed then.
        """

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, or None if it was not yet.

        Raises:
            IdempotencyKeyReused: If the key of ``once`` was used for another request.
        """

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status.

        Raises:
            UnknownContribution: If there is none of that id.
        """

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""

    def on_paragraphs(self, refs: Collection[ParagraphRef]) -> list[Contribution]:
        """Return all contributions on these paragraphs, oldest first, ties by id.

        It costs what it returns, whatever else is kept.
        """

    def change(self, seen: Contribution, changed: Contribution, entry: LogEntry) -> None:
        """Put ``changed`` in the place of ``seen`` and append ``entry`` to the log.

        Id, document and moment of receipt of a contribution never change.

        Raises:
            UnknownContribution: If there is none of that id.
            ChangedMeanwhile: If it is no longer as ``seen``; nothing is changed then.
        """

    def log(self) -> list[LogEntry]:
        """Return all log entries in the order in which they were appended."""

    def state(self, slug: str) -> str:
        """Return a mark of what is kept on a document: another one after every change.

        It is cheap, whatever is kept: what was made of ``of_document`` is good as long as the
        mark that was asked for *before* is returned.
        """

    def secret(self) -> bytes:
        """Return 32 random bytes of this store's own, the same for its whole life."""

    def stock(self) -> Iterator[Stock]:
        """Return all that is kept in parts of at most PART: contributions by id, then the log.

        What is added or changed while the parts are fetched may be among them or not.
        """

    def take_over(self, part: Stock) -> None:
        """Keep what another store kept, as it is; what is here already, just the same, stays.

        Raises:
            DuplicateContribution: If an id is taken by something else; nothing is changed then.
        """

    def adopt(self, secret: bytes) -> None:
        """Make another store's secret one's own; do nothing if it is already.

        Raises:
            StoreInUse: If anything is kept under another secret.
        """

    def check(self) -> None:
        """Return if the store could take a contribution at this moment.

        Raises:
            StoreUnavailable: If it could not.
        """

    def close(self) -> None:
        """Let go of all that is held open; the store is not used afterwards."""
