from dataclasses import replace

import pytest

from participation.refusals import UnknownVersion
from participation.way import Way, WayKind
from participation.word_diff import Change
from synopsis.rows import Fate
from tests.factories import make_answered, make_public
from tests.synopsis.factories import NEW, first, make_synopsis, two_versions


def test_every_paragraph_has_a_row_with_what_was_said_on_it_and_what_it_became():
    rows = make_synopsis().rows
    told = [(row.fate, row.old and row.old.number, [new.number for new in row.new]) for row in rows]
    assert told == [
        (Fate.UNCHANGED, 1, [1]),
        (Fate.EDITED, 2, [2]),
        (Fate.REMOVED, 3, []),
        (Fate.SPLIT, 4, [3, 5]),
        (Fate.ADDED, None, [4]),
    ]
    assert [[one.ordinal for one in row.contributions] for row in rows] == [
        [5], [1, 2], [3, 4], [], [],
    ]  # fmt: skip


def test_a_new_paragraph_stands_where_it_stands_in_the_new_text_and_names_who_brought_it():
    added = make_synopsis().rows[-1]
    assert added.headings == ("2. Wege",)
    assert [one.ordinal for one in added.because] == [2]


def test_a_row_names_those_who_changed_it_from_elsewhere():
    said = make_answered(1, **first(3))  # its answer names paragraph 2 of the next version
    assert [one.ordinal for one in make_synopsis(said).rows[1].because] == [1]


def test_what_was_said_on_the_paragraph_itself_is_not_named_again():
    assert make_synopsis().rows[1].because == ()


def test_what_is_unchanged_and_was_not_talked_about_is_not_worth_reading():
    told = make_synopsis(make_answered(**first(2))).told
    assert [row.fate for row in told] == [Fate.EDITED, Fate.REMOVED, Fate.SPLIT, Fate.ADDED]


def test_of_the_newest_version_nothing_is_known_yet():
    said = make_public(ref=NEW)
    newest = make_synopsis(said, number=2)
    assert newest.later is None
    assert {row.fate for row in newest.rows} == {Fate.OPEN}
    assert [row.old and row.old.number for row in newest.told] == [4]


def test_the_difference_is_that_of_words():
    row = make_synopsis().rows[1]
    changes = [piece.change for piece in row.difference(row.new[0])]
    assert changes == [Change.KEPT, Change.INSERTED, Change.KEPT]


def test_a_version_that_is_not_there_has_none():
    with pytest.raises(UnknownVersion):
        make_synopsis(number=3)


def test_a_paragraph_that_is_new_before_all_others_comes_first():
    document = two_versions()
    before, after = document.versions
    gone = Way(1, (), WayKind.REMOVED, 1.0)
    versions = (before, replace(after, ways=(gone, *after.ways[1:])))
    assert make_synopsis(document=replace(document, versions=versions)).rows[0].fate is Fate.ADDED


def test_what_was_said_before_is_told_once_whether_it_was_carried_or_changed_something():
    edited = make_synopsis(number=2).rows[1]
    assert [one.ordinal for one in edited.before] == [1, 2]
    assert edited.contributions == ()
