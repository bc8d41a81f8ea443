"""A database that may restart, hang up or be busy: what can be tried again is tried again."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import exc

from comment_service.storage.postgres.connecting import Era, open_pool, place_of
from comment_service.storage.postgres.faults import BUSY, HANGS_UP, WAS_LATE, reason
from comment_service.storage.postgres.rows import Plain, Row
from participation.faults import StoreUnavailable

ATTEMPTS = 4  # races are lost more than once in a row only under great load
UNKEEPABLE = re.compile(r"[\0\ud800-\udfff]")  # PostgreSQL has no text with a NUL or half a pair

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """A connection on loan."""

    connection: "psycopg.Connection[Any]"

    def rows(self, statement: bytes, parameters: Plain | None = None) -> list[Row]:
        """Carry out a statement and return its rows, none if it has no answer."""
        cursor = self.connection.cursor(row_factory=namedtuple_row)
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []

    def write(self, statement: bytes, rows: Sequence[Plain]) -> None:
        """Carry out a statement for each of the rows."""
        self.connection.cursor().executemany(statement, rows)


Work = Callable[[Session, bool], T]  # the second argument: was it tried before?


class HungUp(Exception):
    """The connection is of no use any more; its cause says why."""


class Database:
    """Carries out work on a pool of connections, anew where that is safe."""

    def __init__(self, parts: dict[str, Any], connections: int, patience: float) -> None:
        """Connect to nothing yet."""
        self._place = place_of(parts)
        self._era = Era()
        self._pool = open_pool(parts, connections, patience, self._era)

    def rows(self, statement: bytes, **parameters: Any) -> list[Row]:
        """Return the rows of one statement that changes nothing."""
        if not all(map(_can_be_kept, parameters.values())):
            return []
        return self.carry_out(lambda session, _: session.rows(statement, parameters))

    def carry_out(self, work: Work[T]) -> T:
        """Do work whose every statement is a transaction of its own.

        The answer to a statement may be lost with its connection: work that is told that it was
        tried before must look whether it was done then.

        Raises:
            StoreUnavailable: If the database cannot do it.
        """
        with self._faults_named():
            for attempt in range(1, ATTEMPTS):
                try:
                    return self._do(work, repeated=attempt > 1)
                except WAS_LATE:
                    continue
                except HungUp:
                    if attempt > 1:  # not one that the pool kept for long, but a new one
                        raise
            return self._do(work, repeated=True)

    def carry_out_whole(self, work: Work[T]) -> T:
        """Do work that is one transaction, all of it or nothing; else as ``carry_out``."""

        def whole(session: Session, repeated: bool) -> T:  # noqa: FBT001  # as Work
            with session.connection.transaction():
                return work(session, repeated)

        return self.carry_out(whole)

    def close(self) -> None:
        """Close the connections."""
        self._pool.dispose()

    def _do(self, work: Work[T], *, repeated: bool) -> T:
        borrowed = self._pool.connect()
        connection: psycopg.Connection[Any] = borrowed.driver_connection  # type: ignore[assignment]  # SQLAlchemy knows less of it
        try:
            return work(Session(connection), repeated)
        except psycopg.Error as error:
            if not connection.closed and not isinstance(error, HANGS_UP):
                raise
            self._era.end(borrowed.info.get("era"))
            borrowed.invalidate(error)
            raise HungUp from error
        finally:
            borrowed.close()

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except HungUp as error:
            said = reason(error.__cause__)  # type: ignore[arg-type]  # see _do
        except psycopg.Error as error:
            said = reason(error)
        except exc.TimeoutError:
            said = BUSY
        except StoreUnavailable as fault:
            said = str(fault)
        else:
            return
        raise StoreUnavailable(f"PostgreSQL, {self._place}: {said}")


def _can_be_kept(value: object) -> bool:
    return not isinstance(value, str) or not UNKEEPABLE.search(value)
