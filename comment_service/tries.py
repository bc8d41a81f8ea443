"""Wrong tries to sign in from one address, or with a name that nobody has: counted in memory."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from comment_service.daily_digests import DailyDigests
from participation.back_off import wait_after
from participation.refusals import TooManyTries

MOST = 10_000  # that are remembered; the oldest are forgotten first


class Tries:
    """Counts wrong tries in a row, and refuses further ones for a while."""

    def __init__(self) -> None:
        self._failures: OrderedDict[bytes, tuple[int, datetime | None]] = OrderedDict()
        self._digest = DailyDigests(self._failures.clear)
        self._lock = Lock()

    def allow(self, whose: str, now: datetime) -> None:
        """Let a try pass.

        Raises:
            TooManyTries: If there were too many just before.
        """
        with self._lock:
            _, next_try_at = self._failures.get(self._digest(whose, now), (0, None))
        if next_try_at is not None and now < next_try_at:
            raise TooManyTries(next_try_at)

    def count(self, whose: str, now: datetime, *, free: int) -> None:
        """Count a wrong try; after ``free`` of them there is a wait."""
        with self._lock:
            digest = self._digest(whose, now)
            failures = self._failures.pop(digest, (0, None))[0] + 1
            wait = wait_after(failures, free=free)
            self._failures[digest] = (failures, None if wait is None else now + wait)
            if len(self._failures) > MOST:
                self._failures.popitem(last=False)

    def forget(self, whose: str, now: datetime) -> None:
        """Begin to count anew: a try was right."""
        with self._lock:
            self._failures.pop(self._digest(whose, now), None)
