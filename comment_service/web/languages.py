"""What Babel knows of the languages of the service, and their catalogues of messages."""

from datetime import date, time
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from comment_service.web.messages import Language

CATALOGUES = Path(__file__).parents[1] / "messages"
LOCALES = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}


def read_language(code: str) -> Language:
    """Read a language of the service: ``de`` or ``en``."""
    translations, locale = _translations(code), LOCALES[code]

    def day_in(day: date, pattern: str) -> str:
        return format_date(day, pattern, locale=locale)

    def time_in(clock: time, pattern: str) -> str:
        return format_time(clock, pattern, locale=locale)

    def number(value: int) -> str:
        return format_decimal(value, locale=locale)

    return Language(code, translations.gettext, translations.ngettext, day_in, time_in, number)


def _translations(code: str) -> NullTranslations:
    path = CATALOGUES / f"{code}.po"
    if not path.exists():  # English: the keys are its sentences
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)
