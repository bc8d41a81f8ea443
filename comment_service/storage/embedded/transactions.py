"""What writers want, carried out on TinyDB's tables."""

from collections.abc import Iterable, Sequence

from tinydb.table import Document

from comment_service.storage import changing
from comment_service.storage.embedded.rows import (
    Row,
    account_of,
    decision_of,
    kept_of,
    row_of,
    row_of_entry,
    row_of_record,
    support_of,
)
from comment_service.storage.embedded.tables import Rows, Transaction
from comment_service.storage.protocol import Change, DuplicateRecord, Kept, Once, Record, Stock
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_chain import Logged, chained
from participation.log_entry import LogEntry
from participation.refusals import IdempotencyKeyReused
from participation.support import Support


def add(contribution: Contribution, once: Once | None, tables: Transaction) -> Contribution:
    """Put a new contribution, or return the one that came by the same request."""
    first = None if once is None else _taken(once, tables)
    if first is not None:
        return first
    if tables.contributions.has(contribution.id):
        raise DuplicateRecord(contribution.id)
    tables.contributions.put(contribution.id, row_of(Kept(contribution, once)))
    return contribution


def add_all(new: Sequence[Kept], tables: Transaction) -> list[Contribution]:
    """Put new contributions, or return those that came by the same requests."""
    return [add(kept.contribution, kept.once, tables) for kept in new]


def change(changes: Sequence[Change], entries: Sequence[LogEntry], tables: Transaction) -> None:
    """Carry out changes and put the entries into the log."""
    records = _Records(tables)
    for each in changes:
        changing.carry_out(each, records)
    _append(chained(entries, tables.tip), tables)


def take_over(part: Stock, tables: Transaction) -> None:
    """Put what is not here yet."""
    new = [kept for kept in part.contributions if not _is_here(kept, tables)]
    tables.contributions.insert_multiple(map(_document, new))
    others: tuple[Record, ...] = (*part.decisions, *part.accounts, *part.supports)
    for record in others:
        changing.take_over(record, _Records(tables))
    _append(part.log, tables)


class _Records:
    """The tables as records."""

    def __init__(self, tables: Transaction) -> None:
        self._tables = tables

    def found(self, like: Record) -> Record | None:
        """Return the record of the kind and id of another one, if there is one."""
        row = self._table_of(like).row(like.id)
        if row is None:
            return None
        match like:
            case Contribution():
                return kept_of(row).contribution
            case Decision():
                return decision_of(row)
            case Account():
                return account_of(row)
            case Support():
                return support_of(row)

    def accounts(self) -> Iterable[Account]:
        """Return all accounts."""
        return map(account_of, self._tables.accounts)

    def put(self, record: Record) -> None:
        """Put a record where there is none, or another one of that id."""
        self._table_of(record).put(record.id, self._row_of(record))

    def _row_of(self, record: Record) -> Row:
        if not isinstance(record, Contribution):
            return row_of_record(record)
        known = self._tables.contributions.row(record.id)
        return row_of(Kept(record, kept_of(known).once if known else None))

    def _table_of(self, record: Record) -> Rows:
        match record:
            case Contribution():
                return self._tables.contributions
            case Decision():
                return self._tables.decisions
            case Account():
                return self._tables.accounts
            case Support():
                return self._tables.supports


def _append(log: Iterable[Logged], tables: Transaction) -> None:
    new = [logged for logged in log if tables.log.row(logged.entry.id) is None]
    tables.log.insert_multiple(map(_entry, new))


def _taken(once: Once, tables: Transaction) -> Contribution | None:
    row = _row_of_request(once, tables)
    if row is None:
        return None
    kept = kept_of(row)
    if kept.once != once:
        raise IdempotencyKeyReused
    return kept.contribution


def _is_here(kept: Kept, tables: Transaction) -> bool:
    known = tables.contributions.row(kept.contribution.id)
    of_key = _row_of_request(kept.once, tables) if kept.once else None
    if any(row is not None and kept_of(row) != kept for row in (known, of_key)):
        raise DuplicateRecord(kept.contribution.id)
    return known is not None


def _row_of_request(once: Once, tables: Transaction) -> Row | None:
    contribution_id = tables.requests.get(once.key)
    return None if contribution_id is None else tables.contributions.row(contribution_id)


def _document(kept: Kept) -> Document:
    return Document(row_of(kept), doc_id=kept.contribution.id)  # type: ignore[arg-type]  # see Rows


def _entry(logged: Logged) -> Document:
    return Document(row_of_entry(logged), doc_id=logged.entry.id)  # type: ignore[arg-type]  # see Rows
