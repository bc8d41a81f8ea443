"""The backup: one packed file of JSON lines that proves, when it is read, that it is whole.

First what it is, then each record in the order of a stock, then each entry of the log, then what
was changed while the backup was made: its entries, and what became of the records, which counts
instead of what was said of them before. At the end the sizes and a checksum.
"""

import errno
import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from pathlib import Path

import msgspec

from comment_service.storage.backup_lines import (
    AccountLine,
    ContributionLine,
    Counted,
    DecisionLine,
    End,
    EntryLine,
    Head,
    Line,
    RecordLine,
    SupportLine,
    kept_in,
    read_line,
)
from comment_service.storage.comparing import place_of
from comment_service.storage.older_backups import OldLines
from comment_service.storage.protocol import Kept, KeptRecord
from participation.account import Account
from participation.decision import Decision
from participation.faults import Fault
from participation.log_chain import Logged
from participation.support import Support

FORMAT = 3
OLDEST = 1  # that can be restored
PRIVATE = 0o600  # names, texts that are not public, and the secret of the receipt codes


class DamagedBackup(Fault):
    """The file is no backup, or not the whole of one."""


class Writer:
    """Writes a backup line by line; ``counted`` says how much."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._counted = Counted()

    def write(self, line: Line) -> None:
        """Write one line."""
        content = msgspec.json.encode(line) + b"\n"
        self._digest.update(content)
        self._file.write(content)
        self._counted.count(line)

    def end(self) -> End:
        """Return what is, or will be, the last line."""
        return self._counted.end(self._digest.hexdigest())


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
                writer.write(writer.end())
            raw.flush()
            os.fsync(raw.fileno())
        os.link(aside, path)  # unlike a renaming, this never replaces what came there meanwhile
    finally:
        aside.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read to its end and found whole.

    ``later`` are the records that were changed or new while it was made.
    """

    path: Path
    head: Head
    end: End
    log: tuple[Logged, ...]
    later: tuple[KeptRecord, ...]

    def records(self) -> Iterator[KeptRecord]:
        """Read all records in the order of a stock, as they were when the backup was done."""
        both = merge(self._at_first(), self.later, key=place_of)
        for _, same in groupby(both, place_of):
            *_, last = same  # of the two, the later one comes behind
            yield last

    def contributions(self) -> Iterator[Kept]:
        """Read all contributions, by id."""
        return (kept for kept in self.records() if isinstance(kept, Kept))

    def decisions(self) -> Iterator[Decision]:
        """Read all decisions, by id."""
        return (kept for kept in self.records() if isinstance(kept, Decision))

    def accounts(self) -> Iterator[Account]:
        """Read all accounts, by id."""
        return (kept for kept in self.records() if isinstance(kept, Account))

    def supports(self) -> Iterator[Support]:
        """Read all supports, by id."""
        return (kept for kept in self.records() if isinstance(kept, Support))

    def _at_first(self) -> Iterator[KeptRecord]:
        for line, _ in _lines(self.path):
            if isinstance(line, EntryLine):
                return
            if isinstance(line, RecordLine):
                yield kept_in(line)


def read_backup(path: Path) -> Backup:
    """Read a backup to its end.

    Raises:
        DamagedBackup: If it is none, not whole, or of a newer format.
        OSError: If the file cannot be read.
    """
    lines = _lines(path)
    head = _head(path, next(lines, (None, ""))[0])
    log: list[Logged] = []
    later: dict[tuple[int, str], KeptRecord] = {}
    counted = Counted()
    for line, sha256 in lines:
        match line:
            case EntryLine():
                log.append(Logged(line.entry, line.digest))
            case ContributionLine() | DecisionLine() | AccountLine() | SupportLine() if log:
                later[place_of(kept_in(line))] = kept_in(line)
            case End() if line == counted.end(sha256) and not next(lines, None):
                return Backup(path, head, line, tuple(log), tuple(later[k] for k in sorted(later)))
            case End() | Head():
                raise DamagedBackup(f"{path}: the checksum does not match")
        counted.count(line)
    raise DamagedBackup(f"{path}: the end is missing")


def _head(path: Path, line: Line | None) -> Head:
    if not isinstance(line, Head):
        raise DamagedBackup(f"{path}: is no backup")
    if not OLDEST <= line.format <= FORMAT:
        raise DamagedBackup(f"{path}: has format {line.format}, made by a newer release")
    return line


def _lines(path: Path) -> Iterator[tuple[Line, str]]:
    """Return each line, with the SHA-256 of all that were before it."""
    digest, read = hashlib.sha256(), read_line
    try:
        with gzip.open(path, "rb") as file:
            for content in file:
                for line in read(content):
                    yield line, digest.hexdigest()
                    if isinstance(line, Head) and line.format == OLDEST:
                        read = OldLines().read
                digest.update(content)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DamagedBackup(f"{path}: is no backup, or only a part of one: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedBackup(f"{path}: a line cannot be read: {error}") from error
