"""The store of tests: everything in memory, gone with the process."""

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import RLock

from comment_service.storage.changing import carry_out, take_over
from comment_service.storage.memory_tables import MemoryTables
from comment_service.storage.parts import parts
from comment_service.storage.protocol import Change, Kept, Once, Record, Stock, StoreInUse
from participation.account import Account
from participation.contribution import Channel, Contribution
from participation.decision import Decision
from participation.log_chain import Logged
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.refusals import UnknownAccount, UnknownContribution, UnknownDecision
from participation.support import Support


class MemoryStore:
    """Keeps everything in dictionaries; see ``Store`` for the promises."""

    def __init__(self) -> None:
        self._tables = MemoryTables()
        self._secret = secrets.token_bytes(32)
        self._lock = RLock()

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it."""
        with self._lock:
            return self._tables.add(contribution, once)

    def add_all(self, new: Sequence[Kept]) -> list[Contribution]:
        """Keep many new contributions, all or nothing, and return them in their order."""
        with self._all_or_nothing() as tables:
            return [tables.add(kept.contribution, kept.once) for kept in new]

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, if it was."""
        return self._tables.taken(once)

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status."""
        return self.kept(contribution_id).contribution

    def kept(self, contribution_id: str) -> Kept:
        """Return one contribution with the request by which it came."""
        tables = self._tables
        if contribution_id not in tables.contributions:
            raise UnknownContribution(contribution_id)
        return tables.kept(tables.contributions[contribution_id])

    def of_receipt(self, receipt_digest: str) -> Contribution | None:
        """Return the contribution of a receipt by the digest of its code."""
        with self._lock:
            contribution_id = self._tables.receipts.get(receipt_digest)
            return None if contribution_id is None else self._tables.contributions[contribution_id]

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""
        with self._lock:
            found = list(self._tables.contributions.values())
        return _by_age(entry for entry in found if entry.ref.document == slug)

    def on_paragraphs(self, refs: Collection[ParagraphRef]) -> list[Contribution]:
        """Return all contributions on these paragraphs, oldest first, ties by id."""
        with self._lock:
            ids = [one for ref in set(refs) for one in self._tables.on_paragraph.get(ref, ())]
            return _by_age(self._tables.contributions[one] for one in ids)

    def change(self, changes: Sequence[Change], entries: Sequence[LogEntry]) -> None:
        """Carry out the changes, one after the other, and append the entries to the log."""
        with self._all_or_nothing() as tables:
            for change in changes:
                carry_out(change, tables)
            tables.append(entries)

    def decision(self, decision_id: str) -> Decision:
        """Return one decision, whatever its status."""
        found = self._tables.decisions.get(decision_id)
        if found is None:
            raise UnknownDecision(decision_id)
        return found

    def decisions(self, slug: str) -> list[Decision]:
        """Return all decisions on a document, by id."""
        with self._lock:
            found = [one for one in self._tables.decisions.values() if one.document == slug]
        return sorted(found, key=lambda decision: decision.id)

    def support(self, support_id: str) -> Support | None:
        """Return one support, taken back or not, if there is one of that id."""
        return self._tables.supports.get(support_id)

    def supports(self, slug: str, contribution_id: str | None = None) -> list[Support]:
        """Return all supports of contributions on a document, or of one of them, by id."""
        with self._lock:
            found = [one for one in self._tables.supports.values() if one.document == slug]
        wanted = (one for one in found if contribution_id in {None, one.contribution})
        return sorted(wanted, key=lambda support: support.id)

    def account(self, account_id: str) -> Account:
        """Return one account."""
        found = self._tables.account(account_id)
        if found is None:
            raise UnknownAccount(account_id)
        return found

    def accounts(self) -> list[Account]:
        """Return all accounts, by name."""
        with self._lock:
            return sorted(self._tables.accounts(), key=lambda account: account.name)

    def log(self, skip: int = 0) -> list[Logged]:
        """Return all log entries but the first ``skip``, as they were appended, chained."""
        with self._lock:
            return list(self._tables.log.values())[skip:]

    def state(self, slug: str) -> str:
        """Return how often something on the document was changed."""
        return str(self._tables.changes[slug])

    def received_since(self, slug: str, moment: datetime) -> int:
        """Return how many contributions on a document came in online since a moment."""
        came = (one for one in self.of_document(slug) if one.channel is Channel.ONLINE)
        return sum(1 for one in came if one.received_at >= moment)

    def secret(self) -> bytes:
        """Return the secret of this process."""
        return self._secret

    def stock(self) -> Iterator[Stock]:
        """Return all that is kept in parts."""
        with self._lock:
            tables = self._tables.copy()
        kept = [tables.kept(tables.contributions[one]) for one in sorted(tables.contributions)]
        decisions = [tables.decisions[one] for one in sorted(tables.decisions)]
        accounts = sorted(tables.accounts(), key=lambda account: account.id)
        supports = [tables.supports[one] for one in sorted(tables.supports)]
        yield from parts(kept, decisions, accounts, tables.log.values(), supports=supports)

    def take_over(self, part: Stock) -> None:
        """Keep what another store kept, as it is."""
        with self._all_or_nothing() as tables:
            for kept in part.contributions:
                tables.take_over(kept)
            records: tuple[Record, ...] = (*part.decisions, *part.accounts, *part.supports)
            for record in records:
                take_over(record, tables)
            tables.append_as_is(part.log)

    def adopt(self, secret: bytes) -> None:
        """Make another store's secret one's own."""
        with self._lock:
            if self._secret != secret and next(self.stock(), None) is not None:
                raise StoreInUse("it keeps contributions under another secret")
            self._secret = secret

    def check(self) -> None:
        """Return: memory is always there."""

    def close(self) -> None:
        """Hold nothing open, so let go of nothing."""

    @contextmanager
    def _all_or_nothing(self) -> Iterator[MemoryTables]:
        with self._lock:
            tables = self._tables.copy()
            yield tables
            self._tables = tables


def _by_age(found: Iterable[Contribution]) -> list[Contribution]:
    return sorted(found, key=lambda entry: (entry.received_at, entry.id))
