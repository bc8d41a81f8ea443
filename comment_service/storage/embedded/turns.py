"""Writers take turns; the file ``lock`` also tells all processes how far the journal is safe.

Nobody looks at what lies behind that position: it is not on the disk yet and may never be.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from zlib import crc32

from comment_service.storage.embedded.lock_file import LockFile, give_back
from comment_service.storage.embedded.open_file import OpenFile

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

    def __init__(self, folder: Path, patience: float) -> None:
        self._patience = patience
        self._queue_of_threads, self._threads = Lock(), Lock()
        self._lock = LockFile(folder / "lock")
        self._queue = LockFile(folder / "queue")

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            Held: If another process does not give it back.
        """
        # Who waits holds the queue: whoever has just had a turn, and has more to write, would
        # take the lock again before the one who waits wakes up.
        with self._queue_of_threads:
            self._threads.acquire()
        try:
            file = self._take()
            try:
                yield
            finally:
                give_back(file)
        finally:
            self._threads.release()

    def _take(self) -> OpenFile:
        queue = self._queue.take(self._patience)
        try:
            return self._lock.take(self._patience)
        finally:
            give_back(queue)

    def mark(self) -> bytes:
        """Return the position as it is written, to see cheaply whether it is another one."""
        file = self._lock.existing()
        return _UNKNOWN if file is None else os.pread(file.descriptor, _LAYOUT.size, 0)

    def move(self, position: Position) -> bytes:
        """Tell all processes that everything up to there is safe; the lock is held."""
        content = _LAYOUT.pack(position.journal_id.encode(), position.inode, position.end, 0)[:-4]
        mark = content + struct.pack("<I", crc32(content))
        os.pwrite(self._lock.opened().descriptor, mark, 0)
        return mark


def position_of(mark: bytes) -> Position | None:
    """Read a mark; None if nothing is known or it was being written just then."""
    if len(mark) != _LAYOUT.size or struct.pack("<I", crc32(mark[:-4])) != mark[-4:]:
        return None
    journal_id, inode, end, _ = _LAYOUT.unpack(mark)
    return Position(journal_id.decode(), inode, end)
