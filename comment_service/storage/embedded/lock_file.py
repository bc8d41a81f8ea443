"""A file that one process at a time may hold; a process that dies gives it back."""

import os
import time
from pathlib import Path

from filelock import lock_descriptor, unlock_descriptor

from comment_service.storage.embedded.open_file import OpenFile
from participation.faults import StoreUnavailable

POLL = 0.0001  # seconds; filelock asks again and again, and a write takes about as long


class Held(StoreUnavailable):
    """Another process has the file and does not give it back."""


class LockFile:
    """Stays open, since opening it takes ten times as long as locking it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: OpenFile | None = None

    def take(self, patience: float) -> OpenFile:
        """Take it; it is held until ``give_back`` of what this returns.

        Raises:
            Held: If another process has it, and still has after so many seconds.
        """
        gives_up = time.monotonic() + patience
        while True:
            file = self.opened()
            if lock_descriptor(file.descriptor, blocking=False):
                if os.fstat(file.descriptor).st_nlink:
                    return file
                give_back(file)  # it was deleted: this keeps nobody out
                self._file = None
            elif time.monotonic() > gives_up:
                raise Held(f"{self._path} is held by another process; see which hangs")
            else:
                time.sleep(POLL)

    def existing(self) -> OpenFile | None:
        """Return the file as it is under its name, None if nobody made it yet."""
        file = self._file  # another thread may forget it just now
        if file is None:
            return self.opened() if self._path.exists() else None
        if os.fstat(file.descriptor).st_nlink == 0:  # it was deleted: others have a new one
            self._file = None
            return self.existing()
        return file

    def opened(self) -> OpenFile:
        """Return the file, made if need be."""
        file = self._file
        if file is None:
            self._file = file = OpenFile(self._path, os.O_RDWR | os.O_CREAT)
        return file


def give_back(file: OpenFile) -> None:
    """Let others take what was taken."""
    unlock_descriptor(file.descriptor)
