"""What may be used once, and was: remembered until it could not be used any more anyway."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

MOST = 100_000  # that are remembered; beyond, nothing more is taken for new


class Spent:
    """Remembers what was used, in the order in which it came."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, datetime] = OrderedDict()
        self._lock = Lock()

    def take(self, what: str, until: datetime, now: datetime) -> bool:
        """Use something up that is good up to ``until``; say whether it was still unused."""
        with self._lock:
            while self._until and next(iter(self._until.values())) <= now:
                self._until.popitem(last=False)
            if what in self._until or len(self._until) >= MOST:
                return False
            self._until[what] = until
            return True

    def give_back(self, what: str) -> None:
        """Let something be used again: it was of no use."""
        with self._lock:
            self._until.pop(what, None)
