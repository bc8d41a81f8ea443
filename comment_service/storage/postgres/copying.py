"""What makes a database the copy of another store; each function is one transaction."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, or_, select, text

from comment_service.storage.postgres import statements
from comment_service.storage.postgres.rows import kept_of, row_of, row_of_entry
from comment_service.storage.postgres.tables import CONTRIBUTIONS, LOG, SECRETS
from comment_service.storage.protocol import DuplicateContribution, Kept, Stock, StoreInUse
from participation.log_entry import LogEntry


def take_over(part: Stock, connection: Connection, _: bool) -> None:  # noqa: FBT001  # as Work
    """Keep what is not here yet.

    Raises:
        DuplicateContribution: If something else is here under an id or a key.
    """
    new = _missing(part.contributions, connection)
    if new:
        rows = [row_of(kept.contribution, kept.once) for kept in new]
        connection.execute(insert(CONTRIBUTIONS), rows)
        connection.execute(statements.MOVE, _moves(new))
    if part.log:
        _append(part.log, connection)


def adopt(secret: bytes, connection: Connection, _: bool) -> None:  # noqa: FBT001  # as Work
    """Put a secret in the place of the one under which nothing is kept yet.

    Raises:
        StoreInUse: If something is.
    """
    # Who adds or changes waits until this is done, or is seen here.
    connection.execute(text("LOCK TABLE contributions, log IN SHARE ROW EXCLUSIVE MODE"))
    if connection.scalar(select(SECRETS.c.content)) == secret:
        return
    if connection.scalar(select(statements.IN_USE)):
        raise StoreInUse("the database keeps contributions under another secret")
    connection.execute(delete(SECRETS))
    connection.execute(statements.OFFER_SECRET, {"content": secret})


def _missing(wanted: Sequence[Kept], connection: Connection) -> list[Kept]:
    ids = [kept.contribution.id for kept in wanted]
    keys = [kept.once.key for kept in wanted if kept.once]
    columns = CONTRIBUTIONS.c
    known = select(CONTRIBUTIONS).where(or_(columns.id.in_(ids), columns.once_key.in_(keys)))
    here = [kept_of(row) for row in connection.execute(known)]
    by_id = {kept.contribution.id: kept for kept in here}
    by_key = {kept.once.key: kept for kept in here if kept.once}
    for kept in wanted:
        same_key = by_key.get(kept.once.key) if kept.once else None
        if by_id.get(kept.contribution.id, kept) != kept or same_key not in (None, kept):
            raise DuplicateContribution(kept.contribution.id)
    return [kept for kept in wanted if kept.contribution.id not in by_id]


def _moves(new: Iterable[Kept]) -> list[dict[str, object]]:
    last = {kept.contribution.ref.document: kept.contribution.id for kept in new}
    # In order, so that two copies at once do not wait for each other in a circle.
    return [{"slug": slug, **statements.step(last[slug])} for slug in sorted(last)]


def _append(entries: Sequence[LogEntry], connection: Connection) -> None:
    connection.execute(select(statements.LOG_TURN))
    ids = [entry.id for entry in entries]
    here = set(connection.scalars(select(LOG.c.id).where(LOG.c.id.in_(ids))))
    new = [row_of_entry(entry) for entry in entries if entry.id not in here]
    if new:
        connection.execute(insert(LOG), new)
