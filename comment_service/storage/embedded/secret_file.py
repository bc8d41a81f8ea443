"""The file ``secret``: 32 random bytes, the same for the whole life of a store."""

import secrets
from pathlib import Path

from comment_service.storage.files import replace
from participation.faults import StoreUnavailable

LENGTH = 32  # bytes


def read_secret(path: Path) -> bytes | None:
    """Return the secret, None if there is none yet.

    Raises:
        StoreUnavailable: If it is damaged.
    """
    if not path.exists():
        return None
    content = path.read_bytes()
    if len(content) != LENGTH:  # an empty one would make every receipt code guessable
        raise StoreUnavailable(
            f"{path} is damaged: it has {len(content)} bytes; restore it from a backup"
        )
    return content


def make_secret(path: Path) -> bytes:
    """Make a secret; the lock of the folder is held."""
    replace(path, secrets.token_bytes(LENGTH))
    return path.read_bytes()
