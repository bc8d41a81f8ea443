"""From domain values to rows of the tables, and back."""

from dataclasses import asdict
from datetime import UTC
from typing import Any

from comment_service.storage.protocol import Kept, Once
from participation.contribution import Channel, Contribution, ContributionKind, ContributionStatus
from participation.log_entry import Changed, LogEntry, Role
from participation.paragraph import ParagraphRef

Plain = dict[str, Any]
Row = Any  # a named tuple of the columns that a statement asks for


def row_of(contribution: Contribution, once: Once | None = None) -> Plain:
    """Return the columns of a contribution and of the request by which it came."""
    return {
        "id": contribution.id,
        "document": contribution.ref.document,
        "version": contribution.ref.version,
        "number": contribution.ref.number,
        "kind": contribution.kind.value,
        "text": contribution.text,
        "name": contribution.name,
        "channel": contribution.channel.value,
        "received_at": contribution.received_at,
        "status": contribution.status.value,
        "receipt_digest": contribution.receipt_digest,
        "once_key": once and once.key,
        "once_fingerprint": once and once.fingerprint,
    }


def contribution_of(row: Row) -> Contribution:
    """Return the contribution of a row; its moment is in UTC."""
    return Contribution(
        id=row.id,
        ref=ParagraphRef(row.document, row.version, row.number),
        kind=ContributionKind(row.kind),
        text=row.text,
        name=row.name,
        channel=Channel(row.channel),
        received_at=row.received_at.astimezone(UTC),
        status=ContributionStatus(row.status),
        receipt_digest=row.receipt_digest,
    )


def kept_of(row: Row) -> Kept:
    """Return a contribution with the request by which it came."""
    once = None if row.once_key is None else Once(row.once_key, row.once_fingerprint)
    return Kept(contribution_of(row), once)


def row_of_entry(entry: LogEntry) -> Plain:
    """Return the columns of a log entry, but for the position that the database gives it."""
    return {**asdict(entry), "role": entry.role.value, "changed": entry.changed.value}


def entry_of(row: Row) -> LogEntry:
    """Return the log entry of a row; its moment is in UTC."""
    return LogEntry(
        id=row.id,
        at=row.at.astimezone(UTC),
        role=Role(row.role),
        contribution_id=row.contribution_id,
        changed=Changed(row.changed),
        old=row.old,
        new=row.new,
        reason=row.reason,
    )
