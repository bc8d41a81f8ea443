"""Days, moments and numbers in words."""

from datetime import date, datetime

from comment_service.web.messages import Language
from participation.window import HOME


def day_words(day: date, language: Language) -> str:
    """Return a day: ``22. April 2024``."""
    return language.day_in(day, "long")


def moment_words(moment: datetime, language: Language) -> str:
    """Return a moment in Europe/Berlin: ``20. März 2024, 12:00 Uhr``."""
    local = moment.astimezone(HOME)
    return f"{day_words(local.date(), language)}, {clock_words(local, language)}"


def clock_words(local: datetime, language: Language) -> str:
    """Return a local time of day: ``18:00 Uhr``."""
    clock = language.time_in(local.time(), "HH:mm")
    return language.gettext("%(clock)s") % {"clock": clock}


def number_words(number: int, language: Language) -> str:
    """Return a number with its thousands parted: ``4.000``."""
    return language.number(number)
