"""What writers want, carried out on TinyDB's tables."""

from tinydb.table import Document

from comment_service.storage.embedded.rows import Row, kept_of, row_of, row_of_entry
from comment_service.storage.embedded.tables import Transaction
from comment_service.storage.protocol import DuplicateContribution, Kept, Once, Stock
from participation.contribution import Contribution
from participation.log_entry import LogEntry
from participation.refusals import ChangedMeanwhile, IdempotencyKeyReused, UnknownContribution


def add(contribution: Contribution, once: Once | None, tables: Transaction) -> Contribution:
    """Put a new contribution, or return the one that came by the same request."""
    first = None if once is None else _taken(once, tables)
    if first is not None:
        return first
    if tables.contributions.contains(doc_id=contribution.id):  # type: ignore[arg-type]  # see Rows
        raise DuplicateContribution(contribution.id)
    tables.contributions.insert(_document(Kept(contribution, once)))
    return contribution


def change(seen: Contribution, changed: Contribution, entry: LogEntry, tables: Transaction) -> None:
    """Put ``changed`` in the place of ``seen``, and the entry into the log."""
    row = tables.contributions.row(seen.id)
    if row is None:
        raise UnknownContribution(seen.id)
    kept = kept_of(row)
    if kept.contribution != seen:
        raise ChangedMeanwhile(seen.id)
    tables.contributions.upsert(_document(Kept(changed, kept.once)))
    tables.log.insert(_entry(entry))


def take_over(part: Stock, tables: Transaction) -> None:
    """Put what is not here yet."""
    new = [kept for kept in part.contributions if not _is_here(kept, tables)]
    tables.contributions.insert_multiple(map(_document, new))
    entries = [entry for entry in part.log if tables.log.row(entry.id) is None]
    tables.log.insert_multiple(map(_entry, entries))


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
        raise DuplicateContribution(kept.contribution.id)
    return known is not None


def _row_of_request(once: Once, tables: Transaction) -> Row | None:
    contribution_id = tables.requests.get(once.key)
    return None if contribution_id is None else tables.contributions.row(contribution_id)


def _document(kept: Kept) -> Document:
    return Document(row_of(kept), doc_id=kept.contribution.id)  # type: ignore[arg-type]  # see Rows


def _entry(entry: LogEntry) -> Document:
    return Document(row_of_entry(entry), doc_id=entry.id)  # type: ignore[arg-type]  # see Rows
