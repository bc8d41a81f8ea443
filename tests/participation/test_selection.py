"""Contributions are chosen by kind, chapter and answer, and read by place or by age."""

from datetime import timedelta

import pytest

from participation.chapters import chapters
from participation.contribution import ContributionKind
from participation.paragraph import ParagraphRef
from participation.refusals import UnknownVersion
from participation.selection import AnswerState, Order, Wanted, in_order, listed, most_supported
from participation.threads import threads
from participation.way import Way, WayKind
from participation.window import HOME
from tests.factories import (
    NOON,
    make_answered,
    make_document,
    make_paragraph,
    make_public,
    make_version,
    public_id,
)

PARAGRAPHS = tuple(
    make_paragraph(number, headings=(heading,))
    for number, heading in enumerate(["1. Ziele", "1. Ziele", "2. Wege"], start=1)
)
WAYS = (
    Way(1, (3,), WayKind.MOVED, 1.0),
    Way(2, (), WayKind.REMOVED, 1.0),
    Way(3, (1, 2), WayKind.SPLIT, 0.9),
)
DOCUMENT = make_document(
    versions=(
        make_version(1, paragraphs=PARAGRAPHS),
        make_version(2, paragraphs=PARAGRAPHS, ways=WAYS),
    )
)


def at(version: int, number: int) -> ParagraphRef:
    return ParagraphRef("leitlinien", version, number)


PUBLIC = [
    make_public(1, ref=at(1, 1)),
    make_public(2, ref=at(1, 2), kind=ContributionKind.QUESTION),
    make_answered(3, ref=at(2, 3)),
    make_public(4, ref=at(2, 1), received_at=(NOON + timedelta(hours=1)).astimezone(HOME)),
    make_public(5, ref=at(2, 1), kind=ContributionKind.QUESTION),
]


def ordinals(wanted: Wanted, version: int = 2) -> list[int]:
    found = wanted.of(listed(DOCUMENT, PUBLIC, version))
    return [one.contribution.ordinal for one in found]


def test_those_on_the_version_come_first_then_those_on_earlier_ones():
    assert ordinals(Wanted()) == [4, 5, 3, 1, 2]
    assert Wanted().is_all


def test_the_first_version_has_only_its_own():
    assert ordinals(Wanted(), 1) == [1, 2]


def test_each_is_listed_with_its_place_in_the_version():
    here = {one.contribution.ordinal: one.here for one in listed(DOCUMENT, PUBLIC, 2)}
    assert here == {4: (1,), 5: (1,), 3: (3,), 1: (3,), 2: ()}


def test_the_newest_are_read_first_if_that_is_wanted():
    assert ordinals(Wanted(order=Order.NEWEST)) == [4, 5, 3, 1, 2]
    assert ordinals(Wanted(order=Order.NEWEST, kind=ContributionKind.COMMENT)) == [4, 3, 1]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(kind=ContributionKind.QUESTION), [5, 2]),
        (Wanted(answer=AnswerState.ANSWERED), [3]),
        (Wanted(answer=AnswerState.UNANSWERED), [4, 5, 1, 2]),
        (Wanted(chapter=chapters(DOCUMENT.newest)[1]), [3, 1]),
    ],
    ids=["questions", "answered", "unanswered", "chapter"],
)
def test_what_is_not_wanted_is_left_out(wanted: Wanted, found: list[int]):
    assert ordinals(wanted) == found
    assert not wanted.is_all


def test_the_most_supported_are_read_first_if_that_is_wanted():
    public = [make_public(1, supports=1), make_public(2, supports=7), make_public(3)]
    found = Wanted(order=Order.SUPPORT).of(listed(DOCUMENT, public, 1))
    assert [one.contribution.ordinal for one in found] == [2, 1, 3]
    assert [one.first.ordinal for one in in_order(threads(public), Order.SUPPORT)] == [2, 1, 3]


def test_of_the_most_supported_only_those_are_told_whom_somebody_supports():
    public = [make_public(1, supports=1), make_public(2, supports=7), make_public(3)]
    assert [one.ordinal for one in most_supported(public, 5)] == [2, 1]
    assert [one.ordinal for one in most_supported(public, 1)] == [2]


def test_replies_are_listed_behind_what_they_answer():
    reply = make_public(3, in_reply_to=public_id(1))
    found = listed(DOCUMENT, [make_public(1), make_public(2), reply], 1)
    assert [one.contribution.ordinal for one in found] == [1, 3, 2]


def test_an_unknown_version_has_no_list():
    with pytest.raises(UnknownVersion):
        list(listed(DOCUMENT, PUBLIC, 3))
