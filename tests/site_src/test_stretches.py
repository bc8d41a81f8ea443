"""What of a comparison lies open, and what is folded away."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from site_src.comparison import Row, RowKind
from site_src.stretches import FOLDED_FROM, Stretch, stretches
from tests.factories import make_paragraph

LONG = FOLDED_FROM + 2  # with a row of context on either side


def rows_of(kinds: str, headings: Sequence[str] = ()) -> list[Row]:
    """Return rows: ``.`` is an unchanged paragraph, ``-`` a removed one, ``>`` one away."""
    rows = []
    for number, kind in enumerate(kinds, start=1):
        heading = headings[number - 1] if headings else "1."
        one = (make_paragraph(number, headings=(heading,)),)
        rows.append(
            Row(RowKind.UNCHANGED, one, one)
            if kind == "."
            else Row(RowKind.REMOVED if kind == "-" else RowKind.AWAY, one, ())
        )
    return rows


def told(found: Sequence[Stretch]) -> list[tuple[bool, int]]:
    return [(stretch.folded, stretch.count) for stretch in found]


def test_what_stays_the_same_for_long_is_folded_but_for_its_ends():
    found = list(stretches(rows_of("-" + "." * LONG + "-")))
    assert told(found) == [(False, 2), (True, FOLDED_FROM), (False, 2)]
    assert len(found[1].unchanged) == FOLDED_FROM


def test_at_the_ends_of_the_text_there_is_no_change_to_stand_beside():
    found = list(stretches(rows_of("." * LONG + "-" + "." * LONG)))
    assert told(found) == [(True, LONG - 1), (False, 3), (True, LONG - 1)]


def test_what_stays_the_same_for_a_short_while_lies_open():
    rows = rows_of("-" + "." * (LONG - 1) + "-")
    assert told(list(stretches(rows))) == [(False, len(rows))]


def test_a_text_that_is_all_the_same_lies_open():
    assert told(list(stretches(rows_of("." * 3 * LONG)))) == [(False, 3 * LONG)]


def test_nothing_makes_no_stretch():
    assert list(stretches([])) == []


def test_what_moved_away_counts_as_the_same():
    found = list(stretches(rows_of("-" + ">" * LONG + "-")))
    assert told(found) == [(False, 2), (True, FOLDED_FROM), (False, 2)]
    assert found[1].unchanged == []


def test_sections_begin_where_headings_change_and_what_is_gone_stays_below_those_before():
    (stretch,) = stretches(rows_of(".-..", ["A", "old", "A", "B"]))
    assert [(section.headings, len(section.rows)) for section in stretch.sections] == [
        (("A",), 3),
        (("B",), 1),
    ]
    assert [section.same for section in stretch.sections] == [False, True]


def test_a_fold_does_not_repeat_the_heading_before_it_but_what_follows_does():
    first, fold, last = stretches(rows_of("." + "-" + "." * LONG + "-"))
    assert [stretch.sections[0].headings for stretch in (first, fold, last)] == [
        ("1.",),
        (),
        ("1.",),
    ]


@given(st.text(alphabet=".->", max_size=60))
def test_every_row_is_in_one_stretch_and_no_change_is_folded_away(kinds: str):
    rows = rows_of(kinds)
    found = list(stretches(rows))
    assert [row for one in found for section in one.sections for row in section.rows] == rows
    for stretch in found:
        if stretch.folded:
            assert all(section.same for section in stretch.sections)
            assert stretch.count >= FOLDED_FROM
