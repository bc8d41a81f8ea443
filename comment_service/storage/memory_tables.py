"""The dictionaries of the store in memory; a copy of them is where a transaction may fail."""

from collections import Counter
from collections.abc import Iterable, ValuesView
from typing import Any

from comment_service.storage.protocol import DuplicateRecord, Kept, Once, Record
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_chain import BEGINNING, Logged, chained
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.refusals import IdempotencyKeyReused
from participation.support import Support


class MemoryTables:
    """All that is kept."""

    def __init__(self) -> None:
        self.contributions: dict[str, Contribution] = {}
        self.on_paragraph: dict[ParagraphRef, tuple[str, ...]] = {}  # ids of contributions
        self.requests: dict[str, tuple[Once, str]] = {}  # by key: and the contribution's id
        self.receipts: dict[str, str] = {}  # digest → the contribution's id
        self.came_by: dict[str, Once] = {}  # by the contribution's id
        self.decisions: dict[str, Decision] = {}
        self.supports: dict[str, Support] = {}
        self._accounts: dict[str, Account] = {}
        self.log: dict[str, Logged] = {}
        self.changes: Counter[str] = Counter()

    def copy(self) -> "MemoryTables":
        """Return the same in dictionaries of its own."""
        other = MemoryTables()
        vars(other).update({name: table.copy() for name, table in vars(self).items()})
        return other

    def add(self, contribution: Contribution, once: Once | None) -> Contribution:
        """Put a new contribution, or return the one that came by the same request."""
        first = self.taken(once) if once else None
        if first is not None:
            return first
        if contribution.id in self.contributions:
            raise DuplicateRecord(contribution.id)
        self._keep(Kept(contribution, once))
        return contribution

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, if it was."""
        known, contribution_id = self.requests.get(once.key, (None, ""))
        if known is None:
            return None
        if known != once:
            raise IdempotencyKeyReused
        return self.contributions[contribution_id]

    def kept(self, contribution: Contribution) -> Kept:
        """Return a contribution with the request by which it came."""
        return Kept(contribution, self.came_by.get(contribution.id))

    def found(self, like: Record) -> Record | None:
        """Return the record of the kind and id of another one, if there is one."""
        return self._table_of(like).get(like.id)

    def accounts(self) -> ValuesView[Account]:
        """Return all accounts."""
        return self._accounts.values()

    def account(self, account_id: str) -> Account | None:
        """Return an account, if there is one of that id."""
        return self._accounts.get(account_id)

    def put(self, record: Record) -> None:
        """Put a record where there is none, or another one of that id."""
        is_new = self.found(record) is None
        self._table_of(record)[record.id] = record
        match record:
            case Contribution():
                self.changes[record.ref.document] += 1
                if is_new:
                    before = self.on_paragraph.get(record.ref, ())
                    self.on_paragraph[record.ref] = (*before, record.id)
            case Decision() | Support():
                self.changes[record.document] += 1

    def take_over(self, kept: Kept) -> None:
        """Put a contribution of another store, unless it is here."""
        known = self.contributions.get(kept.contribution.id)
        _, of_key = self.requests.get(kept.once.key, (None, None)) if kept.once else (None, None)
        is_other = known is not None and self.kept(known) != kept
        if is_other or of_key not in {None, kept.contribution.id}:
            raise DuplicateRecord(kept.contribution.id)
        if known is None:
            self._keep(kept)

    def append(self, entries: Iterable[LogEntry]) -> None:
        """Append entries to the chain."""
        last = next(reversed(self.log.values()), None)
        self.append_as_is(chained(entries, BEGINNING if last is None else last.digest))

    def append_as_is(self, log: Iterable[Logged]) -> None:
        """Append what is not here yet."""
        for logged in log:
            self.log.setdefault(logged.entry.id, logged)

    def _keep(self, kept: Kept) -> None:
        self.put(kept.contribution)
        self.receipts.setdefault(kept.contribution.receipt_digest, kept.contribution.id)
        if kept.once:
            self.came_by[kept.contribution.id] = kept.once
            self.requests[kept.once.key] = (kept.once, kept.contribution.id)

    def _table_of(self, record: Record) -> dict[str, Any]:
        match record:
            case Contribution():
                return self.contributions
            case Decision():
                return self.decisions
            case Account():
                return self._accounts
            case Support():
                return self.supports
