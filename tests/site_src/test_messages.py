from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from site_src.messages import CATALOGUES, message, translator
from site_src.panel_messages import PANEL, footer_words, panel_messages, theme_words

HOUSE = Path(__file__).parents[2]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "gettext": None,
    "say": None,
    "message": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
}


def used_messages() -> set[str]:
    """Return every sentence of the site and of the editors' command (of plurals: the first)."""
    found = [entry[2] for entry in extract_from_dir(HOUSE / "site_src", keywords=KEYWORDS)]
    found += [
        entry[1] for entry in extract_from_file("python", HOUSE / "build.py", keywords=KEYWORDS)
    ]
    return {text if isinstance(text, str) else text[0] for text in found}


def german() -> dict[str, Any]:
    with (CATALOGUES / "de.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="de") if entry.id]
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: entry.string for entry in entries
    }


def test_every_message_has_a_german_translation():
    translated = {key for key, words in german().items() if words and all(words)}
    assert used_messages() - translated == set()


def test_no_translation_is_left_over():
    assert set(german()) - used_messages() == set()


def test_every_translation_names_the_same_places():
    def places(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    for english, words in german().items():
        for form in [words] if isinstance(words, str) else words:
            assert places(form) == places(english)


def test_a_language_without_a_catalogue_speaks_english():
    assert translator("en").gettext("{first} to {last}", first=1, last=2) == "1 to 2"


def test_a_message_in_a_message_is_translated_too():
    kind = message("a whole number")
    words = message("“{field}” must be {kind}", field="version", kind=kind)
    assert words.in_words(translator("de")) == "„version“ muss eine ganze Zahl sein"


def test_the_script_gets_every_sentence_with_its_places_left_open():
    words = panel_messages(translator("de"))
    assert set(words) == set(PANEL)
    assert words["comment_on"] == "Absatz {number} kommentieren"
    assert words["days_left"] == {"one": "noch {n} Tag", "other": "noch {n} Tage"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_word_of_the_templates_is_empty(language: str):
    assert all(theme_words(translator(language)).values())


def test_the_footer_names_the_pages_that_exist():
    assert footer_words(translator("de"), {"impressum.md": 1}) == [("impressum/", "Impressum")]
