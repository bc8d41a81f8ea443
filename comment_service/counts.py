"""How much came from one place within a span of time: counted in memory, never stored."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from comment_service.daily_digests import DailyDigests
from participation.refusals import TooMany

PLACES = 10_000  # that are remembered; those heard of longest ago are forgotten first
HOME_NETWORK = 64  # bits of an IPv6 address that one household shares, and one machine changes


class Counts:
    """Counts what came from where; a place is known by its digest of the day only."""

    def __init__(self, span: timedelta) -> None:
        self._span = span
        self._moments: OrderedDict[bytes, deque[datetime]] = OrderedDict()
        self._digest = DailyDigests(self._moments.clear)
        self._lock = Lock()

    def count(self, address: str, now: datetime) -> int:
        """Return how much came from there within the span up to ``now``."""
        with self._lock:
            return len(self._recent(address, now))

    def add(self, address: str, now: datetime) -> None:
        """Count one more."""
        with self._lock:
            recent = self._recent(address, now)
            recent.append(now)
            digest = self._digest(_place(address), now)
            self._moments[digest] = recent
            self._moments.move_to_end(digest)
            if len(self._moments) > PLACES:
                self._moments.popitem(last=False)

    def allow(self, address: str, now: datetime, most: int) -> None:
        """Let one more come from there.

        Raises:
            TooMany: If ``most`` came within the span already.
        """
        with self._lock:
            recent = self._recent(address, now)
            if len(recent) >= most:
                raise TooMany(recent[-most] + self._span)

    def _recent(self, address: str, now: datetime) -> deque[datetime]:
        recent = self._moments.get(self._digest(_place(address), now), deque())
        while recent and recent[0] <= now - self._span:
            recent.popleft()
        return recent


def _place(address: str) -> str:
    """Return what of an address stays the same, whichever of its own the sender takes."""
    if ":" not in address:
        return address
    # Most senders have no such address: only for them does an answer wait for this import.
    from ipaddress import IPv6Address, ip_network  # noqa: PLC0415

    bare = address.strip("[]")
    try:
        mapped = IPv6Address(bare).ipv4_mapped
    except ValueError:  # some web servers in front add the port
        return _place(bare.rpartition(":")[0])
    if mapped is not None:
        return str(mapped)
    return str(ip_network((IPv6Address(bare), HOME_NETWORK), strict=False))
