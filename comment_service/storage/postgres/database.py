"""A database that may restart, hang up or be busy: what can be tried again is tried again."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, event, exc
from sqlalchemy.engine import ExceptionContext

from comment_service.storage.postgres.connecting import open_pool, place_of
from comment_service.storage.postgres.faults import HANGS_UP, WAS_LATE, reason
from participation.faults import StoreUnavailable

ATTEMPTS = 4  # races are lost more than once in a row only under great load

UNKEEPABLE = re.compile(r"[\0\ud800-\udfff]")  # PostgreSQL has no text with a NUL or half a pair

T = TypeVar("T")
Work = Callable[[Connection, bool], T]  # the second argument: was it tried before?


class Database:
    """Carries out work on a pool of connections, anew where that is safe."""

    def __init__(self, parts: dict[str, Any], connections: int, patience: float) -> None:
        """Connect to nothing yet."""
        self._place = place_of(parts)
        self._statements = open_pool(parts, connections, patience)
        event.listen(self._statements, "handle_error", _notice_hanging_up)
        self._transactions = self._statements.execution_options(isolation_level="READ COMMITTED")

    def rows(self, statement: Select[Any], **parameters: Any) -> Sequence[Row[Any]]:
        """Return the rows of one statement that changes nothing."""
        if not all(map(_can_be_kept, parameters.values())):
            return []
        return self.carry_out(lambda connection, _: connection.execute(statement, parameters).all())

    def carry_out(self, work: Work[T]) -> T:
        """Do work whose every statement is a transaction of its own.

        The answer to a statement may be lost with its connection: work that is told that it was
        tried before must look whether it was done then.

        Raises:
            StoreUnavailable: If the database cannot do it.
        """
        return self._try(self._statements, work)

    def carry_out_whole(self, work: Work[T]) -> T:
        """Do work that is one transaction, all of it or nothing; else as ``carry_out``."""

        def committed(connection: Connection, repeated: bool) -> T:  # noqa: FBT001  # as Work
            with connection.begin():
                return work(connection, repeated)

        return self._try(self._transactions, committed)

    def close(self) -> None:
        """Close the connections."""
        self._statements.dispose()

    def _try(self, engine: Engine, work: Work[T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with engine.connect() as connection:
                    return work(connection, attempt > 1)
            except exc.SQLAlchemyError as error:
                if attempt == ATTEMPTS or not _may_pass(error, attempt):
                    raise self._fault(error) from None
            except StoreUnavailable as fault:
                raise StoreUnavailable(f"PostgreSQL, {self._place}: {fault}") from None
        raise AssertionError  # the last attempt returns or raises

    def _fault(self, error: Exception) -> StoreUnavailable:
        return StoreUnavailable(f"PostgreSQL, {self._place}: {reason(error)}")


def _may_pass(error: exc.SQLAlchemyError, attempt: int) -> bool:
    if not isinstance(error, exc.DBAPIError):
        return False
    # Once: the connection of the pool may be old, but the next one is new.
    return isinstance(error.orig, WAS_LATE) or (error.connection_invalidated and attempt == 1)


def _notice_hanging_up(context: ExceptionContext) -> None:
    if isinstance(context.original_exception, HANGS_UP):
        context.is_disconnect = True


def _can_be_kept(value: object) -> bool:
    return not isinstance(value, str) or not UNKEEPABLE.search(value)
