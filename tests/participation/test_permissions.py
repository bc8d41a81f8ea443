"""Every verb at every edge of the window."""

from datetime import datetime

import pytest

from participation.document import Version
from participation.permissions import Verb, admit
from participation.refusals import WindowNotOpen
from tests.factories import AFTER, BEFORE, FIRST_MOMENT, LAST_MOMENT, MARCH, make_version

ALWAYS = [Verb.READ, Verb.WITHDRAW]
INSIDE = [
    Verb.CONTRIBUTE, Verb.REPLY, Verb.SUPPORT, Verb.CORRECT, Verb.WITHDRAW_SUPPORT,
]  # fmt: skip


def admitted(verb: Verb, version: Version, now: datetime) -> bool:
    try:
        admit(verb, version, now=now)
    except WindowNotOpen:
        return False
    return True


def test_the_table_names_every_verb():
    assert set(ALWAYS) | set(INSIDE) == set(Verb)


@pytest.mark.parametrize("now", [BEFORE, FIRST_MOMENT, LAST_MOMENT, AFTER])
@pytest.mark.parametrize("verb", ALWAYS)
def test_reading_and_withdrawing_are_always_possible(verb: Verb, now: datetime):
    assert admitted(verb, make_version(), now)
    assert admitted(verb, make_version(window=None), now)


@pytest.mark.parametrize("now", [FIRST_MOMENT, LAST_MOMENT])
@pytest.mark.parametrize("verb", INSIDE)
def test_writing_is_possible_inside_the_window(verb: Verb, now: datetime):
    assert admitted(verb, make_version(), now)


@pytest.mark.parametrize("now", [BEFORE, AFTER])
@pytest.mark.parametrize("verb", INSIDE)
def test_writing_is_refused_outside_and_told_when_it_is_possible(verb: Verb, now: datetime):
    with pytest.raises(WindowNotOpen) as refused:
        admit(verb, make_version(), now=now)
    assert (refused.value.opens, refused.value.closes) == (MARCH.opens, MARCH.closes)


@pytest.mark.parametrize("verb", INSIDE)
def test_a_version_without_a_window_takes_nothing(verb: Verb):
    with pytest.raises(WindowNotOpen) as refused:
        admit(verb, make_version(window=None), now=FIRST_MOMENT)
    assert (refused.value.opens, refused.value.closes) == (None, None)
