"""Every sentence of the synopsis has its German, and none is left over."""

import re
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from synopsis.words import CATALOGUES

PACKAGE = Path(CATALOGUES).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None, "gettext": None, "say": None, "ngettext": (1, 2),
}  # fmt: skip


def used() -> set[str]:
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS)
    return {entry[2] if isinstance(entry[2], str) else entry[2][0] for entry in found}


def german() -> dict[str, Any]:
    with (CATALOGUES / "de.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="de") if entry.id]
    return {one.id if isinstance(one.id, str) else one.id[0]: one.string for one in entries}


def test_every_sentence_has_its_german():
    assert used() - {key for key, told in german().items() if told and all(told)} == set()


def test_no_translation_is_left_over():
    assert set(german()) - used() == set()


def test_every_translation_names_the_same_places():
    for english, told in german().items():
        for form in [told] if isinstance(told, str) else told:
            assert set(re.findall(r"%\(\w+\)s", form)) == set(re.findall(r"%\(\w+\)s", english))
