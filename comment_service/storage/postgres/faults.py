"""What can be wrong with a database, in one line, with the cure and without any secret."""

from psycopg import Error, errors

from comment_service.storage.postgres.tables import REVISION
from participation.faults import StoreUnavailable

MIGRATE = "run: python comments.py init"
BUSY = "all connections are busy; if that happens often, raise RANDNOTIZ_STORE_CONNECTIONS"
LOOK = "see that the server runs and that the address of the store is right, user and password too"
NOT_MIGRATED = (errors.UndefinedTable, errors.UndefinedColumn)
READ_ONLY = errors.ReadOnlySqlTransaction
# The server, or a pooler before it, is about to hang up, even if the socket still looks open.
HANGS_UP = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, READ_ONLY)
# Another transaction was first: what is tried again finds what that one left.
WAS_LATE = (errors.SerializationFailure, errors.DeadlockDetected, errors.UniqueViolation)


def refuse_other(revision: str | None) -> None:
    """Refuse tables that are not those of this release.

    Raises:
        StoreUnavailable: If they are older or newer.
    """
    if revision is not None and revision > REVISION:
        raise StoreUnavailable(f"its tables are of a newer release ({revision}); update Randnotiz")
    if revision != REVISION:
        raise StoreUnavailable(f"its tables are of revision {revision}, not {REVISION}; {MIGRATE}")


def reason(error: Error) -> str:
    """Say what went wrong; nothing of what was to be kept is quoted."""
    if isinstance(error, NOT_MIGRATED):
        return f"it is not migrated; {MIGRATE}"
    if error.sqlstate:
        return f"{error.diag.message_primary}"
    return f"{' '.join(str(error).split())}; {LOOK}"
