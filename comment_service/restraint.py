"""How often one address may ask for what is no contribution, but not free of charge either."""

from datetime import datetime
from enum import Enum

from comment_service.counts import Counts
from participation.caution import PERIOD


class Asked(Enum):
    """What is asked for; the value is how often one address may within PERIOD.

    A whole town hall may share an address, and behind a web server that is not told of
    (RANDNOTIZ_PROXIES) a whole town does.
    """

    WRONG_RECEIPT = 100
    BROWSER_TOKEN = 200
    SUPPORT = 1000
    CHALLENGE = 6000


class Restraint:
    """Counts requests by address; where nothing is to be counted, everything is allowed."""

    def __init__(self, *, is_on: bool) -> None:
        self._is_on = is_on
        self._counts = {asked: Counts(PERIOD) for asked in Asked}

    def allow(self, asked: Asked, address: str, now: datetime) -> None:
        """Let a request pass.

        Raises:
            TooMany: If there were too many just before.
        """
        if self._is_on:
            self._counts[asked].allow(address, now, asked.value)

    def count(self, asked: Asked, address: str, now: datetime) -> None:
        """Count a request."""
        if self._is_on:
            self._counts[asked].add(address, now)
