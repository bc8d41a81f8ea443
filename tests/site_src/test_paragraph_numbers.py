"""Every trap of the design: what is numbered, what is not, and where the id stands."""

import re
from pathlib import Path

import pytest
from markdown import Markdown

from participation.paragraph import Paragraph, ParagraphKind

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html",
    "pymdownx.mark", "sane_lists", "tables", "toc", "site_src.paragraph_numbers",
]  # fmt: skip
ASKS = '\n\n[rn]: # "leitlinien/1"\n'
ASKS_WITH_FORM = '\n\n[rn]: /beitrag/leitlinien/1/ "leitlinien/1"\n'


def render(text: str, asks: str = ASKS) -> tuple[str, list[Paragraph]]:
    md = Markdown(extensions=EXTENSIONS)
    html = md.convert(text + asks)
    return html, numbered(md)


def numbered(md: Markdown) -> list[Paragraph]:
    paragraphs: list[Paragraph] = md.paragraphs  # type: ignore[attr-defined]  # added by us
    return paragraphs


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in render(text)[1]]


def kinds(text: str) -> list[ParagraphKind]:
    return [paragraph.kind for paragraph in render(text)[1]]


def ids(html: str) -> list[str]:
    return re.findall(r'id="(rn-\d+)"', html)


def test_paragraphs_are_numbered_in_the_order_of_the_text():
    html, paragraphs = render("Eins.\n\nZwei.\n\n- Drei.\n\nVier.")
    assert [(one.number, one.text) for one in paragraphs] == [
        (1, "Eins."), (2, "Zwei."), (3, "Drei."), (4, "Vier."),
    ]  # fmt: skip
    assert ids(html) == ["rn-1", "rn-2", "rn-3", "rn-4"]


def test_a_page_that_does_not_ask_is_left_alone():
    html, paragraphs = render("Eins.", asks="")
    assert (html, paragraphs) == ("<p>Eins.</p>", [])


def test_the_next_page_starts_at_one_again():
    md = Markdown(extensions=EXTENSIONS)
    md.convert("Eins.\n\nZwei." + ASKS)
    md.reset()
    md.convert("Anderes." + ASKS)
    assert [paragraph.number for paragraph in numbered(md)] == [1]


def test_the_number_in_the_margin_is_a_link_to_its_paragraph():
    html, _ = render("Eins.")
    assert 'href="#rn-1"' in html
    assert 'aria-label="Randnummer 1"' in html


def test_the_way_to_the_form_stands_at_each_paragraph_of_a_document_that_takes_comments():
    html, _ = render("Eins.\n\nZwei.", ASKS_WITH_FORM)
    assert re.findall(r'href="(/beitrag/[^"]*)"', html) == [
        "/beitrag/leitlinien/1/1",
        "/beitrag/leitlinien/1/2",
    ]
    assert "Absatz 2 kommentieren" in html


def test_a_document_that_takes_no_comments_has_no_way_to_the_form():
    assert "rn-comment" not in render("Eins.")[0]


def test_notes_stand_at_the_paragraph_that_they_name():
    html, _ = render(
        "Eins.\n\nZwei.\n\n"
        '[rn-2-1]: ../sitzungen/a.md "Besprochen in Sitzung 1"\n'
        '[rn-2-2]: ../sitzungen/b.md "Besprochen in Sitzung 2"'
    )
    first, second = html.split('id="rn-2"')
    assert "Besprochen" not in first
    assert second.index("Sitzung 1") < second.index("Sitzung 2")


# Footnotes


def test_a_footnote_inserted_above_changes_neither_numbers_nor_texts():
    before = render("Eins.\n\nZwei[^b].\n\n[^b]: Später.")[1]
    after = render("Eins[^a].\n\nZwei[^b].\n\n[^a]: Neu.\n[^b]: Später.")[1]
    assert after == before


def test_a_footnote_mark_is_not_part_of_the_text():
    assert texts("Wort[^a] danach.\n\n[^a]: Fußnote.") == ["Wort danach."]


def test_a_footnote_leads_back_to_its_marks_and_nowhere_else():
    html, _ = render(
        "Wort[^a] und[^a].\n\n[^a]: Mit Zeichen.\n\n[^b]: Ohne Zeichen.\n\n    - Punkt"
    )
    backs = re.findall(r'class="footnote-backref" href="#([^"]*)"', html)
    assert backs == ["fnref:a", "fnref2:a"]
    assert all(f'id="{back}"' in html for back in backs)
    assert "Ohne Zeichen." in html


def test_footnote_texts_are_not_numbered():
    assert texts("Wort[^a].\n\n[^a]: Eine Fußnote.\n\n    Ihr zweiter Absatz.") == ["Wort."]


# Raw HTML and code


def test_raw_html_blocks_are_not_numbered_and_stay_as_they_are():
    html, paragraphs = render('Eins.\n\n<p class="x">roh</p>\n\n<div>\nroh\n</div>\n\nZwei.')
    assert [paragraph.text for paragraph in paragraphs] == ["Eins.", "Zwei."]
    assert '<p class="x">roh</p>' in html
    assert "<div>\nroh\n</div>" in html


def test_inline_raw_html_is_read_as_its_words():
    assert texts('Ein <abbr title="x">Wort</abbr> &amp; <span>noch eins</span>.') == [
        "Ein Wort & noch eins."
    ]


def test_a_paragraph_that_is_all_inline_raw_html_is_numbered():
    assert texts("<span>Nur das.</span>") == ["Nur das."]


def test_markdown_inside_raw_html_is_numbered():
    assert texts("<div markdown>\n\nDrinnen.\n\n</div>\n\nDraußen.") == ["Drinnen.", "Draußen."]


