"""What a window says of itself, in words.

The script of the reader's page tells the same by the same rule; both must pass
``tests/data/window_words.json``. The rule, all of it in Europe/Berlin:

1. The *end* of a window is a day and a time. A window that closes at 00:00 ends on the day
   before, at "24 Uhr"; any other ends on its day, at "18:00 Uhr". So for its start, but a
   start at 00:00 bears no time.
2. A day is written "Freitag, 29. März", with the year only if it is not the current one;
   the current day is "heute".
3. Not yet open: "ab" the start. Closed: "seit" the end.
4. Open without an end: "bis auf Weiteres". Else what is left, then "bis" the end. What is
   left are the calendar days from today to the day of the end; on that day itself the full
   hours that really pass (a change of the clocks counts) or, within the last hour, the full
   minutes, but at least one.
"""

from datetime import UTC, date, datetime, time, timedelta

from comment_service.web.dates import clock_words
from comment_service.web.messages import Language
from participation.window import HOME, Window, WindowState


def window_words(window: Window, now: datetime, language: Language) -> str:
    """Return what a window says at the moment ``now`` (aware), as part of a sentence."""
    state = window.state(now)
    if state is WindowState.NOT_YET:
        return language.gettext("from %(start)s") % {"start": _start(window.opens, now, language)}
    if window.closes is None:
        return language.gettext("until further notice")
    end = _end(window.closes, now, language)
    if state is WindowState.CLOSED:
        return language.gettext("since %(end)s") % {"end": end}
    return language.gettext("%(left)s, until %(end)s") % {
        "left": _left(window.closes, now, language),
        "end": end,
    }


def _start(opens: datetime, now: datetime, language: Language) -> str:
    local = opens.astimezone(HOME)
    day = _day(local.date(), now, language)
    return day if _at_midnight(local) else f"{day}, {clock_words(local, language)}"


def _end(closes: datetime, now: datetime, language: Language) -> str:
    local = closes.astimezone(HOME)
    clock = language.gettext("24:00") if _at_midnight(local) else clock_words(local, language)
    return f"{_day(_last_day(local), now, language)}, {clock}"


def _day(day: date, now: datetime, language: Language) -> str:
    today = now.astimezone(HOME).date()
    if day == today:
        return language.gettext("today")
    this_year, other_year = language.gettext("EEEE, d MMMM"), language.gettext("EEEE, d MMMM y")
    pattern = this_year if day.year == today.year else other_year
    return language.day_in(day, pattern)


def _left(closes: datetime, now: datetime, language: Language) -> str:
    days = (_last_day(closes.astimezone(HOME)) - now.astimezone(HOME).date()).days
    if days:
        return _counted(language.ngettext("%(count)s day left", "%(count)s days left", days), days)
    # In UTC: within one zone Python subtracts what the clocks show, not what passes.
    passes = closes.astimezone(UTC) - now.astimezone(UTC)
    hours, minutes = passes // timedelta(hours=1), max(1, passes // timedelta(minutes=1))
    if hours:
        return _counted(
            language.ngettext("%(count)s hour left", "%(count)s hours left", hours), hours
        )
    return _counted(
        language.ngettext("%(count)s minute left", "%(count)s minutes left", minutes), minutes
    )


def _counted(message: str, count: int) -> str:
    return message % {"count": count}


def _at_midnight(local: datetime) -> bool:
    return local.time() == time.min


def _last_day(closes: datetime) -> date:
    return closes.date() - timedelta(days=1) if _at_midnight(closes) else closes.date()
