"""What writes to the database, in a form that can be tried again when an answer was lost."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from comment_service.storage.postgres import statements
from comment_service.storage.postgres.changing import is_logged
from comment_service.storage.postgres.database import Session
from comment_service.storage.postgres.rows import (
    kept_of,
    row_of,
)
from comment_service.storage.protocol import DuplicateRecord, Kept, Once
from participation.contribution import Channel, Contribution, ContributionKind, ContributionStatus
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.refusals import ChangedMeanwhile, IdempotencyKeyReused, UnknownContribution

SECRET_LENGTH = 32  # bytes
NOWHERE = ParagraphRef("-", 1, 1)  # no document has that slug: a rehearsal stands in nobody's way


def add(
    contribution: Contribution,
    once: Once | None,
    session: Session,
    repeated: bool,  # noqa: FBT001  # Work hands it over
) -> Contribution:
    """Add a contribution, or return the one that its request brought before."""
    parameters = row_of(contribution, once) | statements.step(contribution.id)
    if session.rows(statements.ADD, parameters):
        return contribution
    first = _taken(once, session) if once else None
    if first is not None:
        return first
    here = _found(contribution.id, session)
    if repeated and here is not None and _same_receipt(here.contribution, contribution):
        return here.contribution
    raise DuplicateRecord(contribution.id)


def add_all(
    new: Sequence[Kept],
    session: Session,
    repeated: bool,  # noqa: FBT001  # Work hands it over
) -> list[Contribution]:
    """Add contributions, or return those that their requests brought before."""
    here = known(new, session)
    if repeated and _are_here(new, here):
        return [kept.contribution for kept in new]
    first = {kept.once.key: kept for kept in here if kept.once}
    taken = {kept.contribution.id for kept in here}
    added: list[Kept] = []
    answers = []
    for kept in new:
        same = first.get(kept.once.key) if kept.once else None
        if same is not None and kept.once is not None:
            answers.append(same_request(same, kept.once))
            continue
        if kept.contribution.id in taken:
            raise DuplicateRecord(kept.contribution.id)
        taken.add(kept.contribution.id)
        first |= {kept.once.key: kept} if kept.once else {}
        added.append(kept)
        answers.append(kept.contribution)
    keep(added, session)
    return answers


def known(wanted: Sequence[Kept], session: Session) -> list[Kept]:
    """Return what is kept under the ids and keys of contributions."""
    ids = [kept.contribution.id for kept in wanted]
    keys = [kept.once.key for kept in wanted if kept.once]
    return [kept_of(row) for row in session.rows(statements.KNOWN, {"ids": ids, "keys": keys})]


def keep(new: Sequence[Kept], session: Session) -> None:
    """Add contributions whose ids and keys are free."""
    session.write(statements.INSERT, [row_of(kept.contribution, kept.once) for kept in new])
    last = {kept.contribution.ref.document: kept.contribution.id for kept in new}
    # In order, so that two at once do not wait for each other in a circle.
    moves = [{"slug": slug, **statements.step(last[slug])} for slug in sorted(last)]
    session.write(statements.MOVE, moves)


def change(
    seen: Contribution,
    changed: Contribution,
    entry: LogEntry,
    session: Session,
    repeated: bool,  # noqa: FBT001  # Work hands it over
) -> None:
    """Put ``changed`` in the place of ``seen``, and append the entry, in one statement."""
    if repeated and is_logged(entry, session):
        return
    parameters = {
        **statements.replacing(row_of(seen), row_of(changed)),
        **statements.appending(entry),
        **statements.step(entry.id),
    }
    if session.rows(statements.CHANGE, parameters):
        return
    if _found(seen.id, session) is None:
        raise UnknownContribution(seen.id)
    raise ChangedMeanwhile(seen.id)


def secret(session: Session, _: bool) -> tuple[bytes, bool]:  # noqa: FBT001  # as Work
    """Return the secret, made if there is none, and whether anything is kept under it."""
    rows = session.rows(statements.SECRET)
    if not rows:
        offered = {"content": secrets.token_bytes(SECRET_LENGTH)}
        session.rows(statements.OFFER_SECRET, offered)
        rows = session.rows(statements.SECRET)
    return rows[0].content, rows[0].in_use


def rehearse(session: Session, _: bool) -> None:  # noqa: FBT001  # as Work
    """Add a contribution that is not one, and take it back."""
    made_up = Contribution(
        id=secrets.token_hex(16),
        ref=NOWHERE,
        kind=ContributionKind.COMMENT,
        text="-",
        name=None,
        channel=Channel.ONLINE,
        received_at=datetime(2000, 1, 1, tzinfo=UTC),
        status=ContributionStatus.PENDING,
        receipt_digest="-",
    )
    with session.connection.transaction(force_rollback=True):
        session.rows(statements.ADD, row_of(made_up) | statements.step(made_up.id))


def same_request(kept: Kept, once: Once) -> Contribution:
    """Return what was kept under a key if it came by the very same request.

    Raises:
        IdempotencyKeyReused: If it came by another one.
    """
    if kept.once != once:
        raise IdempotencyKeyReused
    return kept.contribution


def _taken(once: Once, session: Session) -> Contribution | None:
    rows = session.rows(statements.TAKEN, {"key": once.key})
    return same_request(kept_of(rows[0]), once) if rows else None


def _found(contribution_id: str, session: Session) -> Kept | None:
    rows = session.rows(statements.GET, {"record_id": contribution_id})
    return kept_of(rows[0]) if rows else None


def _are_here(new: Sequence[Kept], here: Sequence[Kept]) -> bool:
    by_id = {kept.contribution.id: kept for kept in here}
    return all(
        kept.contribution.id in by_id
        and _same_receipt(by_id[kept.contribution.id].contribution, kept.contribution)
        for kept in new
    )


def _same_receipt(one: Contribution, other: Contribution) -> bool:
    return (one.ref, one.received_at, one.receipt_digest) == (
        other.ref,
        other.received_at,
        other.receipt_digest,
    )
