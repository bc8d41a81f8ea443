"""A journal that is written aside and then takes its place in one step."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from comment_service.storage.embedded.journal import HEADER, Record, new_format
from comment_service.storage.embedded.journal_file import JournalFile
from comment_service.storage.embedded.payload import payload_of
from comment_service.storage.embedded.view import View
from comment_service.storage.files import PRIVATE, sync_folder

# Bytes that are written and made safe at once: others wait for their own writes to be safe, and
# a disk that has a lot to write keeps them waiting.
BUFFER = 1 << 20
NOTHING = payload_of()


class NewJournal:
    """Takes payloads one after the other; as a context it leaves nothing behind that fails."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._aside = path.with_name(f"{path.name}.new")
        header = new_format().header()
        descriptor = os.open(self._aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(header)
        self.view = View(JournalFile(self._aside))
        self._pending: list[Record] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if error is not None:
            self._aside.unlink(missing_ok=True)  # a full disk gets its room back

    def put(self, payload: bytes) -> None:
        """Append a record."""
        end = self.view.end
        # All before it is safe when the file has its name: nobody reads it earlier.
        record = Record(end, end, payload)
        self._pending.append(record)
        self.view.take_in(record)
        if record.end - self._pending[0].offset >= BUFFER:
            self.sync()

    def sync(self) -> None:
        """Make safe what was put so far."""
        if self._pending:
            self.view.file.append(self._pending)
        self._pending = []
        self.view.file.sync()

    def take_place(self) -> View:
        """Become the journal, and return it as it is known; the lock is held."""
        if self.view.end > HEADER:
            self.put(NOTHING)  # says of the last record that it was safe once
        self.sync()
        self._aside.replace(self._path)
        sync_folder(self._path.parent)
        self.view.file.path = self._path
        return self.view
