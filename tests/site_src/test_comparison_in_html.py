"""A whole comparison in HTML: what is folded away says what it is, and parts stay small."""

import re

from participation.document import Version
from participation.paragraph import Paragraph
from site_src.comparison import Comparison, Row, RowKind
from site_src.comparison_in_html import ROWS_IN_PART, ComparisonInHtml
from site_src.messages import translator
from site_src.rows_in_html import Talks
from tests.factories import make_paragraph, make_version

SILENT = Talks("/beitrag/leitlinien", ())


def versions(paragraphs: list[Paragraph]) -> tuple[Version, Version]:
    old = make_version(1, paragraphs=tuple(paragraphs))
    return old, make_version(2, paragraphs=tuple(paragraphs))


def html(rows: list[Row], paragraphs: list[Paragraph]) -> str:
    comparison = Comparison(*versions(paragraphs), tuple(rows))
    return ComparisonInHtml(comparison, SILENT, translator("de")).html


def test_a_fold_says_how_many_paragraphs_it_holds_and_which():
    paragraphs = [make_paragraph(number) for number in range(1, 15)]
    same = [Row(RowKind.UNCHANGED, (one,), (one,)) for one in paragraphs[:-1]]
    removed = Row(RowKind.REMOVED, (paragraphs[-1],), ())
    summary = "<summary>12 Absätze unverändert <span>Rn. 1 bis 12</span></summary>"
    assert f'<details class="rn-fold">{summary}' in html([*same, removed], paragraphs)


def test_a_fold_of_what_moved_away_says_so():
    paragraphs = [make_paragraph(number) for number in range(1, 13)]
    away = [Row(RowKind.AWAY, (one,), ()) for one in paragraphs]
    moved = [Row(RowKind.MOVED, (one,), (one,), moved=True) for one in paragraphs]
    assert "<summary>11 Absätze verschoben</summary>" in html([*away, *moved], paragraphs)


def test_a_long_text_without_headings_comes_in_small_parts():
    paragraphs = [make_paragraph(number, headings=()) for number in range(1, 51)]
    found = html([Row(RowKind.ADDED, (), (one,)) for one in paragraphs], paragraphs)
    parts = found.split('<div class="rn-part')[1:]
    assert [part.count("data-rn-change") for part in parts] == [ROWS_IN_PART, ROWS_IN_PART, 10]
    assert re.findall(r'data-rn-change="(\d+)"', found) == [str(one) for one in range(1, 51)]


def test_numbers_that_do_not_follow_each_other_are_all_named():
    paragraphs = [make_paragraph(number) for number in range(1, 6)]
    one, *_, last = paragraphs
    row = Row(RowKind.SPLIT, (one,), (one, paragraphs[1], last), moved=True)
    assert ">Aufgeteilt: Rn. 1 in Rn. 1 bis 2, Rn. 5. Verschoben <" in html([row], paragraphs)
