"""The embedded store: TinyDB in one folder of one machine, safe with threads and processes.

The folder holds ``contributions.json``, ``secret`` and ``lock``. Writers take turns by the lock;
readers need none, since a file is only ever replaced whole.
"""

import os
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
from filelock import FileLock, Timeout
from tinydb import where
from tinydb.storages import Storage
from tinydb.table import Document, Table

from comment_service.storage.files import (
    Signature,
    make_folder,
    rehearse,
    replace,
    signature,
)
from comment_service.storage.parts import parts
from comment_service.storage.protocol import (
    DuplicateContribution,
    Kept,
    Once,
    Stock,
    StoreInUse,
)
from participation.contribution import Contribution
from participation.faults import StoreUnavailable
from participation.log_entry import LogEntry
from participation.paragraph import ParagraphRef
from participation.refusals import ChangedMeanwhile, IdempotencyKeyReused, UnknownContribution

SECRET_LENGTH = 32  # bytes
LOCK_PATIENCE = 10.0  # seconds; a write takes milliseconds, so something hangs by then
LOCK_POLL = 0.005  # seconds

Tables = dict[str, dict[str, dict[str, Any]]]  # name of a table → id → row


class WholeFile(Storage):
    """TinyDB's storage on one JSON file that is replaced whole and read only when it changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[Signature, Tables] | None = None  # replaced whole: threads share it

    def read(self) -> Tables | None:
        """Return the tables, for the caller to put others in their place; None: no file yet."""
        try:
            file = self._path.open("rb")
        except FileNotFoundError:
            if self._known is not None:  # it was there: what is lost must not look like empty
                raise
            return None
        with file:
            stamp = signature(os.fstat(file.fileno()))
            if self._known is None or self._known[0] != stamp:
                self._known = (stamp, msgspec.json.decode(file.read(), type=Tables))
        return dict(self._known[1])

    def write(self, data: Tables) -> None:
        """Replace the file."""
        stamp = replace(self._path, msgspec.json.encode(data))
        self._known = (stamp, data)

    def state(self) -> str:
        """Return a mark of the file: another one after every write."""
        return "-".join(map(str, signature(self._path.stat()))) if self._path.exists() else "0"

    def rehearse(self) -> None:
        """Do all that a write does, but leave the file as it is."""
        rehearse(self._path, msgspec.json.encode(self.read() or {}))


class Rows(Table):
    """A table whose rows bear the ids of their contributions.

    TinyDB's own ids count up in the memory of each process, so that two processes would
    overwrite each other's rows.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB's type says int, its code does not care


