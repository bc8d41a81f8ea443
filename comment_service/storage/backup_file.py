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
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby
from pathlib import Path

import msgspec

from comment_service.storage.comparing import place_of
from comment_service.storage.protocol import Kept, KeptRecord, Once
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.faults import Fault
from participation.log_chain import Logged
from participation.log_entry import LogEntry

FORMAT = 2
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


class DecisionLine(msgspec.Struct, frozen=True, tag_field="is", tag="decision"):
    """One decision."""

    decision: Decision


class AccountLine(msgspec.Struct, frozen=True, tag_field="is", tag="account"):
    """One account."""

    account: Account


class EntryLine(msgspec.Struct, frozen=True, tag_field="is", tag="entry"):
    """One entry of the log, and its digest in the chain."""

    entry: LogEntry
    digest: str


class End(msgspec.Struct, frozen=True, tag_field="is", tag="end"):
    """What was before it: how many, and the SHA-256 of all lines in hexadecimal."""

    contributions: int
    decisions: int
    accounts: int
    entries: int
    sha256: str


RecordLine = ContributionLine | DecisionLine | AccountLine
Line = Head | ContributionLine | DecisionLine | AccountLine | EntryLine | End
_DECODER = msgspec.json.Decoder(Line)


class Counted:
    """How much there is in a backup, each record once."""

    def __init__(self) -> None:
        self._ids: set[tuple[int, str]] = set()
        self.entries = 0

    def count(self, line: Line) -> None:
        """Count a line."""
        if isinstance(line, EntryLine):
            self.entries += 1
        elif isinstance(line, RecordLine):
            self._ids.add(place_of(kept_in(line)))

    def end(self, sha256: str) -> End:
        """Return the last line."""
        kinds = Counter(rank for rank, _ in self._ids)
        return End(kinds[0], kinds[1], kinds[2], self.entries, sha256)


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

    def _at_first(self) -> Iterator[KeptRecord]:
        for line, _ in _lines(self.path):
            if isinstance(line, EntryLine):
                return
            if isinstance(line, RecordLine):
                yield kept_in(line)


def kept_in(line: RecordLine) -> KeptRecord:
    """Return the record of a line."""
    match line:
        case ContributionLine():
            return Kept(line.contribution, line.once)
        case DecisionLine():
            return line.decision
        case AccountLine():
            return line.account


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
            case ContributionLine() | DecisionLine() | AccountLine() if log:
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
    if line.format != FORMAT:
        raise DamagedBackup(f"{path}: has format {line.format}, made by a newer release")
    return line


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
