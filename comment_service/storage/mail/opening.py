"""From the address of a store to the database beside it that holds what concerns mail."""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    StaticPool,
    create_engine,
    event,
    exc,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from comment_service.settings import BrokenSetting
from comment_service.storage.files import PRIVATE, make_folder
from comment_service.storage.mail.tables import MAIL
from comment_service.storage.opening import is_postgres

FILE = "mail.sqlite"
PATIENCE = 10.0  # seconds; a transaction takes milliseconds, so something hangs by then


def open_engine(url: str) -> Engine:
    """Open the database of mail that belongs to a store's address; nothing is looked for yet.

    Raises:
        BrokenSetting: If the address names no store that there is.
    """
    scheme, _, rest = url.partition(":")
    match scheme, rest:
        case "memory", "":
            return _sqlite(
                "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
            )
        case "embedded", folder if folder:
            return _in_folder(Path(folder).absolute())
        case _ if is_postgres(url):
            return _postgres(url)
    raise BrokenSetting("RANDNOTIZ_STORE", f"there is no store {scheme!r} here", "see the manual")


def make_tables(connection: Connection) -> None:
    """Make what is missing; PostgreSQL's tables are made by the migrations."""
    if connection.dialect.name != "sqlite":
        return
    for table in MAIL.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))


def reason(error: exc.SQLAlchemyError) -> str:
    """Say in one line what went wrong; nothing of what was to be kept is quoted."""
    if isinstance(error, exc.DBAPIError) and not isinstance(error.orig, sqlite3.Error):
        from comment_service.storage.mail.postgres import reason_of  # noqa: PLC0415  # see above

        return reason_of(error.orig)
    return str(error.orig if isinstance(error, exc.DBAPIError) else error)


def _in_folder(folder: Path) -> Engine:
    # A connection for each transaction: none is held open that a fork could share.
    return _sqlite("sqlite://", poolclass=NullPool, creator=partial(_connect, folder / FILE))


def _connect(path: Path) -> sqlite3.Connection:
    make_folder(path.parent)
    connection = sqlite3.connect(path, timeout=PATIENCE)
    # Not by a descriptor of our own: to close that would take the locks of other threads away.
    path.chmod(PRIVATE)  # its journal gets the same rights
    return connection


def _sqlite(url: str, **options: Any) -> Engine:
    engine = create_engine(url, hide_parameters=True, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver would begin too late, see _begin
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    connection.execute("PRAGMA synchronous = EXTRA")  # a commit survives a power cut


def _begin(connection: Connection) -> None:
    # Whoever reads and then writes would fail if another wrote in between: wait at the beginning.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgres(url: str) -> Engine:
    # Only if wanted: it loads the driver.
    from comment_service.storage.mail.postgres import open_postgres  # noqa: PLC0415

    return open_postgres(url)
