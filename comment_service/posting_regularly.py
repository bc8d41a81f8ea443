"""The thread that sends letters, again and again, while the service answers requests."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from comment_service.posting import Posting
from participation.faults import Fault

PAUSE = 15.0  # seconds between two rounds; a letter that was asked for here begins one at once

log = logging.getLogger("comment_service")


class PostingRegularly:
    """Looks for letters that are due until it is stopped; no trouble ends it."""

    def __init__(self, posting: Callable[[], Posting], awake: Event) -> None:
        """Begin nothing yet; who sets ``awake`` need not wait for the next round."""
        self._posting = posting
        self._awake = awake
        self._is_stopped = False
        self._told: str | None = None  # the trouble that was told last
        self._thread = Thread(target=self._keep, name="mail", daemon=True)

    def start(self) -> None:
        """Begin, with a first round at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round that is under way."""
        self._is_stopped = True
        self._awake.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._is_stopped:
            self._awake.clear()
            self._round()
            if not self._is_stopped:
                self._awake.wait(PAUSE)

    def _round(self) -> None:
        try:
            self._posting().round()
            self._told = None
        except Fault as error:
            self._tell(error)
        except Exception as error:  # noqa: BLE001  # a mistake of ours must not end the thread
            self._tell(error, exc_info=error)

    def _tell(self, error: Exception, *, exc_info: Exception | None = None) -> None:
        if self._told != str(error):  # once, not with every round
            self._told = str(error)
            log.error("mail", extra={"reason": self._told}, exc_info=exc_info)
