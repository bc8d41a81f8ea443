"""What every store promises of contributions, answers, supports, accounts and their log."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.faults import Fault
from participation.log_chain import Logged
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.support import Support

PART = 1000  # records or log entries that go from one store to another in one step

Record = Contribution | Decision | Account | Support


class DuplicateRecord(Fault):
    """The id of a new record is taken; the ways in make them unique."""


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


KeptRecord = Kept | Decision | Account | Support


def record_of(kept: KeptRecord) -> Record:
    """Return a record without the request by which it came."""
    return kept.contribution if isinstance(kept, Kept) else kept


@dataclass(frozen=True, slots=True)
class Change:
    """The wish to put ``changed`` in the place of ``seen``; where nothing was seen, it is new."""

    seen: Record | None
    changed: Record

    def __post_init__(self) -> None:
        seen = self.seen or self.changed
        if type(seen) is not type(self.changed) or seen.id != self.changed.id:
            raise ValueError(f"{self.changed.id} cannot take the place of {seen.id}")


@dataclass(frozen=True, slots=True)
class Stock:
    """Part of what a store keeps, for another one to take over."""

    contributions: tuple[Kept, ...] = ()
    decisions: tuple[Decision, ...] = ()
    accounts: tuple[Account, ...] = ()
    log: tuple[Logged, ...] = ()
    supports: tuple[Support, ...] = ()

    @property
    def records(self) -> tuple[KeptRecord, ...]:
        """Return all records in the order of a stock."""
        return *self.contributions, *self.decisions, *self.accounts, *self.supports

    def __len__(self) -> int:
        return len(self.records) + len(self.log)


class Store(Protocol):
    """Keeps records and the log. Knows no rule: windows, limits and roles are settled before.

    Each method is one transaction and raises StoreUnavailable if the store cannot be read
    or written; a store that cannot keep a contribution says so and never forgets one it took.
    """

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it; it is safe when this returns.

        If ``once`` was carried out before, the contribution of then is returned and nothing
        is changed.

        Raises:
            IdempotencyKeyReused: If the key of ``once`` was used for another request.
            DuplicateRecord: If its id is taken; nothing is changed then.
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

    def kept(self, contribution_id: str) -> Kept:
        """Return one contribution with the request by which it came.

        Raises:
            UnknownContribution: If there is none of that id.
        """

    def of_receipt(self, receipt_digest: str) -> Contribution | None:
        """Return the contribution of a receipt by the digest of its code, None if there is none.

        It costs the same, whatever else is kept.
        """

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""

    def on_paragraphs(self, refs: Collection[ParagraphRef]) -> list[Contribution]:
        """Return all contributions on these paragraphs, oldest first, ties by id.

        It costs what it returns, whatever else is kept.
        """

    def add_all(self, new: Sequence[Kept]) -> list[Contribution]:
        """Keep many new contributions, all or nothing, and return them in their order.

        Where the request of one was carried out before, the contribution of then is returned.

        Raises:
            IdempotencyKeyReused: If a key was used for another request; nothing is added then.
            DuplicateRecord: If an id is taken; nothing is added then.
        """

    def change(self, changes: Sequence[Change], entries: Sequence[LogEntry]) -> None:
        """Carry out the changes, one after the other, and append the entries to the log.

        All is done or nothing. Id, document and moment of receipt of a record never change, nor
        what a support is of; no two accounts have the same name, or subject if they have one.

        Raises:
            UnknownContribution, UnknownDecision, UnknownAccount: If there is none of that id.
            ChangedMeanwhile: If a record is no longer as it was seen.
            AccountNameTaken: If another account has that name or subject.
            DuplicateRecord: If the id of a new record is taken.
        """

    def decision(self, decision_id: str) -> Decision:
        """Return one decision, whatever its status.

        Raises:
            UnknownDecision: If there is none of that id.
        """

    def decisions(self, slug: str) -> list[Decision]:
        """Return all decisions on a document, by id."""

    def support(self, support_id: str) -> Support | None:
        """Return one support, taken back or not; None if there is none of that id."""

    def supports(self, slug: str, contribution_id: str | None = None) -> list[Support]:
        """Return all supports of contributions on a document, or of one of them, by id.

        What was taken back is among them.
        """

    def account(self, account_id: str) -> Account:
        """Return one account.

        Raises:
            UnknownAccount: If there is none of that id.
        """

    def accounts(self) -> list[Account]:
        """Return all accounts, by name."""

    def log(self, skip: int = 0) -> list[Logged]:
        """Return all log entries but the first ``skip``, as they were appended, chained.

        Nothing is ever put before an entry: whoever has read the log once asks for what is new.
        """

    def state(self, slug: str) -> str:
        """Return a mark of what is kept on a document: another one after every change.

        It is cheap, whatever is kept: what was made of ``of_document``, ``decisions`` and
        ``supports`` is good as long as the mark that was asked for *before* is returned.
        """

    def received_since(self, slug: str, moment: datetime) -> int:
        """Return how many contributions on a document came in online at ``moment`` or later.

        It is cheap, whatever is kept; what became of them does not matter.
        """

    def secret(self) -> bytes:
        """Return 32 random bytes of this store's own, the same for its whole life."""

    def stock(self) -> Iterator[Stock]:
        """Return all that is kept in parts of at most PART: records by id, then the log.

        Of records, first come contributions, then decisions, accounts and supports.

        What is added or changed while the parts are fetched may be among them or not.
        """

    def take_over(self, part: Stock) -> None:
        """Keep what another store kept, as it is; what is here already, just the same, stays.

        Raises:
            DuplicateRecord: If an id, a key, or the name of an account is taken by something else;
                nothing is changed then.
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
