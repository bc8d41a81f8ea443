from datetime import date, timedelta
from itertools import pairwise

from participation.contribution import Channel
from participation.decision import Outcome
from participation.public_contributions import HandedIn
from synopsis.figures import Span, along_the_text, by_day, outcomes
from tests.factories import NOON, make_public
from tests.synopsis.factories import DISCUSSED, SAID, make_synopsis


def test_contributions_are_counted_by_chapter_and_paragraph():
    chapters = along_the_text(make_synopsis())
    assert [(one.heading, one.counts) for one in chapters] == [
        ("", ((1, 1),)),
        ("1. Ziele", ((2, 2), (3, 2))),
        ("2. Wege", ((4, 0),)),
    ]
    assert [one.total for one in chapters] == [1, 4, 0]
    assert chapters[1].peak == (2, 2)


def test_every_day_of_the_window_is_there_and_paper_counts_on_its_own_day():
    days = by_day(make_synopsis())
    assert (days[0].first, days[-1].first, len(days)) == (date(2024, 3, 8), date(2024, 3, 29), 22)
    assert [day for day in days if day.total] == [
        Span(date(2024, 3, 20), 3, 0),
        Span(date(2024, 3, 21), 1, 1),
    ]


def test_what_came_late_has_its_day_too():
    late = make_public(
        channel=Channel.LETTER, transcribed=HandedIn(None, date(2024, 4, 2), 1, is_late=True)
    )
    assert by_day(make_synopsis(late))[-1] == Span(date(2024, 4, 2), 0, 1)


def test_a_long_time_is_told_by_weeks():
    said = (make_public(1), make_public(2, received_at=NOON + timedelta(days=200)))
    spans = by_day(make_synopsis(*said))
    assert {after.first - before.first for before, after in pairwise(spans)} == {timedelta(weeks=1)}
    assert sum(span.total for span in spans) == 2


def test_the_newest_version_without_a_window_has_the_days_on_which_something_came():
    assert by_day(make_synopsis(number=2)) == []


def test_outcomes_are_counted_and_what_is_open_comes_last():
    assert outcomes(SAID) == [
        (Outcome.ADOPTED, 1),
        (Outcome.PARTLY, 1),
        (Outcome.DECLINED, 1),
        (Outcome.NOTED, 0),
        (Outcome.ANSWERED, 0),
        (None, 2),
    ]
    assert None not in dict(outcomes(SAID[:2]))


def test_the_answer_to_a_contribution_stands_for_its_replies_too():
    counted = dict(outcomes(DISCUSSED))
    assert (counted[Outcome.ADOPTED], counted[None]) == (1, 1)
