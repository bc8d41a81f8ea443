"""What is new: contributions and answers, newest first."""

from datetime import timedelta

from participation.changes import Happening, changes
from participation.window import HOME
from tests.factories import AFTER, NOON, make_answered, make_public

LATER = (AFTER + timedelta(days=1)).astimezone(HOME)


def test_contributions_and_answers_come_newest_first():
    found = changes([make_answered(1), make_public(2), make_public(3, received_at=LATER)], 9)
    assert [(one.what, one.contribution.ordinal) for one in found] == [
        (Happening.RECEIVED, 3),
        (Happening.ANSWERED, 1),
        (Happening.RECEIVED, 1),
        (Happening.RECEIVED, 2),
    ]
    assert [one.at for one in found[:3]] == [LATER, AFTER, NOON]


def test_only_the_latest_ones_are_told():
    latest = changes([make_public(1), make_public(2, received_at=LATER)], 1)
    assert [one.contribution.ordinal for one in latest] == [2]
