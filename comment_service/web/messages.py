"""The languages of the service: English sentences are the keys, a catalogue translates them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

CATALOGUES = Path(__file__).parents[1] / "messages"
LOCALES = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code, its ways to write dates and numbers, its sentences."""

    code: str
    locale: Locale
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation later and return it as it is."""
    return message


@cache
def language(code: str) -> Language:
    """Return a language of the service: ``de`` or ``en``."""
    translations = _translations(code)
    return Language(code, LOCALES[code], translations.gettext, translations.ngettext)


def _translations(code: str) -> NullTranslations:
    path = CATALOGUES / f"{code}.po"
    if not path.exists():  # English: the keys are its sentences
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)
