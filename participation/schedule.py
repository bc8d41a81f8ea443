"""The schedule: what was, what is and what comes, each date from where it is written."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, as exactly as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, stated: str) -> Self:
        """Read ``2022-10-10``, ``2023-06`` or ``2026``.

        Raises:
            ValueError: If it is none of these, or no such day exists.
        """
        match = PARTIAL_DATE.fullmatch(stated)
        if match is None:
            raise ValueError(f"not a day, month or year: {stated!r}")
        year, month, day = match.groups()
        known = cls(int(year), int(month) if month else None, int(day) if day else None)
        date(known.year, known.month or 1, known.day or 1)  # refuses the 30th of February
        return known

    @property
    def first_day(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that it can mean."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is None:
            return date(self.year, self.month, monthrange(self.year, self.month)[1])
        return self.first_day


class EventKind(StrEnum):
    """What takes place."""

    DATE = "date"
    MEETING = "meeting"
    PUBLICATION = "publication"
    WINDOW = "window"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the schedule.

    It starts on ``starts`` and lasts until ``ends`` (inclusive; without: as long as
    ``starts`` says, or, if ``open_ended``, until further notice). Where the times of day
    are known, ``begins_at`` and ``ends_at`` (aware) name the moments. ``link`` is a page of
    the site, as the pages name each other; ``key`` names the event for good.
    """

    starts: PartialDate
    kind: EventKind
    title: str
    ends: date | None = None
    open_ended: bool = False
    time: str = ""
    place: str = ""
    text: str = ""
    link: str = ""
    key: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    is_cancelled: bool = False

    @property
    def last_day(self) -> date:
        """The last day on which it takes place."""
        if self.open_ended:
            return date.max
        return self.ends or self.starts.last_day


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events seen from one day: over, taking place, and to come, each in order."""

    past: tuple[Event, ...]
    current: tuple[Event, ...]
    coming: tuple[Event, ...]


def timeline(events: Iterable[Event], *, today: date) -> Timeline:
    """Sort the events by their first day and part them, seen from ``today``."""
    ordered = sorted(events, key=lambda event: (event.starts.first_day, event.kind, event.title))
    return Timeline(
        past=tuple(event for event in ordered if event.last_day < today),
        current=tuple(event for event in ordered if _takes_place(event, today)),
        coming=tuple(event for event in ordered if event.starts.first_day > today),
    )


def _takes_place(event: Event, today: date) -> bool:
    return event.starts.first_day <= today <= event.last_day
