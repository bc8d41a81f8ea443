"""A window is half open, aware, and one place compares."""

from datetime import UTC, date, datetime, timedelta

import pytest

from participation.window import FIRST, HOME, LAST, Window, WindowState, closing, opening
from tests.factories import AFTER, BEFORE, FIRST_MOMENT, LAST_MOMENT, MARCH

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (BEFORE, WindowState.NOT_YET),
        (FIRST_MOMENT, WindowState.OPEN),
        (LAST_MOMENT, WindowState.OPEN),
        (AFTER, WindowState.CLOSED),
    ],
)
def test_the_first_moment_is_inside_and_the_end_is_outside(now: datetime, state: WindowState):
    assert MARCH.state(now) is state


def test_a_window_without_an_end_stays_open():
    window = Window(opening(date(2024, 3, 8)))
    assert window.state(datetime(2999, 1, 1, tzinfo=UTC)) is WindowState.OPEN


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        (BEFORE, FIRST, FIRST_MOMENT),
        (FIRST_MOMENT, FIRST_MOMENT, AFTER),
        (LAST_MOMENT, FIRST_MOMENT, AFTER),
        (AFTER, AFTER, LAST),
    ],
)
def test_a_state_lasts_from_its_first_moment_until_the_next_state(
    now: datetime, since: datetime, until: datetime
):
    assert MARCH.lasts(now) == (since, until)
    assert {end.tzinfo for end in MARCH.lasts(now)} == {UTC}


def test_an_open_window_without_an_end_lasts():
    assert Window(FIRST_MOMENT).lasts(AFTER) == (FIRST_MOMENT, LAST)


def test_a_date_opens_with_its_first_moment_and_closes_with_its_last():
    assert opening(date(2024, 3, 8)) == datetime(2024, 3, 7, 23, 0, tzinfo=UTC)
    assert closing(date(2024, 3, 29)) == datetime(2024, 3, 29, 23, 0, tzinfo=UTC)


def test_a_moment_that_is_stated_exactly_is_kept():
    noon = datetime(2024, 3, 8, 12, 0, tzinfo=UTC)
    assert opening(noon) == closing(noon) == noon


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2024, 3, 31), 23), (date(2024, 10, 27), 25), (date(2024, 5, 1), 24)]
)
def test_a_window_of_one_day_is_as_long_as_the_clocks_make_it(day: date, hours: int):
    window, end = Window(opening(day), closing(day)), closing(day).astimezone(UTC)
    assert end - window.opens.astimezone(UTC) == timedelta(hours=hours)
    assert window.state(end - MOMENT) is WindowState.OPEN
    assert window.state(end) is WindowState.CLOSED


def test_the_hour_that_comes_twice_is_two_hours():
    closes = datetime(2024, 10, 27, 2, 30, tzinfo=HOME, fold=1)  # the second 2:30
    window = Window(datetime(2024, 10, 27, 0, 0, tzinfo=HOME), closes)
    first_half_past_two = datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    second_half_past_two = first_half_past_two + timedelta(hours=1)
    for zone in (UTC, HOME):
        assert window.state(first_half_past_two.astimezone(zone)) is WindowState.OPEN
        assert window.state(second_half_past_two.astimezone(zone)) is WindowState.CLOSED


def test_the_hour_that_is_left_out_takes_nothing_away():
    opens = datetime(2024, 3, 31, 3, 0, tzinfo=HOME)  # what follows 1:59:59
    window = Window(opens, opens + timedelta(hours=1))
    assert window.state(datetime(2024, 3, 31, 0, 59, 59, tzinfo=UTC)) is WindowState.NOT_YET
    assert window.state(datetime(2024, 3, 31, 1, 0, tzinfo=UTC)) is WindowState.OPEN


def test_a_window_without_time_zones_is_refused():
    with pytest.raises(ValueError, match="time zones"):
        Window(datetime(2024, 3, 8))  # noqa: DTZ001  # the very thing that is refused


@pytest.mark.parametrize("length", [timedelta(0), timedelta(days=-1)])
def test_a_window_that_does_not_close_after_it_opens_is_refused(length: timedelta):
    with pytest.raises(ValueError, match="close after"):
        Window(MARCH.opens, MARCH.opens + length)


def test_windows_overlap_when_a_moment_lies_in_both():
    april = Window(opening(date(2024, 3, 30)), closing(date(2024, 4, 30)))
    forever = Window(opening(date(2024, 3, 20)))
    assert not MARCH.overlaps(april)
    assert not april.overlaps(MARCH)
    assert MARCH.overlaps(forever)
    assert forever.overlaps(april)


def test_a_window_that_is_ended_keeps_what_lies_before():
    open_ended, day = Window(MARCH.opens), opening(date(2024, 3, 20))
    assert MARCH.until(day) == open_ended.until(day) == Window(MARCH.opens, day)
    assert MARCH.until(AFTER) == MARCH.until(AFTER + MOMENT) == MARCH
    assert MARCH.until(FIRST_MOMENT + MOMENT) == Window(MARCH.opens, MARCH.opens + MOMENT)
    assert MARCH.until(FIRST_MOMENT) is MARCH.until(BEFORE) is None


def test_a_window_is_ended_at_the_moment_itself_whatever_the_clocks_show():
    second_half_past_two = datetime(2024, 10, 27, 2, 30, tzinfo=HOME, fold=1)
    left = Window(datetime(2024, 10, 27, 2, 30, tzinfo=HOME)).until(second_half_past_two)
    assert left is not None
    assert left.state(datetime(2024, 10, 27, 1, 29, 59, tzinfo=UTC)) is WindowState.OPEN
    assert left.state(datetime(2024, 10, 27, 1, 30, tzinfo=UTC)) is WindowState.CLOSED
