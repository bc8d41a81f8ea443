"""From the address of a store to the store, without the libraries of the others."""

from pathlib import Path

from comment_service.settings import BrokenSetting
from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import Store


def is_postgres(url: str) -> bool:
    """Return whether an address is one of a PostgreSQL database."""
    return url.startswith(("postgresql:", "postgres:"))


def open_store(url: str, *, connections: int = 8) -> Store:
    """Open the store of an address: ``embedded:FOLDER``, ``postgresql://…`` or ``memory:``.

    Args:
        url: The address; nothing is looked for there yet.
        connections: To a database, at most, for each process.

    Raises:
        BrokenSetting: If the address names no store that there is.
    """
    scheme, _, rest = url.partition(":")
    match scheme, rest:
        case "memory", "":
            return MemoryStore()
        case "embedded", folder if folder:
            return _embedded(Path(folder).absolute())
        case _ if is_postgres(url):
            return _postgres(url, connections)
    raise BrokenSetting(
        "RANDNOTIZ_STORE",
        f"there is no store {scheme!r} here",
        "write embedded:FOLDER, postgresql://… or memory:",
    )


def _embedded(folder: Path) -> Store:
    from comment_service.storage.embedded import EmbeddedStore  # noqa: PLC0415  # only if wanted

    return EmbeddedStore(folder)


def _postgres(url: str, connections: int) -> Store:
    from comment_service.storage.postgres.store import PostgresStore  # noqa: PLC0415  # only if wanted

    return PostgresStore(url, connections=connections)
