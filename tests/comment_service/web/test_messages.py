from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import comment_service
from comment_service.web.languages import CATALOGUES
from comment_service.web.messages import language

PACKAGE = Path(comment_service.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}


def used_messages() -> Iterator[str | tuple[str, ...]]:
    methods = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
    for _, _, message, _, _ in extract_from_dir(PACKAGE, methods, keywords=KEYWORDS):
        yield message


def test_every_message_that_is_used_is_translated_and_no_other():
    with (CATALOGUES / "de.po").open("rb") as file:
        german = read_po(file, locale="de", abort_invalid=True)
    assert {message.id for message in german if message.id} == set(used_messages())
    for message in german:
        assert not message.fuzzy
        assert all(message.string if isinstance(message.string, tuple) else (message.string,))
        for check in checkers:
            check(german, message)


def test_english_speaks_in_the_sentences_of_the_code():
    english = language("en")
    assert english.gettext("today") == "today"
    assert english.ngettext("%(count)s day left", "%(count)s days left", 1) == "%(count)s day left"
    assert english.ngettext("%(count)s day left", "%(count)s days left", 2) == "%(count)s days left"


@pytest.mark.parametrize(("count", "words"), [(0, "Tage"), (1, "Tag"), (2, "Tage")])
def test_german_knows_its_plurals(count: int, words: str):
    message = language("de").ngettext("%(count)s day left", "%(count)s days left", count)
    assert message == f"noch %(count)s {words}"
