"""Compactions that nobody asked for, in the background, and what they leave beside the journal."""

import logging
from functools import partial
from threading import Thread

from comment_service.storage.embedded.compaction import (
    CompactionRuns,
    Progress,
    compact,
    in_silence,
    pays,
)
from comment_service.storage.embedded.export import export
from comment_service.storage.embedded.faults import faults_named
from comment_service.storage.embedded.folder import FORMAT_1, JSON, Folder
from participation.faults import StoreUnavailable

log = logging.getLogger(__name__)


class Housekeeping:
    """Looks after one folder."""

    def __init__(self, folder: Folder, waste: int) -> None:
        """Take a folder, and how many bytes of its journal may be waste before it is compacted."""
        self._folder = folder
        self._waste = waste
        self._running: Thread | None = None
        self._is_queued = (
            False  # behind one that runs: it sees all that was written before it began
        )

    def begin_if_it_pays(self) -> None:
        """Begin to compact if there is too much waste, or something has to be forgotten."""
        view, before = self._folder.view(), self._running
        if view is None or self._is_queued or not pays(view, self._waste):
            return
        runs = before is not None and before.is_alive()
        if not runs or view.index.must_forget:  # the one that runs may have begun too early
            self._is_queued = True
            work = partial(self._compact_unasked, before)
            self._running = Thread(target=work, name="compaction", daemon=True)
            self._running.start()

    def wait(self) -> None:
        """Wait for what was begun."""
        if self._running is not None:
            self._running.join()

    def compact(self, progress: Progress, *, export_anyway: bool) -> None:
        """Write the journal anew, and what plain TinyDB reads if it was there, or anyway."""
        before, copy = self._folder.view(), self._folder.path / JSON
        exports = export_anyway or copy.exists()
        with faults_named():
            if before is not None and before.index.must_forget:
                # What is to be gone stands in the copies, too; first, since they are not missed if
                # the process dies before they are written anew.
                for old in (copy, self._folder.path / FORMAT_1):
                    old.unlink(missing_ok=True)
            compact(self._folder, progress)
            view = self._folder.view()
            if view is not None and (export_anyway or (exports and not copy.exists())):
                export(view, copy)

    def _compact_unasked(self, before: Thread | None) -> None:
        if before is not None:
            before.join()
        self._is_queued = False
        try:
            view = self._folder.view()
            if view is not None and pays(view, self._waste):
                self.compact(in_silence, export_anyway=False)
        except CompactionRuns:
            pass  # another process noticed it too
        except StoreUnavailable as fault:  # the journal is as it was, only longer than it need be
            log.warning("compaction-failed", extra={"why": str(fault)})
