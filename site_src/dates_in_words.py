"""Days, spans and times of day as people write them: ``8. bis 29. März 2024, 18 Uhr``."""

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date

from participation.schedule import PartialDate
from site_src.messages import Translator

# The day, the day with its month, all three, month and year: by Babel's letters.
PATTERNS = {
    "de": ("d.", "d. MMMM", "d. MMMM y", "MMMM y"),
    "en": ("d", "d MMMM", "d MMMM y", "MMMM y"),
}


def day_words(day: date, translator: Translator) -> str:
    """Return ``8. März 2024``."""
    return _formatted(day, 2, translator)


def span_words(first: date, last: date, translator: Translator) -> str:
    """Return ``8. bis 29. März 2024``, naming month and year once where they are the same."""
    if first == last:
        return day_words(first, translator)
    part = 2
    if first.year == last.year:
        part = 0 if first.month == last.month else 1
    return translator.gettext(
        "{first} to {last}",
        first=_formatted(first, part, translator),
        last=day_words(last, translator),
    )


def partial_date_words(known: PartialDate, translator: Translator) -> str:
    """Return ``10. Oktober 2022``, ``Juni 2023`` or ``2026``: as much as is known."""
    if known.month is None:
        return str(known.year)
    return _formatted(known.first_day, 3 if known.day is None else 2, translator)


def partial_date_iso(known: PartialDate) -> str:
    """Return ``2022-10-10``, ``2023-06`` or ``2026``, as HTML's ``<time>`` takes it."""
    parts = (f"{known.year:04}", *(f"{part:02}" for part in (known.month, known.day) if part))
    return "-".join(parts)


def time_words(starts: time, ends: time | None, translator: Translator) -> str:
    """Return ``18 Uhr`` or ``18 bis 20:15 Uhr``."""
    if ends is None:
        return translator.gettext("{time}", time=_bare(starts, translator))
    return translator.gettext(
        "{starts} to {ends}",
        starts=_bare(starts, translator),
        ends=_bare(ends, translator),
    )


def moment_words(moment: datetime, translator: Translator) -> str:
    """Return ``8. März 2024, 12 Uhr``."""
    return f"{day_words(moment.date(), translator)}, {time_words(moment.time(), None, translator)}"


def _formatted(day: date, part: int, translator: Translator) -> str:
    return _format(day, part, translator.language)


@lru_cache(maxsize=1024)  # the same few days stand on many pages
def _format(day: date, part: int, language: str) -> str:
    return format_date(day, PATTERNS[language][part], locale=language)


def _bare(moment: time, translator: Translator) -> str:
    if moment.minute == 0:
        return translator.gettext("{hour}:00", hour=moment.hour)
    return f"{moment.hour}:{moment.minute:02}"
