"""Chapters are what stands below one outermost heading."""

from participation.chapters import chapters
from tests.factories import make_paragraph, make_version

HEADINGS = [(), ("1. Ziele",), ("1. Ziele", "1.1 Zweck"), ("2. Wege",), ("1. Ziele",)]


def test_chapters_come_in_the_order_of_the_text_and_are_counted():
    paragraphs = tuple(make_paragraph(n, headings=h) for n, h in enumerate(HEADINGS, start=1))
    found = chapters(make_version(paragraphs=paragraphs))
    assert [(one.place, one.heading, one.first, len(one.paragraphs)) for one in found] == [
        (1, "", 1, 1),
        (2, "1. Ziele", 2, 2),
        (3, "2. Wege", 4, 1),
        (4, "1. Ziele", 5, 1),
    ]


def test_a_chapter_knows_its_paragraphs():
    paragraphs = tuple(make_paragraph(n, headings=h) for n, h in enumerate(HEADINGS, start=1))
    second = chapters(make_version(paragraphs=paragraphs))[1]
    assert [second.holds(number) for number in (1, 2, 3, 4)] == [False, True, True, False]
