"""A rendering: the bytes of a public read, for as long as they are true."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from comment_service.web.content_coding import Coding, encode
from participation.window import FIRST, LAST

# Seconds for which a cache may go on giving an answer while it asks for a newer one. Short: a
# contribution that was hidden has to be gone.
STALE = 10
STALE_SPAN = timedelta(seconds=STALE)


@dataclass(frozen=True, slots=True)
class Span:
    """The half-open span, in UTC, in which no window that is shown opens or closes."""

    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Say whether ``now`` lies in it."""
        return self.since <= now < self.until


FOREVER = Span(FIRST, LAST)  # of what says nothing of windows


@dataclass(frozen=True, slots=True)
class Rendering:
    """A body, its name for caches, and the span in which what it says of windows is true."""

    body: bytes
    span: Span
    media_type: str = "application/json"
    digest: str = field(init=False)
    _coded: dict[Coding, bytes] = field(init=False, default_factory=dict, repr=False)
    _coding: Lock = field(init=False, default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        digest = hashlib.blake2b(self.body, digest_size=16).hexdigest()
        object.__setattr__(self, "digest", digest)
        self._coded[Coding.IDENTITY] = self.body

    def coded(self, coding: Coding) -> bytes:
        """Return the body in a form; it is put into that form once."""
        known = self._coded.get(coding)
        if known is None:
            with self._coding:
                known = self._coded.get(coding)
                if known is None:
                    known = self._coded[coding] = encode(self.body, coding)
        return known

    def etag(self, coding: Coding) -> str:
        """Return the strong name of these bytes in that form, as it stands in the header."""
        return f'"{self.digest}"' if coding is Coding.IDENTITY else f'"{self.digest}-{coding}"'

    def headers(self, coding: Coding, now: datetime) -> list[tuple[str, str]]:
        """Return what an answer at the moment ``now`` says of the body in that form."""
        coded = [] if coding is Coding.IDENTITY else [("Content-Encoding", coding.value)]
        return [
            ("Content-Type", self.media_type),
            *coded,
            ("ETag", self.etag(coding)),
            ("Cache-Control", self.cache_control(now)),
        ]

    def cache_control(self, now: datetime) -> str:
        """Return how long it may be kept: never beyond the next opening or close of a window."""
        left = self.span.until - now
        seconds = STALE if left >= STALE_SPAN else max(0, left // timedelta(seconds=1))
        return f"public, max-age=0, stale-while-revalidate={seconds}"

    def size(self) -> int:
        """Return how many bytes it takes in all its forms."""
        return sum(len(body) for body in list(self._coded.values()))
