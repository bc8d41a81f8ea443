"""The backup: one packed file of JSON lines that proves, when it is read, that it is whole.

First what it is, then each contribution by id, then each entry of the log, where it was changed
while the backup was made with what became of its contribution, then the end with a checksum.
"""

import errno
import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from comment_service.storage.protocol import Kept, Once
from participation.contribution import Contribution
from participation.faults import Fault
from participation.log_entry import LogEntry

FORMAT = 1
PRIVATE = 0o600  # names, texts that are not public, and the secret of the receipt codes


class DamagedBackup(Fault):
    """The file is no backup, or not the whole of one."""


class Head(msgspec.Struct, frozen=True, tag_field="is", tag="randnotiz-backup"):
    """What the file is; ``secret`` keys the receipt codes."""

    format: int
    made_at: datetime
    secret: bytes


class ContributionLine(msgspec.Struct, frozen=True, tag_field="is", tag="contribution"):
    """One contribution, and the request by which it came."""

    contribution: Contribution
    once: Once | None


class EntryLine(msgspec.Struct, frozen=True, tag_field="is", tag="entry"):
    """One entry of the log; ``changed`` is its contribution if the line above is outdated."""

    entry: LogEntry
    changed: Contribution | None = None


class End(msgspec.Struct, frozen=True, tag_field="is", tag="end"):
    """What was before it: how many, and the SHA-256 of all lines in hexadecimal."""

    contributions: int
    entries: int
    sha256: str


Line = Head | ContributionLine | EntryLine | End
_DECODER = msgspec.json.Decoder(Line)


class Writer:
    """Writes a backup line by line; ``contributions`` and ``entries`` count them."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.contributions = self.entries = 0

    def write(self, line: Line) -> None:
        """Write one line."""
        content = msgspec.json.encode(line) + b"\n"
        self._digest.update(content)
        self._file.write(content)
        self.contributions += isinstance(line, ContributionLine)
        self.entries += isinstance(line, EntryLine)

    def end(self) -> None:
        """Write the last line."""
        self.write(End(self.contributions, self.entries, self._digest.hexdigest()))


@contextmanager
def new_backup(path: Path) -> Iterator[Writer]:
    """Write a backup aside; it gets its name when it is whole and lies on the disk.

    Raises:
        FileExistsError: If there is a file of that name: a good backup is never overwritten.
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", filename="") as file:
                yield (writer := Writer(file))
                writer.end()
            raw.flush()
            os.fsync(raw.fileno())
        os.link(aside, path)  # unlike a renaming, this never replaces what came there meanwhile
    finally:
        aside.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read to its end and found whole."""

    path: Path
    head: Head
    end: End
    log: tuple[LogEntry, ...]
    changed: dict[str, Contribution]

    def contributions(self) -> Iterator[Kept]:
        """Read all contributions, by id, as they were when the backup was done."""
        for line, _ in _lines(self.path):
            if isinstance(line, ContributionLine):
                kept = Kept(line.contribution, line.once)
                now = self.changed.get(line.contribution.id)
                yield replace(kept, contribution=now) if now else kept


def read_backup(path: Path) -> Backup:
    """Read a backup to its end.

    Raises:
        DamagedBackup: If it is none, not whole, or of a newer format.
        OSError: If the file cannot be read.
    """
    lines = _lines(path)
    head = _head(path, next(lines, (None, ""))[0])
    log: list[EntryLine] = []
    contributions = 0
    for line, sha256 in lines:
        match line:
            case ContributionLine():
                contributions += 1
            case EntryLine():
                log.append(line)
            case End() if line == End(contributions, len(log), sha256) and not next(lines, None):
                return Backup(path, head, line, *_log(log))
            case _:
                raise DamagedBackup(f"{path}: the checksum does not match")
    raise DamagedBackup(f"{path}: the end is missing")


def _head(path: Path, line: Line | None) -> Head:
    if not isinstance(line, Head):
        raise DamagedBackup(f"{path}: is no backup")
    if line.format != FORMAT:
        raise DamagedBackup(f"{path}: has format {line.format}, made by a newer release")
    return line


def _log(lines: list[EntryLine]) -> tuple[tuple[LogEntry, ...], dict[str, Contribution]]:
    changed = {line.changed.id: line.changed for line in lines if line.changed}
    return tuple(line.entry for line in lines), changed


def _lines(path: Path) -> Iterator[tuple[Line, str]]:
    """Return each line, with the SHA-256 of all that were before it."""
    digest = hashlib.sha256()
    try:
        with gzip.open(path, "rb") as file:
            for content in file:
                yield _DECODER.decode(content), digest.hexdigest()
                digest.update(content)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DamagedBackup(f"{path}: is no backup, or only a part of one: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedBackup(f"{path}: a line cannot be read: {error}") from error
