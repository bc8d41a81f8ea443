"""What people read: English sentences in the code, other languages from PO catalogues."""

import gettext
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).with_name("messages")
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Translator:
    """Says English sentences in one language; ``values`` fill their places in braces."""

    language: str
    catalogue: gettext.NullTranslations

    def gettext(self, english: str, **values: object) -> str:
        """Return the sentence in this language, or in English where it has no translation."""
        return self.catalogue.gettext(english).format(**values)

    def ngettext(self, one: str, other: str, count: int, **values: object) -> str:
        """Return the form of the sentence that fits ``count``, which it may name."""
        return self.catalogue.ngettext(one, other, count).format(count=count, **values)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is put into words later, in the language of whoever reads it."""

    english: str
    values: tuple[tuple[str, "object | Message"], ...] = ()

    def in_words(self, translator: Translator) -> str:
        """Return the sentence; values that are messages themselves are translated too."""
        values = {name: _in_words(value, translator) for name, value in self.values}
        return translator.gettext(self.english, **values)


def message(english: str, **values: object) -> Message:
    """Return a message for later; Babel collects the sentences by this name."""
    return Message(english, tuple(values.items()))


@cache
def translator(language: str) -> Translator:
    """Return the translator into ``language``; without a catalogue it speaks English."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return Translator(language, gettext.NullTranslations())
    with path.open("rb") as po_file:
        catalogue = read_po(po_file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translator(language, gettext.GNUTranslations(compiled))


def _in_words(value: object, translator: Translator) -> object:
    return value.in_words(translator) if isinstance(value, Message) else value


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence with a number, as two English forms."""

    one: str
    other: str


def plural(one: str, other: str) -> Plural:
    """Return a sentence with a number for later; Babel collects both forms by this name."""
    return Plural(one, other)
