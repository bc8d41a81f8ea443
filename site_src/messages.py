"""What people read: English sentences in the code, other languages from PO catalogues."""

import gettext
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from site_src.foreign_words import marked

CATALOGUES = Path(__file__).with_name("messages")
NAMES = {"de": "Deutsch", "en": "English"}  # as those who speak them call them
LANGUAGES = tuple(NAMES)


@dataclass(frozen=True, slots=True)
class Translator:
    """Says English sentences in one language; ``values`` fill their places in braces.

    ``texts`` is the language of the city's texts, if that is another one.
    """

    language: str
    catalogue: gettext.NullTranslations
    texts: str | None = None

    def gettext(self, english: str, **values: object) -> str:
        """Return the sentence in this language, or in English where it has no translation."""
        return self.catalogue.gettext(english).format(**values)

    def ngettext(self, one: str, other: str, count: int, **values: object) -> str:
        """Return the form of the sentence that fits ``count``, which it may name."""
        return self.catalogue.ngettext(one, other, count).format(count=count, **values)

    def quoted(self, text: str) -> str:
        """Return words of a text, marked where they are in another language than the page."""
        return marked(text, self.texts) if self.texts else text

    @property
    def own(self) -> str:
        """The attribute of our own words in the midst of a text in another language."""
        return f' lang="{self.language}"' if self.texts else ""

    @property
    def foreign(self) -> str:
        """The attribute of a text in the midst of our own words."""
        return f' lang="{self.texts}"' if self.texts else ""


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
def translator(language: str, texts: str | None = None) -> Translator:
    """Return the translator into ``language``; without a catalogue it speaks English.

    ``texts`` is the language of the texts that it quotes, its own unless told otherwise.
    """
    foreign = None if texts == language else texts
    return Translator(language, _catalogue(language), foreign)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as po_file:
        catalogue = read_po(po_file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


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
