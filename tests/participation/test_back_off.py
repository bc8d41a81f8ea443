from datetime import timedelta

import pytest

from participation.back_off import wait_after


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, None), (4, None), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (1000, 900)],
)
def test_the_wait_doubles_with_each_wrong_try_up_to_a_quarter_of_an_hour(
    failures: int, seconds: int | None
):
    assert wait_after(failures) == (None if seconds is None else timedelta(seconds=seconds))


def test_where_more_tries_are_free_the_wait_begins_later():
    assert wait_after(19, free=20) is None
    assert wait_after(20, free=20) == timedelta(seconds=30)
