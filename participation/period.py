"""Periods of the calendar, as ISO 8601 writes them: ``P2Y``, ``P18M``, ``P90D``."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from participation.window import HOME

PERIOD = re.compile(r"P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,5})D)?")
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A span of the calendar: years and months, then days."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        years, months = divmod(self.months, MONTHS)
        parts = ((years, "Y"), (months, "M"), (self.days, "D"))
        return "P" + "".join(f"{count}{unit}" for count, unit in parts if count)

    def after(self, moment: datetime) -> datetime:
        """Return the moment that is so much later in Europe/Berlin; 31 January + P1M: 28 or 29."""
        local = moment.astimezone(HOME)
        years, month = divmod(local.month - 1 + self.months, MONTHS)
        year = local.year + years
        day = min(local.day, monthrange(year, month + 1)[1])
        there = local.replace(year=year, month=month + 1, day=day)
        return there + timedelta(days=self.days)


def read_period(text: str) -> Period:
    """Read a period of ISO 8601 in years, months and days, such as ``P2Y`` or ``P18M``.

    Raises:
        ValueError: If it is none, or no time at all.
    """
    match = PERIOD.fullmatch(text)
    years, months, days = (int(count or 0) for count in match.groups()) if match else (0, 0, 0)
    if not (years or months or days):
        raise ValueError(f"{text!r} is no period; write P2Y, P18M or P90D")
    return Period(years * MONTHS + months, days)


def is_over(period: Period, since: datetime, now: datetime) -> bool:
    """Say whether a period that began at ``since`` (aware) has ended."""
    return now >= period.after(since)
