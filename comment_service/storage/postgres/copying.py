"""What makes a database the copy of another store; each function is one transaction."""

from collections.abc import Iterable, Sequence

from comment_service.storage.postgres import statements
from comment_service.storage.postgres.database import Session
from comment_service.storage.postgres.rows import Plain, kept_of, row_of, row_of_entry
from comment_service.storage.protocol import DuplicateContribution, Kept, Stock, StoreInUse
from participation.log_entry import LogEntry


def take_over(part: Stock, session: Session, _: bool) -> None:  # noqa: FBT001  # as Work
    """Keep what is not here yet.

    Raises:
        DuplicateContribution: If something else is here under an id or a key.
    """
    new = _missing(part.contributions, session)
    session.write(statements.INSERT, [row_of(kept.contribution, kept.once) for kept in new])
    session.write(statements.MOVE, _moves(new))
    if part.log:
        _append(part.log, session)


def adopt(secret: bytes, session: Session, _: bool) -> None:  # noqa: FBT001  # as Work
    """Put a secret in the place of the one under which nothing is kept yet.

    Raises:
        StoreInUse: If something is.
    """
    # Who adds or changes waits until this is done, or is seen here.
    session.rows(statements.LOCK_ALL)
    if any(row.content == secret for row in session.rows(statements.SECRET)):
        return
    if session.rows(statements.IN_USE)[0].in_use:
        raise StoreInUse("the database keeps contributions under another secret")
    session.rows(statements.FORGET_SECRET)
    session.rows(statements.OFFER_SECRET, {"content": secret})


def _missing(wanted: Sequence[Kept], session: Session) -> list[Kept]:
    ids = [kept.contribution.id for kept in wanted]
    keys = [kept.once.key for kept in wanted if kept.once]
    here = [kept_of(row) for row in session.rows(statements.KNOWN, {"ids": ids, "keys": keys})]
    by_id = {kept.contribution.id: kept for kept in here}
    by_key = {kept.once.key: kept for kept in here if kept.once}
    for kept in wanted:
        same_key = by_key.get(kept.once.key) if kept.once else None
        if by_id.get(kept.contribution.id, kept) != kept or same_key not in (None, kept):
            raise DuplicateContribution(kept.contribution.id)
    return [kept for kept in wanted if kept.contribution.id not in by_id]


def _moves(new: Iterable[Kept]) -> list[Plain]:
    last = {kept.contribution.ref.document: kept.contribution.id for kept in new}
    # In order, so that two copies at once do not wait for each other in a circle.
    return [{"slug": slug, **statements.step(last[slug])} for slug in sorted(last)]


def _append(entries: Sequence[LogEntry], session: Session) -> None:
    session.rows(statements.QUEUE_FOR_LOG)
    ids = {"ids": [entry.id for entry in entries]}
    here = {row.id for row in session.rows(statements.KNOWN_ENTRIES, ids)}
    new = [row_of_entry(entry) for entry in entries if entry.id not in here]
    session.write(statements.APPEND, new)
