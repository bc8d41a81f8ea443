"""Columns of spreadsheets that leave the desk and come back: told in one language, read in any."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from comment_service.setting_values import LANGUAGES
from comment_service.web.messages import Language, gettext_noop, language
from spreadsheets.sheet import Wanted
from spreadsheets.table import Column

S = TypeVar("S", bound=StrEnum)

NOTES = gettext_noop("How to fill it in")  # title of the second sheet


@dataclass(frozen=True, slots=True)
class Field:
    """A column; ``hint`` is told beside its cells and on the second sheet."""

    name: str
    heading: str
    hint: str
    width: int = 16
    is_required: bool = False


def wanted(fields: Iterable[Field]) -> tuple[Wanted, ...]:
    """Return how columns are recognised: by their headings in any language."""
    return tuple(
        Wanted(one.name, tuple(each.gettext(one.heading) for each in _spoken()), one.is_required)
        for one in fields
    )


def values_of(words: Mapping[S, str]) -> dict[str, str]:
    """Return the values that are meant by words in any language; case makes no difference."""
    return {
        each.gettext(word).casefold(): value.value
        for value, word in words.items()
        for each in _spoken()
    }


def column(one: Field, language: Language, choices: Sequence[str] = ()) -> Column:
    """Return a column as it is told; a * marks what has to be filled in."""
    heading = language.gettext(one.heading)
    hint = language.gettext(one.hint) if one.hint else ""
    return Column(f"{heading} *" if one.is_required else heading, one.width, tuple(choices), hint)


def _spoken() -> list[Language]:
    return [language(code) for code in LANGUAGES]
