"""Compaction: a new journal of what is still needed, written aside while others go on writing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from comment_service.storage.embedded.faults import faults_named
from comment_service.storage.embedded.folder import Folder
from comment_service.storage.embedded.lock_file import Held, LockFile, give_back
from comment_service.storage.embedded.new_journal import NewJournal
from comment_service.storage.embedded.payload import payload_of
from comment_service.storage.embedded.view import View
from comment_service.storage.files import make_folder
from participation.faults import StoreUnavailable

SMALL = 1 << 16  # bytes that may be left to copy while writers wait
ROUNDS = 8  # of copying what came meanwhile; if that is never little, writers wait for more

Progress = Callable[[int, int], None]  # rows done, rows in all


def in_silence(_done: int, _all: int) -> None:
    """Tell nobody of the progress."""


class CompactionRuns(StoreUnavailable):
    """Somebody else is at it."""


def pays(view: View, floor: int) -> bool:
    """Say whether more than half of the journal, and more than ``floor`` bytes, is waste.

    It always pays if something has to be forgotten.
    """
    return view.index.must_forget or view.waste > max(floor, view.index.live)


def compact(folder: Folder, progress: Progress) -> None:
    """Write the journal anew without what is no longer needed.

    Raises:
        CompactionRuns: If somebody else is at it.
        StoreUnavailable: If it failed; the journal is as it was then.
    """
    with faults_named(), _alone(folder.path):
        with folder.turn() as view:
            places = {name: list(table.values()) for name, table in view.index.tables.items()}
            total, copied = sum(map(len, places.values())), view.end
        with NewJournal(folder.journal) as new:
            for done, payload in enumerate(_payloads(view, places)):
                progress(done, total)
                new.put(payload)
            copied = _catch_up(folder, view, new, copied)
            with folder.turn() as now:
                _copy(_still(view, now), new, copied)
                folder.exchange(new.take_place())
        progress(total, total)


def _payloads(view: View, places: Mapping[str, list[int]]) -> Iterator[bytes]:
    for name, table in places.items():
        yield from (payload_of(**{name: [view.content(place)]}) for place in table)


def _catch_up(folder: Folder, view: View, new: NewJournal, copied: int) -> int:
    """Copy what came meanwhile until little is left, and return up to where."""
    for _ in range(ROUNDS):
        now = folder.view()
        if now is None or now.end - copied < SMALL:
            break
        copied = _copy(_still(view, now), new, copied)
    new.sync()  # most of it before writers have to wait
    return copied


def _copy(view: View, new: NewJournal, copied: int) -> int:
    for record in view.file.records(copied, view.end):
        new.put(record.payload)
        copied = record.end
    return copied


def _still(view: View, now: View) -> View:
    if not view.is_of(now.position):
        raise StoreUnavailable(f"{view.file.path} was exchanged meanwhile; compact again")
    return now


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    make_folder(path)
    try:
        file = LockFile(path / "compacting").take(patience=0)
    except Held:
        raise CompactionRuns(
            f"{path} is being compacted already; wait until that is done"
        ) from None
    try:
        yield
    finally:
        give_back(file)
