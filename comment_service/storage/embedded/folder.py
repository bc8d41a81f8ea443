"""The folder of a store: who reads follows the journal, who writes takes a turn and appends."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from comment_service.storage.embedded.faults import FAULTS, named
from comment_service.storage.embedded.group_commit import GroupCommit, Wish
from comment_service.storage.embedded.journal_file import JournalFile
from comment_service.storage.embedded.new_journal import NewJournal
from comment_service.storage.embedded.old_format import payloads_of_format_1, payloads_of_older
from comment_service.storage.embedded.recovery import settled_end
from comment_service.storage.embedded.tables import Transaction
from comment_service.storage.embedded.turns import Position, Turns, position_of
from comment_service.storage.embedded.view import View
from comment_service.storage.files import make_folder
from participation.faults import StoreUnavailable

R = TypeVar("R")

READINGS = 9  # before a turn, if there is a lot to read each time

PATIENCE = 10.0  # seconds; a write takes milliseconds, so something hangs by then

JOURNAL = "contributions.journal"
JSON = "contributions.json"  # format 1, or what plain TinyDB can read of the journal
FORMAT_1 = "contributions.format-1.json"
ROOM = 1 << 16  # bytes; four times the longest record of one contribution


class Folder:
    """One journal, its lock, and what this process knows of it."""

    def __init__(self, path: Path, patience: float) -> None:
        """Touch nothing yet: an unusable folder must not keep the service from starting."""
        self.path = path
        self.journal = path / JOURNAL
        self._patience = patience
        self.forget()

    def forget(self) -> None:
        """Let go of all that is open and known; the next one who asks begins anew."""
        self._process = os.getpid()
        self._turns = Turns(self.path, self._patience)
        self._group: GroupCommit[Transaction] = GroupCommit(self._commit)
        self._applying = RLock()  # taken inside a turn, never the other way round
        self._view: View | None = None
        self._is_settled = False

    def view(self) -> View | None:
        """Return all that is safe at this moment; None if nothing was ever written.

        Raises:
            StoreUnavailable: If it cannot be read.
        """
        try:
            self._begin_anew_after_a_fork()
            mark, view = self._turns.mark(), self._view
            return view if view is not None and view.mark == mark else self._caught_up(mark)
        except FAULTS as error:
            raise named(error) from error

    def transact(self, work: Callable[[Transaction], R]) -> R:
        """Carry out one transaction, together with others that wait, and return its result.

        Raises:
            StoreUnavailable: If it could not be written; nothing is changed then, as far as
                anybody can tell.
        """
        self._begin_anew_after_a_fork()
        return self._group.carry_out(work)

    @contextmanager
    def turn(self) -> Iterator[View]:
        """Keep all others from writing, and yield all that was written."""
        try:
            for last in (False,) * READINGS + (True,):
                view = self._known()
                with self._turns.taken():
                    # A journal that was exchanged is read before others have to wait for that.
                    mark = self._turns.mark()
                    if last or view is None or view.lags_little(mark):
                        yield self._settled(mark) or self._created()
                        return
        except FAULTS as error:
            raise named(error) from error

    def exchange(self, view: View) -> None:
        """Go on with another journal that has taken its place; a turn is held."""
        with self._applying:
            view.mark = self._turns.move(view.position)
            self._view = view

    def rehearse(self) -> None:
        """Go through what a write needs."""
        with self.turn() as view:
            view.file.reserve(view.end, ROOM)

    def _known(self) -> View | None:
        view = self.view()
        if view is None:
            make_folder(self.path)
        return view

    def _begin_anew_after_a_fork(self) -> None:
        if self._process != os.getpid():  # a lock that two processes hold keeps nobody out
            self.forget()

    def _caught_up(self, mark: bytes) -> View | None:
        position = position_of(mark)
        with self._applying:
            view = self._followed(position)
            if view is not None and self._is_settled and not view.is_old:
                view.mark = mark
                return view
        if position is None and self._is_nothing_there():
            return None
        with self._turns.taken():
            return self._settled(self._turns.mark())

    def _is_nothing_there(self) -> bool:
        if self.path.exists() and not self.path.is_dir():
            raise StoreUnavailable(f"{self.path} is a file; name a folder")
        return not self.journal.exists() and not (self.path / JSON).exists()

    def _followed(self, position: Position | None) -> View | None:
        """Follow the journal up to a position; None if it is not one in the file that is there."""
        if position is None:
            return None
        view = self._view
        if view is None or not view.is_of(position):
            view = self._opened()
        if view is None or not view.is_of(position):
            return None
        view.follow(max(position.end, view.end))
        self._view = view
        return view

    def _opened(self) -> View | None:
        try:
            return View(JournalFile(self.journal))
        except FileNotFoundError:
            return None

    def _settled(self, mark: bytes) -> View | None:
        """Return all that was written, made whole and safe; a turn is held."""
        view = self._view
        if view is not None and not view.file.is_in_place:
            view = self._view = None
        if view is not None and self._is_settled and view.is_whole_at(mark):
            return view
        with self._applying:
            return self._made_whole(mark)

    def _made_whole(self, mark: bytes) -> View | None:
        position = position_of(mark)
        view = self._followed(position) or self._opened()
        if view is None:
            return self._never_written(position)
        view.follow(settled_end(view.file, view.end))
        if view.is_old:
            return self._written_anew(payloads_of_older(view))
        moved = position != view.position
        view.mark = self._turns.move(view.position) if moved else mark
        self._view, self._is_settled = view, True
        return view

    def _never_written(self, position: Position | None) -> View | None:
        if position is not None:
            raise StoreUnavailable(
                f"{self.journal} is gone; restore the folder from a backup, or delete all of it "
                "to begin anew"
            )
        return self._created() if (self.path / JSON).exists() else None

    def _created(self) -> View:
        """Make the journal, with what a file of format 1 holds; a turn is held."""
        old = self.path / JSON
        view = self._written_anew(payloads_of_format_1(old) if old.exists() else [])
        if old.exists():
            old.replace(self.path / FORMAT_1)
        return view

    def _written_anew(self, payloads: Iterable[bytes]) -> View:
        with NewJournal(self.journal) as new:
            for payload in payloads:
                new.put(payload)
            view = new.take_place()
        self.exchange(view)
        self._is_settled = True
        return view

    def _commit(self, wishes: Sequence[Wish[Transaction]]) -> None:
        try:
            with self.turn() as view:
                self._write(view, wishes)
        except StoreUnavailable as fault:
            for wish in wishes:  # each its own: the traceback belongs to one thread
                wish.error = StoreUnavailable(str(fault))

    def _write(self, view: View, wishes: Sequence[Wish[Transaction]]) -> None:
        group, payloads = view.transaction(), []
        for wish in wishes:
            part = group.nested() if len(wishes) > 1 else group
            try:
                wish.result = wish.work(part)
            except Exception as error:  # noqa: BLE001  # handed to the thread whose wish it was
                wish.error = named(error)
                continue
            if part.put:
                payloads.append(part.payload())
                if part is not group:
                    group.write(part.put)
        if payloads:
            self._append(view, payloads)

    def _append(self, view: View, payloads: list[bytes]) -> None:
        records = view.file.framed(view.end, payloads)
        try:
            view.file.append(records)
        except OSError:
            view.file.cut(view.end)
            raise
        try:
            view.file.sync()
        except OSError:
            # Nobody knows what is on the disk now: begin anew with what can be read there.
            self._view, self._is_settled = None, False
            view.file.cut(view.end)
            raise
        with self._applying:
            for record in records:
                view.take_in(record)
            view.mark = self._turns.move(view.position)
