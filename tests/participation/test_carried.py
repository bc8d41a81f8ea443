"""Contributions follow their paragraph into every later version, and none is lost."""

import pytest

from participation.carried import carried
from participation.document import Document
from participation.paragraph import ParagraphRef
from participation.refusals import UnknownVersion
from participation.way import Way, WayKind
from tests.factories import make_contribution, make_document, make_paragraph, make_version


def three_versions() -> Document:
    """1 → 2: 1 stays, 2 splits into 2 and 3, 3 is removed; 2 → 3: all stay."""
    second = make_version(
        2,
        ways=(
            Way(1, (1,), WayKind.UNCHANGED, 1.0),
            Way(2, (2, 3), WayKind.SPLIT, 0.9),
            Way(3, (), WayKind.REMOVED, 0.8),
        ),
    )
    stay = tuple(Way(number, (number,), WayKind.UNCHANGED, 1.0) for number in (1, 2, 3))
    return make_document(versions=(make_version(1), second, make_version(3, ways=stay)))


def on(version: int, number: int, contribution_id: str):
    return make_contribution(contribution_id, ref=ParagraphRef("leitlinien", version, number))


def test_each_is_found_where_its_paragraph_went():
    found = carried(three_versions(), [on(1, 1, "a"), on(1, 2, "b"), on(1, 2, "c")], 2)
    assert [(one.paragraph.number, one.here, len(one.contributions)) for one in found] == [
        (1, (1,), 1),
        (2, (2, 3), 2),
    ]


def test_what_stands_on_a_removed_paragraph_is_there_too():
    (found,) = carried(three_versions(), [on(1, 3, "a")], 2)
    assert (found.here, found.paragraph) == ((), make_paragraph(3))


def test_two_steps_are_one_way():
    found = carried(three_versions(), [on(1, 2, "a"), on(2, 1, "b")], 3)
    assert [(one.version.number, one.here) for one in found] == [(1, (2, 3)), (2, (1,))]


def test_what_was_said_on_the_version_itself_or_later_is_not_earlier():
    assert carried(three_versions(), [on(2, 1, "a"), on(3, 1, "b")], 2) == ()


def test_a_version_that_is_not_there_is_refused():
    with pytest.raises(UnknownVersion):
        carried(three_versions(), [], 9)
