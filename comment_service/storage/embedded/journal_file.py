"""The journal on the disk: what was written is safe when ``sync`` returns."""

import os
from collections.abc import Iterator
from pathlib import Path

from comment_service.storage.embedded.journal import (
    HEADER,
    Format,
    Record,
    read_header,
    records,
    records_beyond,
)
from comment_service.storage.embedded.open_file import OpenFile
from participation.faults import StoreUnavailable


class JournalFile:
    """An open journal; it can be exchanged or deleted under its name and is still readable."""

    def __init__(self, path: Path, flags: int = 0) -> None:
        """Open it.

        Raises:
            FileNotFoundError: If there is none.
            StoreUnavailable: If it is something else, or of a newer format.
        """
        self.path = path
        self._file = OpenFile(path, os.O_RDWR | flags)
        self.inode = os.fstat(self._file.descriptor).st_ino
        self.format = self._read_format()
        self._seed = self.format.seed

    def _read_format(self) -> Format:
        try:
            return read_header(self.read(0, HEADER))
        except StoreUnavailable as unreadable:
            raise StoreUnavailable(f"{self.path} {unreadable}") from None

    @property
    def size(self) -> int:
        """Return how long the file is, in bytes, safe or not."""
        return os.fstat(self._file.descriptor).st_size

    @property
    def is_in_place(self) -> bool:
        """Say whether this is still the file under its name."""
        try:
            return os.stat(self.path).st_ino == self.inode  # noqa: PTH116  # half the time of Path's
        except FileNotFoundError:
            return False

    def read(self, offset: int, size: int) -> bytes:
        """Return part of the content, less at the end of the file."""
        return os.pread(self._file.descriptor, size, offset)

    def records(self, start: int, end: int) -> Iterator[Record]:
        """Yield the records from ``start`` on, up to ``end`` or the first that is not whole."""
        return records(self.read, self._seed, start, end)

    def records_beyond(self, start: int, end: int) -> Iterator[Record]:
        """Yield what is whole behind the record at ``start``, which is not."""
        return records_beyond(self.read, self._seed, start, end)

    def framed(self, offset: int, payloads: list[bytes]) -> list[Record]:
        """Return the records that carry ``payloads`` at ``offset``, where all that is safe ends."""
        framed: list[Record] = []
        for payload in payloads:
            framed.append(Record(framed[-1].end if framed else offset, offset, payload))
        return framed

    def append(self, records: list[Record]) -> None:
        """Write records one behind the other; they are not safe yet."""
        content = b"".join(self.format.frame(*record) for record in records)
        self.write(records[0].offset, content)

    def write(self, offset: int, content: bytes) -> None:
        """Write; it is not safe yet."""
        rest = memoryview(content)
        while rest:  # a full disk takes a part before it says no
            taken = os.pwrite(self._file.descriptor, rest, offset)
            rest, offset = rest[taken:], offset + taken

    def sync(self) -> None:
        """Wait until all that was written lies on the disk."""
        os.fdatasync(self._file.descriptor)

    def cut(self, end: int) -> None:
        """Take away what comes after ``end``."""
        os.ftruncate(self._file.descriptor, end)

    def reserve(self, offset: int, size: int) -> None:
        """Go through what a write needs, and leave the file as it was.

        Raises:
            OSError: If there is no room.
        """
        try:
            os.posix_fallocate(self._file.descriptor, offset, size)
        finally:
            self.cut(offset)
