"""The file ``lock``: writers of all processes take turns by it, and read in it how far all is safe.

Nobody looks at what lies behind that position: it is not on the disk yet and may never be.
"""

import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import NamedTuple
from zlib import crc32

from filelock import lock_descriptor, unlock_descriptor

from comment_service.storage.embedded.open_file import OpenFile
from participation.faults import StoreUnavailable

POLL = 0.0001  # seconds; filelock asks again and again, and a write takes about as long
_LAYOUT = struct.Struct("<16sQQI")
_UNKNOWN = b""


class Position(NamedTuple):
    """Up to where a journal is safe.

    ``inode`` tells the file for which this was written from a copy of it.
    """

    journal_id: str
    inode: int
    end: int  # bytes from the beginning


class Turns:
    """The lock between threads and processes, and the position that its holder moves."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._threads = RLock()
        self._file: OpenFile | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            StoreUnavailable: If another process does not give it back.
        """
        with self._threads:
            file = self._locked()
            try:
                yield
            finally:
                unlock_descriptor(file.descriptor)

    def mark(self) -> bytes:
        """Return the position as it is written, to see cheaply whether it is another one."""
        file = self._file if self._file is not None else self._existing()
        if file is None:
            return _UNKNOWN
        if os.fstat(file.descriptor).st_nlink == 0:  # somebody deleted it: others have a new one
            self._file = None
            return self.mark()
        return os.pread(file.descriptor, _LAYOUT.size, 0)

    def move(self, position: Position) -> bytes:
        """Tell all processes that everything up to there is safe; the lock is held."""
        content = _LAYOUT.pack(position.journal_id.encode(), position.inode, position.end, 0)
        mark = content[:-4] + struct.pack("<I", crc32(content[:-4]))
        os.pwrite(self._opened().descriptor, mark, 0)
        return mark

    def _locked(self) -> OpenFile:
        gives_up = time.monotonic() + self._patience
        while True:
            file = self._opened()
            if lock_descriptor(file.descriptor, blocking=False):
                if os.fstat(file.descriptor).st_nlink:
                    return file
                unlock_descriptor(file.descriptor)  # it was deleted: this keeps nobody out
                self._file = None
            elif time.monotonic() > gives_up:
                raise StoreUnavailable(f"{self._path} is held by another process; see which hangs")
            else:
                time.sleep(POLL)

    def _opened(self) -> OpenFile:
        file = self._file  # another thread may forget it just now
        if file is None:
            self._file = file = OpenFile(self._path, os.O_RDWR | os.O_CREAT)
        return file

    def _existing(self) -> OpenFile | None:
        return self._opened() if self._path.exists() else None


def position_of(mark: bytes) -> Position | None:
    """Read a mark; None if nothing is known or it was being written just then."""
    if len(mark) != _LAYOUT.size or struct.pack("<I", crc32(mark[:-4])) != mark[-4:]:
        return None
    journal_id, inode, end, _ = _LAYOUT.unpack(mark)
    return Position(journal_id.decode(), inode, end)
