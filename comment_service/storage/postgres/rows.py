"""From domain values to rows of the tables, and back."""

from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from comment_service.storage.protocol import Kept, Once
from participation.account import Account, Session
from participation.caution import Doubt
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    EarlierText,
    Hiding,
    Transcribed,
)
from participation.decision import Answer, Decision, DecisionStatus, Revision
from participation.log_chain import Logged
from participation.log_entry import Changed, LogEntry, Role
from participation.paragraph import ParagraphRef
from participation.support import Support

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
        "transcribed": _json(contribution.transcribed),
        "hidden": _json(contribution.hidden),
        "is_blacked_out": contribution.is_blacked_out,
        "erased_at": contribution.erased_at,
        "proposed_wording": contribution.proposed_wording,
        "in_reply_to": contribution.in_reply_to,
        "edited_at": contribution.edited_at,
        "earlier_texts": _json(
            [replace(one, until=one.until.astimezone(UTC)) for one in contribution.earlier_texts]
        ),
        "author_mark": contribution.author_mark,
        "waiting_because": _json(contribution.waiting_because),
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
        transcribed=row.transcribed and msgspec.convert(row.transcribed, Transcribed),
        hidden=row.hidden and msgspec.convert(row.hidden, Hiding),
        is_blacked_out=row.is_blacked_out,
        erased_at=_in_utc(row.erased_at),
        proposed_wording=row.proposed_wording,
        in_reply_to=row.in_reply_to,
        edited_at=_in_utc(row.edited_at),
        earlier_texts=msgspec.convert(row.earlier_texts, tuple[EarlierText, ...]),
        author_mark=row.author_mark,
        waiting_because=tuple(map(Doubt, row.waiting_because)),
    )


def kept_of(row: Row) -> Kept:
    """Return a contribution with the request by which it came."""
    once = None if row.once_key is None else Once(row.once_key, row.once_fingerprint)
    return Kept(contribution_of(row), once)


def row_of_decision(decision: Decision) -> Plain:
    """Return the columns of a decision."""
    return {
        "id": decision.id,
        "document": decision.document,
        "version": decision.version,
        "contributions": list(decision.contributions),
        "answer": _json(decision.answer),
        "status": decision.status.value,
        "role": decision.role.value,
        "at": decision.at,
        "published_at": decision.published_at,
        "revisions": _json([replace(one, at=one.at.astimezone(UTC)) for one in decision.revisions]),
    }


def decision_of(row: Row) -> Decision:
    """Return the decision of a row; its moments are in UTC."""
    return Decision(
        id=row.id,
        document=row.document,
        version=row.version,
        contributions=tuple(row.contributions),
        answer=msgspec.convert(row.answer, Answer),
        status=DecisionStatus(row.status),
        role=Role(row.role),
        at=row.at.astimezone(UTC),
        published_at=_in_utc(row.published_at),
        revisions=msgspec.convert(row.revisions, tuple[Revision, ...]),
    )


def row_of_account(account: Account) -> Plain:
    """Return the columns of an account."""
    plain = {field.name: getattr(account, field.name) for field in fields(account)}
    sessions = [
        replace(one, began_at=one.began_at.astimezone(UTC), ends_at=one.ends_at.astimezone(UTC))
        for one in account.sessions
    ]
    return {**plain, "role": account.role.value, "sessions": _json(sessions)}


def account_of(row: Row) -> Account:
    """Return the account of a row; its moments are in UTC."""
    plain = row._asdict()
    return Account(
        **plain
        | {
            "role": Role(row.role),
            "next_try_at": _in_utc(row.next_try_at),
            "sessions": msgspec.convert(row.sessions, tuple[Session, ...]),
        }
    )


def row_of_support(support: Support) -> Plain:
    """Return the columns of a support."""
    return asdict(support)


def support_of(row: Row) -> Support:
    """Return the support of a row; its moment is in UTC."""
    return Support(
        id=row.id,
        document=row.document,
        contribution=row.contribution,
        at=row.at.astimezone(UTC),
        is_withdrawn=row.is_withdrawn,
    )


def row_of_entry(entry: LogEntry) -> Plain:
    """Return the columns of a log entry, but for its position and digest."""
    return {**asdict(entry), "role": entry.role.value, "changed": entry.changed.value}


def row_of_logged(logged: Logged) -> Plain:
    """Return the columns of a log entry with its digest, but for its position."""
    return {**row_of_entry(logged.entry), "digest": logged.digest}


def entry_of(row: Row) -> Logged:
    """Return the log entry of a row; its moment is in UTC."""
    entry = LogEntry(
        id=row.id,
        at=row.at.astimezone(UTC),
        role=Role(row.role),
        subject=row.subject,
        changed=Changed(row.changed),
        old=row.old,
        new=row.new,
        reason=row.reason,
    )
    return Logged(entry, row.digest)


def _json(value: object) -> str | None:
    # Moments in it are in UTC: what was seen is compared by the database, and one value has to be
    # one JSON.
    return None if value is None else msgspec.json.encode(value).decode()


def _in_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
