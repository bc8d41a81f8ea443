from datetime import UTC, datetime

from site_src.revisions import Revision, revisions

FIRST, SECOND, THIRD = (datetime(2024, 3, day, tzinfo=UTC) for day in (1, 2, 3))


def test_what_was_said_once_has_one_moment():
    assert revisions([(FIRST, {"a": 1}), (SECOND, {"a": 1})]) == {"a": Revision(FIRST, FIRST, 0)}


def test_each_change_counts_and_the_last_one_is_dated():
    said = [(FIRST, {"a": 1}), (SECOND, {"a": 2}), (THIRD, {"a": 1})]
    assert revisions(said) == {"a": Revision(FIRST, THIRD, 2)}


def test_what_comes_back_counts_on():
    said: list[tuple[datetime, dict[str, int]]] = [
        (FIRST, {"a": 1}),
        (SECOND, {}),
        (THIRD, {"a": 2}),
    ]
    assert revisions(said)["a"] == Revision(FIRST, THIRD, 1)


def test_a_clock_that_went_back_takes_no_moment_back():
    assert revisions([(SECOND, {"a": 1}), (FIRST, {"a": 2})])["a"] == Revision(SECOND, SECOND, 1)