@pytest.mark.parametrize("code", ["    eingerückt", "```\nZaun\n```", "```python\nZaun = 1\n```"])
def test_code_is_not_numbered(code):
    html, paragraphs = render(f"Eins.\n\n{code}\n\nZwei.")
    assert [paragraph.text for paragraph in paragraphs] == ["Eins.", "Zwei."]
    assert ids(html) == ["rn-1", "rn-2"]


def test_inline_code_and_escapes_are_read_as_they_look():
    assert texts(r"Das `<b>` und \* und 1 < 2 und AT&T.") == ["Das <b> und * und 1 < 2 und AT&T."]


# Lists


def test_tight_and_loose_items_are_items_all_the_same():
    assert kinds("1. Eins\n2. Zwei") == kinds("1. Eins\n\n2. Zwei") == [ParagraphKind.ITEM] * 2


def test_a_second_paragraph_of_an_item_is_a_paragraph():
    assert kinds("1. Eins\n\n    Noch einer\n\n2. Zwei") == [
        ParagraphKind.ITEM, ParagraphKind.PARAGRAPH, ParagraphKind.ITEM,
    ]  # fmt: skip


def test_nested_items_are_units_of_their_own_and_not_part_of_the_outer_text():
    assert texts("- außen\n    - innen\n        - ganz innen\n- danach") == [
        "außen", "innen", "ganz innen", "danach",
    ]  # fmt: skip


def test_the_form_of_an_outer_item_comes_before_the_inner_list():
    html, _ = render("- außen\n    - innen", ASKS_WITH_FORM)
    assert html.index("Absatz 1 kommentieren") < html.index("<ul>", 5) < html.index("innen")


def test_a_tight_item_carries_its_id_itself():
    assert '<li class="rn-unit" id="rn-1">' in render("- eng")[0]


# Tables, definitions, admonitions, quotes


def test_table_rows_are_numbered_without_the_head():
    _, rows = render("| A | B |\n|---|---|\n| a | b |\n| c | d |")
    assert [(row.kind, row.text) for row in rows] == [
        (ParagraphKind.ROW, "a | b"),
        (ParagraphKind.ROW, "c | d"),
    ]


def test_definitions_are_numbered_under_their_term():
    _, (definition,) = render("## Begriffe\n\nVorhaben\n:   Eine Planung.")
    assert definition.kind is ParagraphKind.DEFINITION
    assert definition.headings == ("Begriffe", "Vorhaben")


def test_a_definition_of_two_paragraphs_has_two_numbers():
    text = "Vorhaben\n\n:   Eine Planung.\n\n    Auch ein Konzept."
    assert texts(text) == ["Eine Planung.", "Auch ein Konzept."]


def test_the_title_of_an_admonition_is_not_numbered():
    assert texts('!!! note "Hinweis"\n    Eins.\n\n    Zwei.') == ["Eins.", "Zwei."]


def test_a_quotation_is_numbered_paragraph_by_paragraph():
    assert texts("> Eins.\n>\n> Zwei.") == ["Eins.", "Zwei."]


def test_a_picture_is_read_by_its_alternative_text_and_one_without_is_not_numbered():
    assert texts("![Der Marktplatz](a.png)\n\n![](b.png)") == ["Der Marktplatz"]


def test_a_line_break_parts_words():
    assert texts("Eins  \nZwei") == ["Eins Zwei"]


# Headings


def test_headings_above_a_paragraph_are_its_path_without_the_title():
    _, paragraphs = render(
        "# Titel\n\nA.\n\n## 1. Ziele\n\nB.\n\n### Grund\n\nC.\n\n## 2. Mehr\n\nD."
    )
    assert [paragraph.headings for paragraph in paragraphs] == [
        (), ("1. Ziele",), ("1. Ziele", "Grund"), ("2. Mehr",),
    ]  # fmt: skip


def test_a_second_title_is_a_heading_like_any_other():
    _, paragraphs = render("# Titel\n\n## A\n\n# Anhang\n\nText.")
    assert paragraphs[0].headings == ("Anhang",)


def test_a_heading_whose_slug_looks_like_a_number_gives_way():
    html, _ = render("## RN 1\n\nText.")
    assert html.count('id="rn-1"') == 1
    assert '<p class="rn-unit" id="rn-1">' in html


# Ids by hand, and equal texts


def test_an_id_written_by_hand_stays_and_the_number_is_reached_all_the_same():
    html, _ = render("Text.\n{: #eigen }")
    assert '<p class="rn-unit" id="eigen">' in html
    assert re.search(r'<a[^>]*class="rn"[^>]* id="rn-1"', html)


def test_an_id_by_hand_that_looks_like_a_number_gives_way():
    html, _ = render("Eins.\n{: #rn-2 }\n\nZwei.")
    assert ids(html) == ["rn-1", "rn-2"]


def test_a_class_written_by_hand_stays():
    assert 'class="wichtig rn-unit"' in render("Text.\n{: .wichtig }")[0]


def test_equal_paragraphs_have_numbers_of_their_own():
    html, paragraphs = render("(weggefallen)\n\n(weggefallen)")
    assert [paragraph.number for paragraph in paragraphs] == [1, 2]
    assert ids(html) == ["rn-1", "rn-2"]


# The whole sample


def test_every_id_of_the_sample_guidelines_is_there_once():
    source = Path("guidelines/leitlinien.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    html, paragraphs = render(source, ASKS_WITH_FORM)
    assert ids(html) == [f"rn-{number}" for number in range(1, len(paragraphs) + 1)]
    assert len(paragraphs) >= 120
