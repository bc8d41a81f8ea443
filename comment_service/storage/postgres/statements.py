"""What is asked of the database while it serves: every statement is a transaction in one trip.

Nothing is left open between two statements: a client that stops in the middle holds no lock, and
a pooler in transaction mode may hand each statement to another connection.
"""

from typing import Any
from zlib import crc32

from sqlalchemy import (
    ARRAY,
    ClauseElement,
    Column,
    ColumnElement,
    Integer,
    Select,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import Insert, psycopg
from sqlalchemy.dialects.postgresql import insert as insert_or

from comment_service.storage.postgres.rows import Plain, row_of, row_of_entry
from comment_service.storage.postgres.tables import CONTRIBUTIONS, LOG, MARKS, SECRETS, SHARDS
from participation.contribution import Contribution
from participation.log_entry import LogEntry

LOG_LOCK = 0x72616E64  # "rand": the advisory lock that makes those who append to the log queue

_LOG_TURN = func.pg_advisory_xact_lock(literal_column(str(LOG_LOCK)))
_COLUMNS = [column.name for column in CONTRIBUTIONS.c]
_FOR_GOOD = ("id", "document", "received_at", "once_key", "once_fingerprint")
_OF_ENTRY = [column.name for column in LOG.c if column.name != "position"]


def step(change_id: str) -> Plain:
    """Return how a change moves the mark of its document: which shard of it, and by how much.

    The step differs from change to change: a server that has lost the last ones (a standby that
    took over, a backup that was restored) must not come back to a mark that was theirs.
    """
    digest = crc32(change_id.encode())
    return {"shard": digest % SHARDS, "step": digest // SHARDS + 1}


def changing(seen: Contribution, changed: Contribution, entry: LogEntry) -> Plain:
    """Return the parameters of CHANGE."""
    return {
        **{f"seen_{name}": value for name, value in row_of(seen).items()},
        **{f"new_{name}": value for name, value in row_of(changed).items()},
        **{f"entry_{name}": value for name, value in row_of_entry(entry).items()},
        **step(entry.id),
    }


def _moved(document: ColumnElement[str]) -> Insert:
    shard, by = bindparam("shard", type_=Integer), bindparam("step", type_=Integer)
    source = select(document, shard, by)
    first = insert_or(MARKS).from_select(["document", "shard", "mark"], source)
    return first.on_conflict_do_update(
        index_elements=[MARKS.c.document, MARKS.c.shard],
        set_={"mark": MARKS.c.mark + first.excluded.mark},
    )


def _adding() -> Select[Any]:
    values: Plain = {name: bindparam(name) for name in _COLUMNS}
    new = insert_or(CONTRIBUTIONS).values(values).on_conflict_do_nothing()
    added = new.returning(CONTRIBUTIONS.c.document).cte("added")
    return select(added.c.document).add_cte(_moved(added.c.document).cte("moved"))


def _as_seen() -> ColumnElement[bool]:
    # The id by "=", which an index answers; the others so that no name equals no name.
    same_id = CONTRIBUTIONS.c.id == bindparam("seen_id")
    others = [name for name in _COLUMNS if name != "id" and not name.startswith("once_")]
    return and_(same_id, *(_is_seen(CONTRIBUTIONS.c[name]) for name in others))


def _is_seen(column: Column[Any]) -> ColumnElement[bool]:
    return column.is_not_distinct_from(bindparam(f"seen_{column.name}", type_=column.type))


def _changing() -> Select[Any]:
    new: Plain = {name: bindparam(f"new_{name}") for name in _COLUMNS if name not in _FOR_GOOD}
    put = update(CONTRIBUTIONS).where(_as_seen()).values(new)
    changed_row = put.returning(CONTRIBUTIONS.c.document).cte("changed_row")
    # Taken after the row, here and everywhere, so that nobody waits in a circle; given back when
    # the entry can be seen, so that positions have the order in which entries appear.
    queued = select(changed_row.c.document, _LOG_TURN.label("turn")).cte("queued")
    entry = [bindparam(f"entry_{name}", type_=LOG.c[name].type) for name in _OF_ENTRY]
    append = insert(LOG).from_select(_OF_ENTRY, select(*entry).select_from(queued))
    moved = _moved(changed_row.c.document)
    return select(changed_row.c.document).add_cte(append.cte("logged"), moved.cte("moved"))


def _read(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(CONTRIBUTIONS).where(*conditions)


def _by_age(*conditions: ColumnElement[bool]) -> Select[Any]:
    columns = CONTRIBUTIONS.c
    return _read(*conditions).order_by(columns.received_at, columns.id)


def _part(table: Table, column: Column[Any]) -> Select[Any]:
    rest = select(table).where(column > bindparam("after"))
    return rest.order_by(column).limit(bindparam("count"))


def _on_paragraphs() -> ColumnElement[bool]:
    lists = [
        bindparam("documents", type_=ARRAY(Text)),
        bindparam("versions", type_=ARRAY(Integer)),
        bindparam("numbers", type_=ARRAY(Integer)),
    ]
    refs = func.unnest(*lists).table_valued("document", "version", "number").render_derived()
    columns = CONTRIBUTIONS.c
    return tuple_(columns.document, columns.version, columns.number).in_(select(refs))


def _among(column: Column[Any], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(Text)))


def _sql(statement: ClauseElement) -> bytes:
    compiled = statement.compile(dialect=psycopg.dialect())  # type: ignore[no-untyped-call]  # theirs
    if any(value is not None for value in compiled.params.values()):
        raise ValueError("values are handed over with each execution")
    return str(compiled).encode()


_IN_USE = or_(select(CONTRIBUTIONS.c.id).exists(), select(LOG.c.id).exists())
_STATE = func.coalesce(func.sum(MARKS.c.mark), literal_column("0"))

ADD = _sql(_adding())  # one row if it was added, none if id or key are taken
CHANGE = _sql(_changing())  # one row if it was changed, none if it is not as seen
TAKEN = _sql(_read(CONTRIBUTIONS.c.once_key == bindparam("key")))
GET = _sql(_read(CONTRIBUTIONS.c.id == bindparam("contribution_id")))
OF_DOCUMENT = _sql(_by_age(CONTRIBUTIONS.c.document == bindparam("slug")))
ON_PARAGRAPHS = _sql(_by_age(_on_paragraphs()))
STATE = _sql(select(_STATE.label("mark")).where(MARKS.c.document == bindparam("slug")))
ENTRY = _sql(select(LOG).where(LOG.c.id == bindparam("entry_id")))
STOCK_PART = _sql(_part(CONTRIBUTIONS, CONTRIBUTIONS.c.id))
LOG_PART = _sql(_part(LOG, LOG.c.position))
IN_USE = _sql(select(_IN_USE.label("in_use")))
SECRET = _sql(select(SECRETS.c.content, select(_IN_USE).scalar_subquery().label("in_use")))
FORGET_SECRET = _sql(delete(SECRETS))
OFFER_SECRET = _sql(
    insert_or(SECRETS).values(content=bindparam("content")).on_conflict_do_nothing()
)

LOCK_ALL = b"LOCK TABLE contributions, log IN SHARE ROW EXCLUSIVE MODE"
QUEUE_FOR_LOG = _sql(select(_LOG_TURN))
KNOWN = _sql(
    _read(or_(_among(CONTRIBUTIONS.c.id, "ids"), _among(CONTRIBUTIONS.c.once_key, "keys")))
)
KNOWN_ENTRIES = _sql(select(LOG.c.id).where(_among(LOG.c.id, "ids")))
INSERT = _sql(insert(CONTRIBUTIONS))
APPEND = _sql(insert(LOG).values({name: bindparam(name) for name in _OF_ENTRY}))
MOVE = _sql(_moved(bindparam("slug", type_=MARKS.c.document.type)))
