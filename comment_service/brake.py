"""The brake of a document: when more comes in than people write, it is read before it is public."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from participation.caution import PERIOD

PATIENCE = timedelta(seconds=1)  # for which what the store said of a document is believed


class Brake:
    """Knows how much came in on each document, from whomever, through whichever process."""

    def __init__(self, received_since: Callable[[str, datetime], int], at_once: int) -> None:
        """Lean on the store's ``received_since``; ``at_once`` are ordinary within PERIOD."""
        self._received_since = received_since
        self._at_once = at_once
        self._known: dict[str, tuple[datetime, int]] = {}
        self._lock = Lock()

    def count(self, slug: str, now: datetime) -> int:
        """Return how many contributions came in on a document within PERIOD.

        Raises:
            StoreUnavailable: If the store cannot be asked.
        """
        asked_at, known = self._known.get(slug, (None, 0))
        if asked_at is not None and asked_at <= now < asked_at + PATIENCE:
            return known
        counted = self._received_since(slug, now - PERIOD)
        with self._lock:
            self._known[slug] = (now, counted)
        return counted

    def add(self, slug: str) -> None:
        """Count one that was just taken here: the store is not asked anew for it."""
        with self._lock:
            if slug in self._known:
                asked_at, known = self._known[slug]
                self._known[slug] = (asked_at, known + 1)

    def is_on(self, slug: str, now: datetime) -> bool:
        """Say whether the next contribution on a document would wait for a review.

        Raises:
            StoreUnavailable: If the store cannot be asked.
        """
        return self.count(slug, now) >= self._at_once
