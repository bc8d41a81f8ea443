"""Makes a store ready before it is used for the first time, and at every update."""

from contextlib import closing

from comment_service.settings import BrokenSetting
from comment_service.storage.opening import is_postgres, open_store


def prepare(url: str) -> None:
    """Make the store of an address ready: its folder or its tables.

    Raises:
        BrokenSetting: If the address names no store that there is, or one that does not last.
        StoreUnavailable: If it cannot be made ready.
    """
    if url == "memory:":
        raise BrokenSetting(
            "RANDNOTIZ_STORE", "memory: is gone with the process", "write embedded:FOLDER"
        )
    if is_postgres(url):
        _migrate(url)
    with closing(open_store(url)) as store:
        store.secret()
        store.check()


def _migrate(url: str) -> None:
    from comment_service.storage.postgres.migrating import migrate  # noqa: PLC0415  # only if wanted

    migrate(url)
