"""The languages of the service: English sentences are the keys, a catalogue translates them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import cache


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code, its sentences, its ways to write days, times of day and numbers.

    ``day_in`` and ``time_in`` take a pattern of the Unicode CLDR, such as ``long`` or ``HH:mm``.
    """

    code: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    day_in: Callable[[date, str], str]
    time_in: Callable[[time, str], str]
    number: Callable[[int], str]


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation later and return it as it is."""
    return message


@cache
def language(code: str) -> Language:
    """Return a language of the service: ``de`` or ``en``."""
    # Most answers are JSON without words: a start does not wait for Babel and its data.
    from comment_service.web.languages import read_language  # noqa: PLC0415

    return read_language(code)
