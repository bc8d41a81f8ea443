"""Rows of a comparison: every paragraph stands in it once, whatever became of it."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.document import Document
from participation.refusals import UnknownVersion
from participation.way import Way, WayKind
from participation.ways import with_kinds
from site_src.comparison import Comparison, RowKind, are_compared, compare
from tests.factories import make_document, make_paragraph, make_version


def version(number: int, texts: list[str], ways: tuple[Way, ...] = (), heading: str = "1."):
    paragraphs = tuple(
        make_paragraph(place, text=text, headings=(heading,))
        for place, text in enumerate(texts, start=1)
    )
    return make_version(number, paragraphs=paragraphs, ways=ways)


def two(old: list[str], new: list[str], *targets: tuple[int, ...]) -> Document:
    """Return a document of two versions; ``targets`` has the new numbers of each old one."""
    ends = [Way(place, to, WayKind.EDITED, 0.9) for place, to in enumerate(targets, start=1)]
    ways = with_kinds(ends, old, new)
    return make_document(versions=(version(1, old), version(2, new, ways)))


def told(comparison: Comparison) -> list[tuple[str, list[int], list[int]]]:
    return [
        (row.kind.value, [one.number for one in row.old], [one.number for one in row.new])
        for row in comparison.rows
    ]


def test_rows_stand_in_the_order_of_the_new_text():
    document = two(
        ["gleich", "alt", "weg", "teil eins zwei", "paar a", "paar b"],
        ["neu", "gleich", "anders", "teil eins", "zwei", "paar a b"],
        (2,), (3,), (), (4, 5), (6,), (6,),
    )  # fmt: skip
    comparison = compare(document, 1, 2)
    assert told(comparison) == [
        ("added", [], [1]),
        ("unchanged", [1], [2]),
        ("edited", [2], [3]),
        ("removed", [3], []),
        ("split", [4], [4, 5]),
        ("merged", [5, 6], [6]),
    ]
    assert comparison.changes == 5
    assert comparison.figures == {
        RowKind.ADDED: 1, RowKind.UNCHANGED: 1, RowKind.EDITED: 1, RowKind.REMOVED: 1,
        RowKind.SPLIT: 1, RowKind.MERGED: 2,
    }  # fmt: skip


def test_what_moved_is_told_at_both_places():
    document = two(["wandert", "b b", "c c"], ["b b", "c c", "wandert"], (3,), (1,), (2,))
    comparison = compare(document, 1, 2)
    assert told(comparison) == [
        ("away", [1], []),
        ("unchanged", [2], [1]),
        ("unchanged", [3], [2]),
        ("moved", [1], [3]),
    ]
    assert [row.moved for row in comparison.rows] == [False, False, False, True]
    assert comparison.figures[RowKind.AWAY] == 0
    assert comparison.changes == 1


def test_what_was_split_and_moved_says_both():
    old, new = ["a b", "lang bleibt", "lang steht"], ["lang bleibt", "lang steht", "a", "b"]
    (row,) = [
        row
        for row in compare(two(old, new, (3, 4), (1,), (2,)), 1, 2).rows
        if row.kind is RowKind.SPLIT
    ]
    assert row.moved


def test_what_is_gone_from_the_beginning_stands_at_the_beginning():
    comparison = compare(two(["weg", "auch weg", "da"], ["da"], (), (), (1,)), 1, 2)
    assert [kind for kind, _, _ in told(comparison)] == ["removed", "removed", "unchanged"]


def test_parts_that_meet_in_one_paragraph_make_one_row():
    old, new = ["a b", "c", "d e"], ["a", "b c d", "e"]
    comparison = compare(two(old, new, (1, 2), (2,), (2, 3)), 1, 2)
    assert told(comparison) == [("merged", [1, 2, 3], [1, 2, 3])]


@pytest.mark.parametrize(
    ("old", "new", "page"),
    [(1, 2, True), (2, 14, True), (2, 15, False), (1, 99, True), (3, 3, False), (3, 2, False)],
)
def test_far_versions_are_compared_with_their_neighbours_and_the_first(old, new, page):
    assert are_compared(old, new) is page


def test_the_pages_of_comparisons_grow_with_the_versions_not_with_their_square():
    def pages(versions: int) -> int:
        pairs = product(range(1, versions + 1), repeat=2)
        return sum(are_compared(old, new) for old, new in pairs)

    assert pages(4) == 6
    assert pages(13) == 78  # every pair
    assert pages(200) - pages(100) == 100 * 13


def test_versions_that_are_not_there_cannot_be_compared():
    with pytest.raises(UnknownVersion):
        compare(two(["a"], ["a"], (1,)), 2, 1)


@given(st.data())
def test_every_paragraph_stands_in_one_row(data: st.DataObject):
    count = data.draw(st.integers(0, 8))
    new = [f"Text {number}" for number in range(data.draw(st.integers(0, 8)))]
    some = st.lists(st.integers(1, len(new)), unique=True, max_size=3).map(sorted).map(tuple)
    targets = [data.draw(some if new else st.just(())) for _ in range(count)]
    document = two([f"Text {number}" for number in range(count)], new, *targets)
    rows = [row for row in compare(document, 1, 2).rows if row.kind is not RowKind.AWAY]
    old_numbers = Counter(one.number for row in rows for one in row.old)
    new_numbers = Counter(one.number for row in rows for one in row.new)
    assert old_numbers == dict.fromkeys(range(1, count + 1), 1)
    assert new_numbers == dict.fromkeys(range(1, len(new) + 1), 1)
