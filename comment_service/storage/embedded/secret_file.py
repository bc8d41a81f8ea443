"""The file ``secret``: 32 random bytes, the same for the whole life of a store."""

import os
import secrets
from pathlib import Path

from comment_service.storage.files import replace
from participation.faults import StoreUnavailable

LENGTH = 32  # bytes

_Look = tuple[int, int, int]  # inode, size, moment of the last change: of a file that is as it was


class SecretFile:
    """Remembers what it read as long as the file is the same; each contribution asks for it."""

    def __init__(self, path: Path) -> None:
        """Touch nothing yet."""
        self._path = path
        self._known: tuple[_Look, bytes] | None = None

    def read(self) -> bytes | None:
        """Return the secret, None if there is none yet.

        Raises:
            StoreUnavailable: If it is damaged.
        """
        known = self._known
        try:
            look = _look(self._path)
        except FileNotFoundError:
            return None
        if known is None or known[0] != look:
            self._known = known = look, self._checked(self._path.read_bytes())
        return known[1]

    def write(self, secret: bytes) -> bytes:
        """Make it this secret, and return it as it can be read; the lock of the folder is held."""
        replace(self._path, secret)
        return self._checked(self._path.read_bytes())

    def make(self) -> bytes:
        """Make a secret; the lock of the folder is held."""
        return self.write(secrets.token_bytes(LENGTH))

    def _checked(self, content: bytes) -> bytes:
        if len(content) != LENGTH:  # an empty one would make every receipt code guessable
            raise StoreUnavailable(
                f"{self._path} is damaged: it has {len(content)} bytes; restore it from a backup"
            )
        return content


def _look(path: Path) -> _Look:
    found = os.stat(path)  # noqa: PTH116  # Path.stat costs twice as much
    return found.st_ino, found.st_size, found.st_mtime_ns
