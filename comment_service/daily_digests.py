"""Digests of addresses under a key that is made anew each day and never kept.

No address can be read from them, and nothing of them outlives the process.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import date, datetime


class DailyDigests:
    """Makes digests; ``forget`` is called when those of the day before mean nothing any more."""

    def __init__(self, forget: Callable[[], None]) -> None:
        self._forget = forget
        self._day = date.min
        self._key = b""

    def __call__(self, whose: str, now: datetime) -> bytes:
        """Return the digest of an address or name on the day of ``now``."""
        if now.date() != self._day:
            self._day, self._key = now.date(), secrets.token_bytes(32)
            self._forget()
        return hmac.digest(self._key, whose.encode("utf-8", "backslashreplace"), hashlib.sha256)
