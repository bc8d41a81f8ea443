from dataclasses import replace

import pytest

from participation.contribution import ContributionStatus
from participation.refusals import OwnContribution, UnknownContribution, WindowNotOpen
from participation.support import Support, support_withdrawn, supported
from tests.factories import AFTER, NOON, make_contribution, make_support, make_version


def test_a_support_is_of_one_contribution_by_one_browser():
    given = supported(make_contribution(), make_version(), "m1", now=NOON)
    assert given == Support("m1", "leitlinien", "c1", NOON)


def test_what_was_written_in_the_same_browser_is_not_supported():
    own = make_contribution(author_mark="m1")
    with pytest.raises(OwnContribution):
        supported(own, make_version(), "m1", now=NOON)
    assert supported(own, make_version(), "m2", now=NOON).id == "m2"


@pytest.mark.parametrize("status", sorted(set(ContributionStatus) - {"published"}))
def test_only_what_is_public_is_supported(status: ContributionStatus):
    with pytest.raises(UnknownContribution):
        supported(make_contribution(status=status), make_version(), "m1", now=NOON)


def test_a_support_that_was_taken_back_says_when():
    later = AFTER.replace(day=25)
    taken_back = support_withdrawn(make_support(), make_version(), now=later)
    assert taken_back == replace(make_support(), at=later, is_withdrawn=True)


def test_outside_of_the_window_neither_is_possible():
    with pytest.raises(WindowNotOpen):
        supported(make_contribution(), make_version(), "m1", now=AFTER)
    with pytest.raises(WindowNotOpen):
        support_withdrawn(make_support(), make_version(), now=AFTER)
