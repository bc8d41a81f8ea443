"""What is asked of the database while it serves: every statement is a transaction in one trip.

Nothing is left open between two statements: a client that stops in the middle holds no lock, and
a pooler in transaction mode may hand each statement to another connection.
"""

from typing import Any
from zlib import crc32

from sqlalchemy import (
    ARRAY,
    CTE,
    ClauseElement,
    Column,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    Update,
    and_,
    any_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import Insert, psycopg
from sqlalchemy.dialects.postgresql import insert as insert_or

from comment_service.storage.postgres.rows import Plain, row_of_entry
from comment_service.storage.postgres.tables import (
    ACCOUNTS,
    CONTRIBUTIONS,
    DECISIONS,
    LOG,
    MARKS,
    SECRETS,
    SHARDS,
    SUPPORTS,
    TIP,
)
from participation.contribution import Channel
from participation.log_chain import content_digest
from participation.log_entry import LogEntry

_FOR_GOOD = ("id", "document", "received_at", "once_key", "once_fingerprint")
_OF_ENTRY = [column.name for column in LOG.c if column.name not in {"position", "digest"}]


def step(change_id: str) -> Plain:
    """Return how a change moves the mark of its document: which shard of it, and by how much.

    The step differs from change to change: a server that has lost the last ones (a standby that
    took over, a backup that was restored) must not come back to a mark that was theirs.
    """
    digest = crc32(change_id.encode())
    return {"shard": digest % SHARDS, "step": digest // SHARDS + 1}


def replacing(seen: Plain, changed: Plain) -> Plain:
    """Return the parameters of a statement that puts a row in the place of another."""
    return {
        **{f"seen_{name}": value for name, value in seen.items()},
        **{f"new_{name}": value for name, value in changed.items()},
    }


def appending(entry: LogEntry) -> Plain:
    """Return the parameters of a statement that appends an entry to the chain."""
    columns = {f"entry_{name}": value for name, value in row_of_entry(entry).items()}
    return columns | {"content_digest": content_digest(entry)}


def _moved(document: ColumnElement[str]) -> Insert:
    shard, by = bindparam("shard", type_=Integer), bindparam("step", type_=Integer)
    source = select(document, shard, by)
    first = insert_or(MARKS).from_select(["document", "shard", "mark"], source)
    return first.on_conflict_do_update(
        index_elements=[MARKS.c.document, MARKS.c.shard],
        set_={"mark": MARKS.c.mark + first.excluded.mark},
    )


def _insert(table: Table) -> Insert:
    values: Plain = {column.name: bindparam(column.name, type_=column.type) for column in table.c}
    return insert_or(table).values(values)


def _adding(table: Table) -> Select[Any]:
    new = _insert(table).on_conflict_do_nothing()
    added = new.returning(table.c.document).cte("added")
    return select(added.c.document).add_cte(_moved(added.c.document).cte("moved"))


def _as_seen(table: Table) -> ColumnElement[bool]:
    # The id by "=", which an index answers; the others so that no name equals no name.
    others = [one for one in table.c if one.name != "id" and not one.name.startswith("once_")]
    return and_(table.c.id == bindparam("seen_id"), *map(_is_seen, others))


def _is_seen(column: Column[Any]) -> ColumnElement[bool]:
    return column.is_not_distinct_from(bindparam(f"seen_{column.name}", type_=column.type))


def _put(table: Table, answer: Column[Any]) -> CTE:
    new: Plain = {
        column.name: bindparam(f"new_{column.name}", type_=column.type)
        for column in table.c
        if column.name not in _FOR_GOOD
    }
    put = update(table).where(_as_seen(table)).values(new)
    return put.returning(answer).cte("changed_row")


def _replacing(table: Table) -> Select[Any]:
    changed_row = _put(table, table.c.document)
    return select(changed_row.c.document).add_cte(_moved(changed_row.c.document).cte("moved"))


def _logged(source: FromClause, *conditions: ColumnElement[bool]) -> Insert:
    # Whoever waits for the tip goes on from what the other has left there, whatever was there when
    # the statement began; it is given back when the entry can be seen, so that positions have the
    # order in which entries appear.
    both = func.convert_to(TIP.c.digest + bindparam("content_digest", type_=Text), _word("UTF8"))
    digest = func.encode(func.sha256(both), _word("hex"))
    return _appended(source, update(TIP).values(digest=digest).where(*conditions), "entry_")


def _logged_as_is() -> Insert:
    return _appended(_one_row(), update(TIP).values(digest=bindparam("digest", type_=Text)))


def _appended(source: FromClause, moved: Update, prefix: str = "") -> Insert:
    tip = moved.returning(TIP.c.digest).cte("tip")
    entry = [bindparam(f"{prefix}{name}", type_=LOG.c[name].type) for name in _OF_ENTRY]
    # An outer join: without a tip there is an entry without a digest, which the table refuses.
    rows = select(*entry, tip.c.digest).select_from(source.outerjoin(tip, true()))
    return insert_or(LOG).from_select([*_OF_ENTRY, "digest"], rows)


def _one_row() -> FromClause:
    return select(literal_column("1")).subquery("one_row")


def _word(word: str) -> ColumnElement[str]:
    return literal_column(f"'{word}'")


def _changing() -> Select[Any]:
    changed_row = _put(CONTRIBUTIONS, CONTRIBUTIONS.c.document)
    # The tip after the row, here and everywhere, so that nobody waits in a circle.
    logged = _logged(changed_row, changed_row.c.document.is_not(None)).cte("logged")
    moved = _moved(changed_row.c.document).cte("moved")
    return select(changed_row.c.document).add_cte(logged, moved)


def _read(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(CONTRIBUTIONS).where(*conditions)


def _by_age(*conditions: ColumnElement[bool]) -> Select[Any]:
    columns = CONTRIBUTIONS.c
    return _read(*conditions).order_by(columns.received_at, columns.id)


def _supports(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(SUPPORTS).where(*conditions).order_by(SUPPORTS.c.id)


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


def _received_since() -> Select[Any]:
    columns = CONTRIBUTIONS.c
    return select(func.count().label("count")).where(
        columns.document == bindparam("slug"),
        columns.received_at >= bindparam("moment", type_=columns.received_at.type),
        columns.channel == literal_column(f"'{Channel.ONLINE}'"),
    )


def _among(column: Column[Any], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(Text)))


def _sql(statement: ClauseElement) -> bytes:
    compiled = statement.compile(dialect=psycopg.dialect())  # type: ignore[no-untyped-call]  # theirs
    if any(value is not None for value in compiled.params.values()):
        raise ValueError("values are handed over with each execution")
    return str(compiled).encode()


_FILLED = (CONTRIBUTIONS, DECISIONS, ACCOUNTS, SUPPORTS, LOG)
_IN_USE = or_(*(select(table.c.id).exists() for table in _FILLED))
_ONE: ColumnElement[int] = literal_column("1")
_STATE = func.coalesce(func.sum(MARKS.c.mark), literal_column("0"))
_NAME, _SUBJECT = bindparam("name", type_=Text), bindparam("subject", type_=Text)

ADD = _sql(_adding(CONTRIBUTIONS))  # one row if it was added, none if id or key are taken
CHANGE = _sql(_changing())  # one row if it was changed, none if it is not as seen
TAKEN = _sql(_read(CONTRIBUTIONS.c.once_key == bindparam("key")))
GET = _sql(_read(CONTRIBUTIONS.c.id == bindparam("record_id")))
GET_DECISION = _sql(select(DECISIONS).where(DECISIONS.c.id == bindparam("record_id")))
GET_ACCOUNT = _sql(select(ACCOUNTS).where(ACCOUNTS.c.id == bindparam("record_id")))
GET_SUPPORT = _sql(select(SUPPORTS).where(SUPPORTS.c.id == bindparam("record_id")))
OF_RECEIPT = _sql(
    _by_age(CONTRIBUTIONS.c.receipt_digest == bindparam("receipt_digest")).limit(_ONE)
)
OF_DOCUMENT = _sql(_by_age(CONTRIBUTIONS.c.document == bindparam("slug")))
ON_PARAGRAPHS = _sql(_by_age(_on_paragraphs()))
DECISIONS_ON = _sql(
    select(DECISIONS).where(DECISIONS.c.document == bindparam("slug")).order_by(DECISIONS.c.id)
)
SUPPORTS_ON = _sql(_supports(SUPPORTS.c.document == bindparam("slug")))
SUPPORTS_OF = _sql(
    _supports(
        SUPPORTS.c.document == bindparam("slug"),
        SUPPORTS.c.contribution == bindparam("contribution"),
    )
)
ALL_ACCOUNTS = _sql(select(ACCOUNTS).order_by(ACCOUNTS.c.name))
STATE = _sql(select(_STATE.label("mark")).where(MARKS.c.document == bindparam("slug")))
RECEIVED_SINCE = _sql(_received_since())
ENTRY = _sql(select(LOG).where(LOG.c.id == bindparam("entry_id")))
STOCK_PART = _sql(_part(CONTRIBUTIONS, CONTRIBUTIONS.c.id))
DECISIONS_PART = _sql(_part(DECISIONS, DECISIONS.c.id))
ACCOUNTS_PART = _sql(_part(ACCOUNTS, ACCOUNTS.c.id))
SUPPORTS_PART = _sql(_part(SUPPORTS, SUPPORTS.c.id))
LOG_BEHIND = _sql(select(LOG).order_by(LOG.c.position).offset(bindparam("skip", type_=Integer)))
LOG_PART = _sql(_part(LOG, LOG.c.position))
IN_USE = _sql(select(_IN_USE.label("in_use")))
SECRET = _sql(select(SECRETS.c.content, select(_IN_USE).scalar_subquery().label("in_use")))
FORGET_SECRET = _sql(delete(SECRETS))
OFFER_SECRET = _sql(
    insert_or(SECRETS).values(content=bindparam("content")).on_conflict_do_nothing()
)

# Parts of transactions that have more than one statement.
PUT = _sql(_replacing(CONTRIBUTIONS))  # as CHANGE, but nothing is logged
ADD_DECISION = _sql(_adding(DECISIONS))
PUT_DECISION = _sql(_replacing(DECISIONS))
ADD_SUPPORT = _sql(_adding(SUPPORTS))
PUT_SUPPORT = _sql(_replacing(SUPPORTS))
ADD_ACCOUNT = _sql(_insert(ACCOUNTS))
PUT_ACCOUNT = _sql(select(_put(ACCOUNTS, ACCOUNTS.c.id)))
SAME_NAME = _sql(
    select(ACCOUNTS.c.id).where(
        ACCOUNTS.c.id != bindparam("id"),
        or_(ACCOUNTS.c.name == _NAME, ACCOUNTS.c.subject == _SUBJECT),
    )
)
LOG_ENTRY = _sql(_logged(_one_row()))
LOCK_ALL = (
    b"LOCK TABLE contributions, decisions, accounts, supports, log IN SHARE ROW EXCLUSIVE MODE"
)
QUEUE_FOR_LOG = _sql(select(TIP.c.digest).with_for_update())
KNOWN = _sql(
    _read(or_(_among(CONTRIBUTIONS.c.id, "ids"), _among(CONTRIBUTIONS.c.once_key, "keys")))
)
KNOWN_ENTRIES = _sql(select(LOG.c.id).where(_among(LOG.c.id, "ids")))
INSERT = _sql(insert(CONTRIBUTIONS))
APPEND = _sql(_logged_as_is())
MOVE = _sql(_moved(bindparam("slug", type_=MARKS.c.document.type)))
