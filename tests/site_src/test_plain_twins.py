"""Plain-language twins: where they stand, and that no number and no word depends on them."""

import re

import pytest
from markdown import Markdown

from site_src.plain_twins import Twin, without_twins, written_twins
from tests.site_src.test_paragraph_numbers import ASKS, EXTENSIONS, render

ABOVE = "Die Verwaltung unterrichtet frühzeitig."
TWIN = "/// einfach\nDie Stadt sagt **früh** Bescheid.\n///"
INDENTED = "    " + TWIN.replace("\n", "\n    ")
WORDS = "Die Stadt sagt früh Bescheid."
PLACES = [
    f"{ABOVE}\n\n{TWIN}\n\nNoch einer.",
    f"{ABOVE}\n{TWIN}\nNoch einer.",
    f"- {ABOVE}\n\n{INDENTED}\n\n- Noch einer.",
    f"1. {ABOVE}\n\n{INDENTED}\n\n2. Noch einer.",
    f"Begriff\n:   {ABOVE}\n\n{INDENTED}\n\nAnderer\n:   Noch einer.",
    f"> {ABOVE}\n>\n> {TWIN.replace(chr(10), chr(10) + '> ')}\n\nNoch einer.",
]


def twins(text: str) -> list[Twin]:
    md = Markdown(extensions=EXTENSIONS)
    md.convert(text + ASKS)
    found: list[Twin] = md.twins  # type: ignore[attr-defined]  # added by us
    return found


@pytest.mark.parametrize("text", PLACES)
def test_a_twin_belongs_to_the_paragraph_above_it(text: str):
    assert twins(text) == [Twin(1, WORDS)]


@pytest.mark.parametrize("text", PLACES)
def test_number_kind_headings_and_words_are_the_same_with_and_without_twins(text: str):
    (first, second) = render(text)[1]
    assert (first.text, second.text) == (ABOVE, "Noch einer.")
    assert render(without_twins(text))[1] == [first, second]
    assert written_twins(without_twins(text)) == []


def test_what_stands_in_a_twin_gets_no_number():
    html, paragraphs = render(f"{ABOVE}\n\n/// einfach\nKurz:\n\n- eins\n- zwei\n///\n\nEnde.")
    assert [one.text for one in paragraphs] == [ABOVE, "Ende."]
    assert re.findall(r'id="(rn-\d+)"', html) == ["rn-1", "rn-2"]


def test_a_twin_is_a_group_that_bears_the_number_of_its_paragraph_in_its_name():
    html, _ = render(f"{ABOVE}\n\n{TWIN}")
    assert '<div aria-labelledby="rn-1-einfach" class="rn-plain" role="group">' in html
    label = re.search(r'<p[^>]*id="rn-1-einfach"[^>]*>(.*?)</p>', html)
    assert label is not None
    assert re.sub(r"<[^>]*>", "", label[1]) == "In einfachen Worten (Randnummer 1)"


def test_a_page_without_numbers_shows_its_twins_too():
    html, paragraphs = render(f"{ABOVE}\n\n{TWIN}", asks="")
    assert paragraphs == []
    assert '<div aria-label="In einfachen Worten" class="rn-plain" role="group">' in html


def test_a_twin_of_a_heading_a_table_or_a_whole_list_belongs_to_no_paragraph():
    for above in ("## Ziele", "| a |\n|---|\n| 1 |", "- eins\n- zwei"):
        assert twins(f"{ABOVE}\n\n{above}\n\n{TWIN}")[0].number is None


def test_twins_come_in_the_order_of_the_text():
    found = twins("\n\n".join([PLACES[0], PLACES[2], PLACES[0]]))
    assert [one.number for one in found] == [1, 3, 5]


def test_what_editors_note_behind_the_bar_is_shown_nowhere():
    text = f"{ABOVE}\n\n{TWIN.replace('einfach', 'einfach | gelesen im Mai', 1)}"
    assert twins(text) == [Twin(1, WORDS, "gelesen im Mai")]
    assert "gelesen" not in render(text)[0]


def test_what_looks_like_a_twin_in_code_is_code():
    text = f"{ABOVE}\n\n```\n{TWIN}\n```\n"
    assert (written_twins(text), twins(text)) == ([], [])
    assert without_twins(text) == text


def test_a_twin_that_does_not_end_goes_on_to_the_end():
    (one,) = written_twins("Absatz.\n\n/// einfach\nKurz.\n\nNoch etwas.")
    assert (one.first, one.end, one.closed) == (2, 6, False)
