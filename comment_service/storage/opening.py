"""From the address of a store to the store."""

from pathlib import Path

from comment_service.settings import BrokenSetting
from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import ContributionStore


def open_store(url: str) -> ContributionStore:
    """Open the store of an address, ``embedded:FOLDER`` or ``memory:``.

    Raises:
        BrokenSetting: If the address names no store that there is.
    """
    scheme, _, rest = url.partition(":")
    match scheme, rest:
        case "memory", "":
            return MemoryStore()
        case "embedded", folder if folder:
            return EmbeddedStore(Path(folder).absolute())
    raise BrokenSetting(
        "RANDNOTIZ_STORE", f"there is no store {scheme!r} here", "write embedded:FOLDER or memory:"
    )
