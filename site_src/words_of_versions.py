"""What the site says about a version: its number, its window, its answers."""

from datetime import UTC, date, datetime, time, timedelta

from participation.document import Version
from participation.window import HOME, Window
from site_src.dates_in_words import day_words, moment_words, span_words
from site_src.messages import Translator

TICK = timedelta(microseconds=1)


def version_words(version: Version, translator: Translator) -> str:
    """Return ``Fassung 1 vom 8. März 2024``."""
    day = day_words(version.published, translator)
    return translator.gettext("Version {number} of {day}", number=version.number, day=day)


def window_words(version: Version, translator: Translator, *, today: date) -> str:
    """Return ``Kommentarfrist: 8. bis 29. März 2024``, or that there is none."""
    window = version.window
    if window is None:
        return translator.gettext("Takes no comments")
    if window.closes is None:
        return _open_ended(window, translator, today)
    return translator.gettext("Commenting window: {span}", span=window_span(window, translator))


def answers_words(version: Version, translator: Translator) -> str:
    """Return ``Antworten der Arbeitsgruppe bis 22. April 2024``, or nothing."""
    if version.answers is None:
        return ""
    day = day_words(version.answers, translator)
    return translator.gettext("Answers of the working group by {day}", day=day)


def window_span(window: Window, translator: Translator) -> str:
    """Return ``8. bis 29. März 2024``, with times of day where they are not midnight."""
    first, last = first_day(window), last_day(window)
    if last is None:
        return translator.gettext("from {day}", day=day_words(first, translator))
    if has_times(window):
        return _span_with_times(window, translator)
    return span_words(first, last, translator)


def first_day(window: Window) -> date:
    """Return the day on which it opens, in Europe/Berlin."""
    return window.opens.astimezone(HOME).date()


def last_day(window: Window) -> date | None:
    """Return the last day on which it is open, in Europe/Berlin."""
    if window.closes is None:
        return None
    return (window.closes.astimezone(UTC) - TICK).astimezone(HOME).date()


def _open_ended(window: Window, translator: Translator, today: date) -> str:
    if first_day(window) <= today:
        return translator.gettext("Comments are possible until further notice")
    day = day_words(first_day(window), translator)
    return translator.gettext("Comments are possible from {day} until further notice", day=day)


def has_times(window: Window) -> bool:
    """Say whether it opens or closes in the midst of a day."""
    ends = (window.opens, window.closes)
    return any(end is not None and end.astimezone(HOME).time() != time.min for end in ends)


def _span_with_times(window: Window, translator: Translator) -> str:
    closes: datetime = window.closes or window.opens
    return translator.gettext(
        "{first} to {last}",
        first=moment_words(window.opens.astimezone(HOME), translator),
        last=moment_words(closes.astimezone(HOME), translator),
    )
