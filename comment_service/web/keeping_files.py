"""The thread that keeps the public files up to date: one in all processes of a service."""

import logging
import time
from pathlib import Path
from threading import Event, Thread

from filelock import FileLock, Timeout

from comment_service.web.public_files import PublicFiles
from participation.faults import Fault

# Seconds between two looks. What changes in between is written once; a window that closes is told
# that much late at most.
PAUSE = 0.4
SHARE = 4  # where many write, at least that many times as long is rested as was worked

log = logging.getLogger("comment_service")


class KeepingFiles:
    """Looks again and again whether something is to be written, if no other process does."""

    def __init__(self, folder: Path, files: PublicFiles) -> None:
        self._files = files
        self._folder = folder
        self._lock = FileLock(folder / ".lock", timeout=0, thread_local=False, mode=0o644)
        self._stopped = Event()
        self._told: str | None = None  # the trouble that was told last
        self._thread = Thread(target=self._keep, name="public-files", daemon=True)

    def start(self) -> None:
        """Begin, with a first look at once."""
        self._thread.start()

    def stop(self) -> None:
        """Look once more, and end."""
        self._stopped.set()
        self._thread.join()
        self._lock.release(force=True)

    def _keep(self) -> None:
        rest = 0.0
        while not self._stopped.wait(rest):
            rest = self.look()
        self.look()

    def look(self) -> float:
        """Write what is to be written; return for how long to rest."""
        began = time.perf_counter()
        try:
            self._folder.mkdir(0o755, parents=True, exist_ok=True)
            if not self._lock.is_locked:
                self._lock.acquire()
            self._files.write()
            self._told = None
        except Timeout:  # another process keeps them
            return PAUSE
        except (Fault, OSError) as error:
            self._tell(error)
        except Exception as error:  # noqa: BLE001  # a mistake of ours must not end the thread
            self._tell(error, exc_info=error)
        return max(PAUSE, SHARE * (time.perf_counter() - began))

    def _tell(self, error: Exception, *, exc_info: Exception | None = None) -> None:
        if self._told != str(error):  # once, not with every look
            self._told = str(error)
            log.error("public-files", extra={"reason": self._told}, exc_info=exc_info)
