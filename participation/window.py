"""The commenting window: when a version takes contributions."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Berlin")  # where a date without a time of day begins and ends

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class WindowState(StrEnum):
    """Where a moment lies, seen from a window."""

    NOT_YET = "not-yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, half open: ``opens <= now < closes``.

    Both ends carry a time zone. A window that closes on the 29th closes at 00:00 of
    the 30th; one without ``closes`` is open until further notice.
    """

    opens: datetime
    closes: datetime | None = None

    def __post_init__(self) -> None:
        for end in (self.opens, self.closes):
            if end is not None and end.tzinfo is None:
                raise ValueError("a window needs time zones at both ends")
        if self.closes is not None and _utc(self.closes) <= _utc(self.opens):
            raise ValueError("a window must close after it opens")

    def state(self, now: datetime) -> WindowState:
        """Say where ``now`` (aware) lies. The only place that compares the two."""
        if _utc(now) < _utc(self.opens):
            return WindowState.NOT_YET
        if self.closes is not None and _utc(now) >= _utc(self.closes):
            return WindowState.CLOSED
        return WindowState.OPEN

    def lasts(self, now: datetime) -> tuple[datetime, datetime]:
        """Return the half-open span around ``now`` (aware) in which the state stays as it is.

        Both ends are in UTC; where the state has no beginning or no end, it is the first or
        the last moment that there is.
        """
        opens = _utc(self.opens)
        closes = LAST if self.closes is None else _utc(self.closes)
        match self.state(now):
            case WindowState.NOT_YET:
                return FIRST, opens
            case WindowState.OPEN:
                return opens, closes
            case _:
                return closes, LAST

    def overlaps(self, other: "Window") -> bool:
        """Say whether some moment lies in both."""
        return _starts_before_end(self, other) and _starts_before_end(other, self)

    def until(self, moment: datetime) -> "Window | None":
        """Return what of it lies before ``moment`` (aware); none if nothing does."""
        if self.state(moment) is WindowState.CLOSED:
            return self
        return replace(self, closes=moment) if _utc(self.opens) < _utc(moment) else None


def opening(stated: date | datetime) -> datetime:
    """Return the moment that an editor's ``opens`` means: a date means its first moment."""
    return stated if isinstance(stated, datetime) else _first_moment(stated)


def closing(stated: date | datetime) -> datetime:
    """Return the moment that an editor's ``closes`` means: a date means the whole day."""
    if isinstance(stated, datetime):
        return stated
    return _first_moment(stated + timedelta(days=1))


def at_home(day: date, clock: time) -> datetime:
    """Return the moment at which clocks in Europe/Berlin show that time on that day."""
    return datetime.combine(day, clock, tzinfo=HOME)


def _first_moment(day: date) -> datetime:
    return at_home(day, time.min)


def _starts_before_end(one: Window, other: Window) -> bool:
    return other.closes is None or _utc(one.opens) < _utc(other.closes)


def _utc(moment: datetime) -> datetime:
    # Two moments of one zone are compared by the face of the clock, which shows the hour
    # between 2 and 3 twice when summer time ends.
    return moment.astimezone(UTC)
