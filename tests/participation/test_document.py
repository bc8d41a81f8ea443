"""Of all versions of a document, at most one takes contributions at any moment."""

from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.document import Version, one_open_at_a_time
from participation.window import Window, WindowState, closing, opening
from tests.factories import MARCH, make_version

FROM_MARCH = Window(MARCH.opens)  # until further notice
APRIL = date(2024, 4, 22)
DAYS = st.dates(date(2024, 3, 25), date(2024, 4, 5))  # with a change of the clocks


def windows(*versions: Version) -> list[Window | None]:
    return [version.window for version in one_open_at_a_time(versions)]


def test_windows_that_never_meet_stay_as_they_are():
    later = Window(opening(date(2024, 3, 30)))
    published = date(2024, 3, 30)
    first, second = make_version(), make_version(2, window=later, published=published)
    assert windows(first, second) == [MARCH, later]
    assert one_open_at_a_time([]) == ()


def test_what_is_open_until_further_notice_ends_on_the_day_of_the_next_version():
    first = make_version(window=FROM_MARCH)
    second = make_version(2, window=None, published=APRIL)
    assert windows(first, second) == [Window(MARCH.opens, opening(APRIL)), None]
    assert windows(first) == [FROM_MARCH]


def test_it_ends_sooner_if_the_next_window_opens_before_that_day():
    first = make_version(window=FROM_MARCH)
    opens = datetime.fromisoformat("2024-04-20T12:00:00+02:00")
    second = make_version(2, window=Window(opens), published=APRIL)
    assert windows(first, second) == [Window(MARCH.opens, opens), Window(opens)]


def test_an_end_that_was_promised_is_kept_where_no_other_window_opens():
    second = make_version(2, window=None, published=date(2024, 3, 20))
    assert windows(make_version(), second) == [MARCH, None]


def test_two_promises_that_overlap_are_never_open_at_once():
    opens = opening(date(2024, 3, 20))
    second = make_version(2, window=Window(opens), published=date(2024, 3, 20))
    assert windows(make_version(), second) == [Window(MARCH.opens, opens), Window(opens)]


@pytest.mark.parametrize("published", [date(2024, 3, 8), date(2024, 3, 1)])
def test_a_version_that_is_followed_before_it_opens_takes_nothing(published: date):
    second = make_version(2, window=FROM_MARCH, published=published)
    assert windows(make_version(window=FROM_MARCH), second) == [None, FROM_MARCH]


def test_every_later_version_counts_not_only_the_next_one():
    versions = [
        make_version(window=FROM_MARCH),
        make_version(2, window=None, published=APRIL),
        make_version(3, window=None, published=date(2024, 4, 1)),
    ]
    assert windows(*versions)[0] == Window(MARCH.opens, opening(date(2024, 4, 1)))


@st.composite
def some_windows(draw: st.DrawFn) -> Window | None:
    days = sorted([draw(DAYS), draw(DAYS)])
    ends = st.sampled_from([closing(days[1]), None])
    return draw(st.sampled_from([None, Window(opening(days[0]), draw(ends))]))


@given(st.lists(st.tuples(some_windows(), DAYS), max_size=4))
def test_at_no_moment_are_two_versions_open(stated: list[tuple[Window | None, date]]):
    versions = one_open_at_a_time(
        [make_version(n, window=one, published=day) for n, (one, day) in enumerate(stated, 1)]
    )
    for one, other in combinations(versions, 2):
        assert not (one.window and other.window and one.window.overlaps(other.window))
    for version, (window, _) in zip(versions, stated, strict=True):
        assert version.window is None or (window and version.window.opens == window.opens)
    hours = (opening(date(2024, 3, 25)) + timedelta(hours=n) for n in range(0, 300, 12))
    for now in hours:
        states = [version.window.state(now) for version in versions if version.window]
        assert states.count(WindowState.OPEN) <= 1
