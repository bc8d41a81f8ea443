"""The catalogue as it is published on another machine: asked for again and again, never for long.

What is known is believed for a while if there is no answer, since a web server may be
restarted. Then nothing is taken any more: a window may have been closed in between.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from comment_service.fetching import LONGEST, NotReached, NotThere, fetch
from comment_service.published import read_content
from participation.catalogue import Catalogue
from participation.faults import UnreadableCatalogue

ASKED_AGAIN = timedelta(seconds=10)  # so long until a new catalogue is noticed
BELIEVED = timedelta(seconds=60)  # so long may a window seem open that was closed before its time
TRIED_AGAIN = timedelta(seconds=2)  # so that not every request waits for a server that is down

log = logging.getLogger("comment_service")


@dataclass(frozen=True, slots=True)
class Known:
    """The catalogue that was read last, when its server last vouched for it, when it was asked."""

    catalogue: Catalogue
    etag: str | None
    confirmed_at: datetime
    asked_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Say whether the server need not be asked."""
        return self.is_believed(now) and _within(ASKED_AGAIN, self.asked_at, now)

    def is_believed(self, now: datetime) -> bool:
        """Say whether it is good even if there is no answer."""
        return _within(BELIEVED, self.confirmed_at, now)


class PublishedElsewhere:
    """Hands out the catalogue that lies behind an address."""

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self._url, self._clock = url, clock
        self._place = url.partition("?")[0]  # what may be logged: a query may hold a secret
        self._turn = Lock()  # one thread asks for all
        self._known: Known | None = None  # replaced whole: threads share it
        self._failed: tuple[datetime, UnreadableCatalogue] | None = None

    def __call__(self) -> Catalogue:
        """Return the catalogue as published at this moment, or a few seconds ago.

        Raises:
            UnreadableCatalogue: If it is not there, broken, of another format, or if its server
                has not been reached for BELIEVED.
        """
        now, known = self._clock(), self._known
        if known is not None and known.is_fresh(now):
            return known.catalogue
        may_wait = known is None or not known.is_believed(now)
        if not self._turn.acquire(timeout=LONGEST if may_wait else 0):
            return self._meanwhile(known, now)
        try:
            return self._current(self._clock())
        finally:
            self._turn.release()

    def _meanwhile(self, known: Known | None, now: datetime) -> Catalogue:
        if known is None or not known.is_believed(now):
            raise UnreadableCatalogue(f"{self._place}: no answer for {LONGEST:g} seconds")
        return known.catalogue

    def _current(self, now: datetime) -> Catalogue:
        known = self._known
        if known is not None and known.is_fresh(now):
            return known.catalogue  # another thread has asked
        if self._failed is not None and _within(TRIED_AGAIN, self._failed[0], now):
            raise self._failed[1]
        try:
            self._known = self._ask(known, now)
        except UnreadableCatalogue as fault:
            self._known, self._failed = None, (now, fault)
            raise
        return self._known.catalogue

    def _ask(self, known: Known | None, now: datetime) -> Known:
        try:
            fetched = fetch(self._url, known.etag if known else None)
            if known is not None and fetched.content is None:
                return replace(known, confirmed_at=now, asked_at=now)
            catalogue = read_content(fetched.content or b"", self._place)
            return Known(catalogue, fetched.etag, confirmed_at=now, asked_at=now)
        except NotThere as error:
            raise UnreadableCatalogue(f"{self._place}: {error}") from error
        except NotReached as error:
            return self._unconfirmed(known, now, error)

    def _unconfirmed(self, known: Known | None, now: datetime, error: NotReached) -> Known:
        if known is None or not known.is_believed(now):
            raise UnreadableCatalogue(f"{self._place}: not reached: {error}") from error
        log.warning("catalogue-not-reached", extra={"reason": str(error)})
        return replace(known, asked_at=now)


def _within(span: timedelta, since: datetime, now: datetime) -> bool:
    # A clock that was put back proves nothing.
    return since <= now < since + span
