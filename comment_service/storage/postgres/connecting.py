"""From the address of a database to a pool of connections to it."""

import os
import re
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import event, exc
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection, QueuePool

from comment_service.settings import BrokenSetting
from comment_service.storage.postgres.faults import refuse_other

RECYCLE = 900  # seconds after which a connection is made anew: a server that joined gets its share
PREPARE_AFTER = 3  # executions of a statement on one connection
GREETING = "SELECT version_num, pg_backend_pid() FROM alembic_version"
# What the address does not say. Seconds, but the user timeout in milliseconds: without them a host
# that vanished would hold a request for many minutes.
DEFAULTS = {
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": "randnotiz",
    "client_encoding": "UTF8",
}
HOST = re.compile(r"[A-Za-z0-9._:%-]*|/[^@]*")  # a name, a number, or the folder of a socket
NAME = re.compile(r"[^@/]*")
WRITE = "write postgresql://USER:PASSWORD@HOST/DATABASE"
ENCODE = "write special characters of the password as %40 (@), %2F (/), %3A (:), %25 (%) …"


def connection_parts(url: str) -> dict[str, Any]:
    """Return what libpq makes of an address, with the defaults of this store.

    Raises:
        BrokenSetting: If it is none. The message quotes nothing of it: what stands in a wrong
            place may be the password.
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        raise _broken("the address cannot be read", f"{WRITE}; {ENCODE}") from None
    if not parts.get("dbname") and not parts.get("service"):
        raise _broken("the address names no database", WRITE)
    if not _is_plain(parts):
        raise _broken("host, port or database have characters that names lack", ENCODE)
    return DEFAULTS | parts


def place_of(parts: dict[str, Any]) -> str:
    """Return a name for the database that may be shown: ``localhost/randnotiz``."""
    if "dbname" not in parts:
        return f"the service {parts['service']}"
    return f"{parts.get('host') or 'the local socket'}/{parts['dbname']}"


def connect(parts: dict[str, Any]) -> "psycopg.Connection[Any]":
    """Open a connection that prepares nothing, as is right behind a pooler."""
    return psycopg.connect(**parts, prepare_threshold=None, autocommit=True)


class Era:
    """What a connection of a pool must be of to be used: this process, and this run of the server.

    A server that forks after the start would have two processes talk over one socket; and when
    one connection breaks, the others that were opened before lead to the same server.
    """

    def __init__(self) -> None:
        self._ended = 0

    def now(self) -> tuple[int, int]:
        """Return what a connection that is opened at this moment is of."""
        return os.getpid(), self._ended

    def end(self, broken: object) -> None:
        """Have all connections be opened anew, unless they were since the broken one was."""
        if broken == self.now():
            self._ended += 1

    def note(self, _: object, record: ConnectionPoolEntry) -> None:
        """Note of what a new connection is."""
        record.info["era"] = self.now()

    def demand(
        self, _: object, record: ConnectionPoolEntry, borrowed: PoolProxiedConnection
    ) -> None:
        """Have a connection of another era be replaced; a parent's is left to the parent."""
        process, _ended = record.info["era"]
        if process != os.getpid():
            record.dbapi_connection = borrowed.dbapi_connection = None  # type: ignore[misc]  # as SQLAlchemy's manual does
        if record.info["era"] != self.now():
            raise exc.DisconnectionError("the connection is of another era")


def open_pool(parts: dict[str, Any], connections: int, patience: float, era: Era) -> Pool:
    """Return a pool that connects when it is first used, to tables of this release only."""
    pool = QueuePool(
        lambda: checked(connect(parts)),  # type: ignore[arg-type]  # it asks for more than it uses
        pool_size=connections,
        max_overflow=0,
        timeout=patience,
        recycle=RECYCLE,
        use_lifo=True,
        reset_on_return=None,  # a transaction is a statement or a block, and ends with it
    )
    event.listen(pool, "connect", era.note)
    event.listen(pool, "checkout", era.demand)
    return pool


def checked(connection: "psycopg.Connection[Any]") -> "psycopg.Connection[Any]":
    """Return a new connection, to tables of this release; behind a pooler it prepares nothing.

    Raises:
        StoreUnavailable: If the tables are those of another release; the connection is closed.
    """
    try:
        revision, process = connection.execute(GREETING).fetchone() or (None, None)
        refuse_other(revision)
    except BaseException:
        connection.close()
        raise
    # A pooler hands the next statement to another process, which knows nothing that was prepared.
    is_direct = process == connection.info.backend_pid
    connection.prepare_threshold = PREPARE_AFTER if is_direct else None
    return connection


def _broken(what: str, cure: str) -> BrokenSetting:
    return BrokenSetting("RANDNOTIZ_STORE", what, cure)


def _is_plain(parts: dict[str, Any]) -> bool:
    hosts, ports = parts.get("host", "").split(","), parts.get("port", "0").split(",")
    return (
        all(HOST.fullmatch(host) for host in hosts)
        and all(port.isdecimal() for port in ports)
        and NAME.fullmatch(parts.get("dbname", "")) is not None
    )
