from datetime import timedelta

import pytest

from comment_service.counts import PLACES, Counts
from participation.refusals import TooMany
from tests.factories import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def counts() -> Counts:
    return Counts(10 * MINUTE)


def test_what_came_from_one_place_is_counted_for_a_while(counts: Counts):
    for minutes in (0, 1, 9):
        counts.add("203.0.113.9", NOON + minutes * MINUTE)
    counts.add("203.0.113.10", NOON)
    counted = [counts.count("203.0.113.9", NOON + minutes * MINUTE) for minutes in (9, 10, 11, 19)]
    assert counted == [3, 2, 1, 0]
    assert counts.count("203.0.113.11", NOON) == 0


def test_whoever_sent_too_many_is_told_when_the_next_will_be_taken(counts: Counts):
    for minutes in (0, 2, 4):
        counts.allow("a", NOON + minutes * MINUTE, most=3)
        counts.add("a", NOON + minutes * MINUTE)
    with pytest.raises(TooMany) as refused:
        counts.allow("a", NOON + 5 * MINUTE, most=3)
    assert refused.value.until == NOON + 10 * MINUTE
    counts.allow("a", refused.value.until, most=3)


def test_a_lower_limit_waits_for_as_many_as_are_too_many(counts: Counts):
    for minutes in (0, 2, 4):
        counts.add("a", NOON + minutes * MINUTE)
    with pytest.raises(TooMany) as refused:
        counts.allow("a", NOON + 5 * MINUTE, most=1)
    assert refused.value.until == NOON + 14 * MINUTE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),  # one household, one machine
        ("2001:db8:1:2::1", "[2001:db8:1:2::1]:50123"),
        ("203.0.113.9", "::ffff:203.0.113.9"),
        ("203.0.113.9", "203.0.113.9:50123"),  # as some web servers in front write it
        ("no address: at all", "no address"),
    ],
)
def test_one_place_has_many_addresses(counts: Counts, one: str, other: str):
    counts.add(one, NOON)
    assert counts.count(other, NOON) == 1


@pytest.mark.parametrize("other", ["2001:db8:1:3::1", "203.0.113.9", ""])
def test_other_places_are_others(counts: Counts, other: str):
    counts.add("2001:db8:1:2::1", NOON)
    assert counts.count(other, NOON) == 0


def test_on_the_next_day_nothing_is_known_of_the_day_before(counts: Counts):
    evening = NOON.replace(hour=23, minute=59)
    counts.add("a", evening)
    assert counts.count("a", evening + 2 * MINUTE) == 0


def test_no_more_places_are_remembered_than_fit(counts: Counts):
    counts.add("first", NOON)
    for number in range(PLACES):
        counts.add(str(number), NOON)
    assert counts.count("first", NOON) == 0
    assert counts.count("0", NOON) == 1


def test_no_address_is_kept(counts: Counts):
    counts.add("203.0.113.9", NOON)
    assert "203.0.113" not in str(vars(counts))
