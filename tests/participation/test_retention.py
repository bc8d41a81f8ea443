from dataclasses import replace
from datetime import datetime

import pytest

from participation.contribution import ContributionStatus, EarlierText, Transcribed
from participation.moderation import erased
from participation.period import Period, is_over, read_period
from participation.retention import retained
from participation.window import HOME
from tests.factories import AFTER, NOON, make_contribution


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P2Y", Period(24)),
        ("P18M", Period(18)),
        ("P90D", Period(0, 90)),
        ("P1Y6M1D", Period(18, 1)),
    ],
)
def test_a_period_is_read(text: str, period: Period):
    assert read_period(text) == period


@pytest.mark.parametrize(("period", "text"), [(Period(24), "P2Y"), (Period(18, 1), "P1Y6M1D")])
def test_a_period_is_written_as_it_is_read(period: Period, text: str):
    assert str(period) == text


@pytest.mark.parametrize("text", ["", "P", "P0Y", "2Y", "PT5H", "P1.5Y", "P1W", "P-1Y", "P2Y "])
def test_what_is_no_period_is_refused(text: str):
    with pytest.raises(ValueError, match="P2Y"):
        read_period(text)


@pytest.mark.parametrize(
    ("since", "period", "end"),
    [
        ((2024, 2, 29), "P1Y", (2025, 2, 28)),
        ((2024, 1, 31), "P1M", (2024, 2, 29)),
        ((2024, 12, 31), "P2M", (2025, 2, 28)),
        ((2024, 11, 30), "P1M", (2024, 12, 30)),
        ((2024, 3, 30), "P1D", (2024, 3, 31)),
    ],
)
def test_it_ends_at_the_same_time_of_day(
    since: tuple[int, int, int], period: str, end: tuple[int, int, int]
):
    begin, over = datetime(*since, 15, tzinfo=HOME), datetime(*end, 15, tzinfo=HOME)
    assert read_period(period).after(begin) == over
    assert is_over(read_period(period), begin, over)
    assert not is_over(read_period(period), begin, over.replace(hour=14))


def test_of_what_is_public_only_names_go():
    one = make_contribution(transcribed=Transcribed(by="Bob", people=3))
    kept = retained(one, AFTER)
    assert (kept.text, kept.name, kept.erased_at) == (one.text, None, None)
    assert kept.transcribed == Transcribed(by="", people=3)
    assert retained(make_contribution(name=None), AFTER) == make_contribution(name=None)


@pytest.mark.parametrize("status", sorted(set(ContributionStatus) - {"published"}))
def test_all_else_is_erased(status: ContributionStatus):
    one = make_contribution(status=status)
    assert retained(one, AFTER) == erased(one, AFTER)


def test_of_what_is_public_nothing_stays_that_stood_there_before_or_marks_a_browser():
    earlier = (EarlierText("Früher.", "Ada", None, NOON),)
    one = make_contribution(proposed_wording="Neu.", earlier_texts=earlier, author_mark="m")
    assert retained(one, AFTER) == replace(one, name=None, earlier_texts=(), author_mark=None)
