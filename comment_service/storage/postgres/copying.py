"""What makes a database the copy of another store; each function is one transaction."""

from collections.abc import Sequence

from comment_service.storage.postgres import statements
from comment_service.storage.postgres.changing import add, found
from comment_service.storage.postgres.database import Session
from comment_service.storage.postgres.rows import row_of_logged
from comment_service.storage.postgres.writing import keep, known
from comment_service.storage.protocol import DuplicateRecord, Kept, Record, Stock, StoreInUse
from participation.log_chain import Logged
from participation.refusals import AccountNameTaken


def take_over(part: Stock, session: Session, _: bool) -> None:  # noqa: FBT001  # as Work
    """Keep what is not here yet.

    Raises:
        DuplicateRecord: If something else is here under an id or a key.
    """
    keep(_missing(part.contributions, session), session)
    others: tuple[Record, ...] = (*part.decisions, *part.accounts, *part.supports)
    for record in others:
        _take_over(record, session)
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
    here = known(wanted, session)
    by_id = {kept.contribution.id: kept for kept in here}
    by_key = {kept.once.key: kept for kept in here if kept.once}
    for kept in wanted:
        same_key = by_key.get(kept.once.key) if kept.once else None
        if by_id.get(kept.contribution.id, kept) != kept or same_key not in (None, kept):
            raise DuplicateRecord(kept.contribution.id)
    return [kept for kept in wanted if kept.contribution.id not in by_id]


def _take_over(record: Record, session: Session) -> None:
    here = found(record, session)
    if here not in {None, record}:
        raise DuplicateRecord(record.id)
    if here is None:
        try:
            add(record, session)
        except AccountNameTaken:
            raise DuplicateRecord(record.id) from None


def _append(log: Sequence[Logged], session: Session) -> None:
    session.rows(statements.QUEUE_FOR_LOG)
    ids = {"ids": [logged.entry.id for logged in log]}
    here = {row.id for row in session.rows(statements.KNOWN_ENTRIES, ids)}
    new = [row_of_logged(logged) for logged in log if logged.entry.id not in here]
    session.write(statements.APPEND, new)
