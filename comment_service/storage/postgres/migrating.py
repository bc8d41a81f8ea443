"""From whatever tables a database has to those of this release."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, NullPool, create_engine, exc, text

from comment_service.storage.postgres.connecting import connect, connection_parts, place_of
from comment_service.storage.postgres.faults import reason, refuse_other
from comment_service.storage.postgres.tables import REVISION
from participation.faults import StoreUnavailable

MIGRATIONS = Path(__file__).parents[1] / "migrations"
QUEUE = 0x6D696772  # "migr": the advisory lock that makes those who migrate queue
# The service waits for nothing longer than this. They belong to the role, not to a session: behind
# a pooler in transaction mode nobody has a session of their own.
LIMITS = {
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
}


def migrate(url: str) -> bool:
    """Bring the tables up to date, all or nothing; return whether anything was to do.

    Raises:
        BrokenSetting: If the address is none.
        StoreUnavailable: If the database cannot be reached, or is of a newer release.
    """
    parts = connection_parts(url)
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect(parts),
        isolation_level="READ COMMITTED",
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with engine.begin() as connection:
            return _migrate(connection)
    except exc.DBAPIError as error:
        said = reason(error.orig) if isinstance(error.orig, psycopg.Error) else str(error.orig)
    except StoreUnavailable as fault:
        said = str(fault)
    raise StoreUnavailable(f"PostgreSQL, {place_of(parts)}: {said}")


def _migrate(connection: Connection) -> bool:
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:queue)"), {"queue": QUEUE})
    _refuse_other_encodings(connection)
    before = MigrationContext.configure(connection).get_current_revision()
    if before is not None and before > REVISION:
        refuse_other(before)
    command.upgrade(_config(connection), "head")
    _limit_waiting(connection)
    return before != REVISION


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _limit_waiting(connection: Connection) -> None:
    unset = text("SELECT reset_val = '0' FROM pg_settings WHERE name = :name")
    limiting = text(
        "SELECT format('ALTER ROLE %I IN DATABASE %I SET %I = %L', "
        "current_user, current_database(), CAST(:name AS text), CAST(:limit AS text))"
    )
    for name, limit in LIMITS.items():
        if connection.scalar(unset, {"name": name}):  # who has set it knows better
            statement = connection.scalar(limiting, {"name": name, "limit": limit})
            connection.exec_driver_sql(statement)


def _refuse_other_encodings(connection: Connection) -> None:
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreUnavailable(
            f"its encoding is {encoding}; make one with: createdb --encoding=UTF8 …"
        )
