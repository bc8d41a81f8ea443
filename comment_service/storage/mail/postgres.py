"""The tables of mail in PostgreSQL, beside those of contributions."""

from typing import Any

import psycopg
from sqlalchemy import Engine, QueuePool, create_engine

from comment_service.storage.postgres.connecting import checked, connect, connection_parts
from comment_service.storage.postgres.faults import reason

CONNECTIONS = 2  # of each process: the sender's, and one for whoever leaves an address
PATIENCE = 10.0  # seconds; a transaction takes milliseconds, so something hangs by then


def open_postgres(url: str) -> Engine:
    """Return what connects when it is first used, to tables of this release only.

    Raises:
        BrokenSetting: If the address is none.
    """
    parts = connection_parts(url)
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: _connected(parts),
        poolclass=QueuePool,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def reason_of(error: BaseException | None) -> str:
    """Say what went wrong; nothing of what was to be kept is quoted."""
    return reason(error) if isinstance(error, psycopg.Error) else str(error)


def _connected(parts: dict[str, Any]) -> "psycopg.Connection[Any]":
    connection = checked(connect(parts))
    connection.autocommit = False
    return connection