class EmbeddedStore:
    """Keeps contributions in a folder; see ``ContributionStore`` for the promises."""

    def __init__(self, folder: Path, *, patience: float = LOCK_PATIENCE) -> None:
        """Touch nothing yet: an unusable folder must not keep the service from starting."""
        self._folder = folder
        self._turns = Lock()  # between threads; the file lock is between processes
        self._lock = FileLock(
            folder / "lock",
            timeout=patience,
            poll_interval=LOCK_POLL,
            thread_local=False,
            fallback_to_soft=False,
        )
        self._file = WholeFile(folder / "contributions.json")
        # The cache of queries would not see what other processes write.
        self._rows = Rows(self._file, "contributions", cache_size=0)

    def add(self, contribution: Contribution, *, once: Once | None = None) -> Contribution:
        """Keep a new contribution and return it; it lies on the disk then."""
        with self._writing():
            first = self._taken(once) if once else None
            if first is not None:
                return first
            if self._rows.contains(doc_id=contribution.id):  # type: ignore[arg-type]  # see Rows
                raise DuplicateContribution(contribution.id)
            self._rows.insert(_row(contribution, once))
            return contribution

    def taken(self, once: Once) -> Contribution | None:
        """Return what was taken when ``once`` was carried out, if it was."""
        with _faults_named():
            return self._taken(once)

    def get(self, contribution_id: str) -> Contribution:
        """Return one contribution, whatever its status."""
        with _faults_named():
            row = self._rows.get(doc_id=contribution_id)  # type: ignore[call-overload]  # see Rows
            if row is None:
                raise UnknownContribution(contribution_id)
            return _contribution(row)

    def of_document(self, slug: str) -> list[Contribution]:
        """Return all contributions on a document, oldest first, ties by id."""
        with _faults_named():
            found = map(_contribution, self._rows.search(where("ref")["document"] == slug))
            return sorted(found, key=lambda entry: (entry.received_at, entry.id))

    def on_paragraphs(self, refs: Collection[ParagraphRef]) -> list[Contribution]:
        """Return all contributions on these paragraphs, oldest first, ties by id."""
        wanted = set(refs)
        with _faults_named():
            found = map(_contribution, self._rows.all())
            on_them = (entry for entry in found if entry.ref in wanted)
            return sorted(on_them, key=lambda entry: (entry.received_at, entry.id))

    def change(self, seen: Contribution, changed: Contribution, entry: LogEntry) -> None:
        """Put ``changed`` in the place of ``seen`` and append ``entry`` to the log."""
        with self._writing():
            row = self._rows.get(doc_id=seen.id)  # type: ignore[call-overload]  # see Rows
            if row is None:
                raise UnknownContribution(seen.id)
            if _contribution(row) != seen:
                raise ChangedMeanwhile(seen.id)
            self._write({seen.id: _row(changed, _kept(row).once)}, [entry])

    def log(self) -> list[LogEntry]:
        """Return all log entries in the order in which they were appended."""
        with _faults_named():
            rows = (self._file.read() or {}).get("log", {})
            return [msgspec.convert(row, LogEntry) for row in rows.values()]

    def state(self, slug: str) -> str:  # noqa: ARG002  # one file holds all documents
        """Return which state of the file this is."""
        with _faults_named():
            return self._file.state()

    def stock(self) -> Iterator[Stock]:
        """Return all that is kept in parts."""
        with _faults_named():
            rows = (self._file.read() or {}).get("contributions", {})
            everything = [_kept(rows[contribution_id]) for contribution_id in sorted(rows)]
        yield from parts(everything, self.log())

    def take_over(self, part: Stock) -> None:
        """Keep what another store kept, as it is."""
        with self._writing():
            new = [kept for kept in part.contributions if not self._has(kept)]
            rows = {kept.contribution.id: _row(kept.contribution, kept.once) for kept in new}
            self._write(rows, part.log)

    def adopt(self, secret: bytes) -> None:
        """Make another store's secret one's own."""
        path = self._folder / "secret"
        with self._writing():
            same = path.exists() and _whole_secret(path) == secret
            if not same and any((self._file.read() or {}).values()):
                raise StoreInUse(f"{self._folder} keeps contributions under another secret")
            if not same:
                replace(path, secret)

    def secret(self) -> bytes:
        """Return the content of the file ``secret``, made when it is first asked for."""
        path = self._folder / "secret"
        with _faults_named():
            if path.exists():
                return _whole_secret(path)
        with self._writing():
            if not path.exists():  # another process may have been first
                replace(path, secrets.token_bytes(SECRET_LENGTH))
            return _whole_secret(path)

    def check(self) -> None:
        """Rehearse a write."""
        with self._writing():
            self._file.rehearse()

    def close(self) -> None:
        """Hold nothing open between two calls, so let go of nothing."""

    def _taken(self, once: Once) -> Contribution | None:
        row = self._rows.get(where("once")["key"] == once.key)
        if row is None:
            return None
        if row["once"] != msgspec.to_builtins(once):
            raise IdempotencyKeyReused
        return _contribution(row)

    def _has(self, kept: Kept) -> bool:
        known = self._rows.get(doc_id=kept.contribution.id)  # type: ignore[call-overload]  # see Rows
        of_key = self._rows.get(where("once")["key"] == kept.once.key) if kept.once else None
        if any(row is not None and _kept(row) != kept for row in (known, of_key)):
            raise DuplicateContribution(kept.contribution.id)
        return known is not None

    def _write(self, rows: dict[str, Document], entries: Sequence[LogEntry]) -> None:
        tables = self._file.read() or {}
        contributions = tables.get("contributions", {}) | {
            contribution_id: dict(row) for contribution_id, row in rows.items()
        }
        log = dict(tables.get("log", {}))
        for entry in entries:
            log.setdefault(entry.id, msgspec.to_builtins(entry))
        self._file.write({"contributions": contributions, "log": log})

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _faults_named(), self._turns:
            make_folder(self._folder)
            with self._lock:
                yield


@contextmanager
def _faults_named() -> Iterator[None]:
    try:
        yield
    except Timeout as error:
        raise StoreUnavailable(f"{error.lock_file} is held by another process") from error
    except OSError as error:
        raise StoreUnavailable(f"{error.filename or 'the store'}: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StoreUnavailable(f"contributions.json is damaged: {error}") from error


def _whole_secret(path: Path) -> bytes:
    content = path.read_bytes()
    if len(content) != SECRET_LENGTH:  # an empty one would make every receipt code guessable
        raise StoreUnavailable(f"{path} is damaged: it has {len(content)} bytes")
    return content


def _row(contribution: Contribution, once: Once | None) -> Document:
    row = msgspec.to_builtins(contribution) | {"once": msgspec.to_builtins(once)}
    return Document(row, doc_id=contribution.id)  # type: ignore[arg-type]  # see Rows


def _kept(row: dict[str, Any]) -> Kept:
    return Kept(_contribution(row), msgspec.convert(row["once"], Once | None))


def _contribution(row: dict[str, Any]) -> Contribution:
    return msgspec.convert(row, Contribution)
