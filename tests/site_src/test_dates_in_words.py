from datetime import UTC, date, datetime, time

import pytest

from participation.document import Version
from participation.schedule import PartialDate
from participation.window import HOME, Window
from site_src.dates_in_words import (
    partial_date_iso,
    partial_date_words,
    span_words,
    time_words,
)
from site_src.messages import translator
from site_src.words_of_versions import (
    answers_words,
    last_day,
    version_words,
    window_span,
    window_words,
)
from tests.factories import MARCH, make_version

DE, EN = translator("de"), translator("en")
TODAY = date(2024, 3, 20)


@pytest.mark.parametrize(
    ("first", "last", "german", "english"),
    [
        (date(2024, 3, 8), date(2024, 3, 8), "8. März 2024", "8 March 2024"),
        (date(2024, 3, 8), date(2024, 3, 29), "8. bis 29. März 2024", "8 to 29 March 2024"),
        (
            date(2024, 3, 8),
            date(2024, 4, 2),
            "8. März bis 2. April 2024",
            "8 March to 2 April 2024",
        ),
        (
            date(2023, 12, 8),
            date(2024, 1, 2),
            "8. Dezember 2023 bis 2. Januar 2024",
            "8 December 2023 to 2 January 2024",
        ),
    ],
)
def test_a_span_names_month_and_year_once(first: date, last: date, german: str, english: str):
    assert span_words(first, last, DE) == german
    assert span_words(first, last, EN) == english


@pytest.mark.parametrize(
    ("known", "words", "iso"),
    [
        (PartialDate(2026), "2026", "2026"),
        (PartialDate(2023, 6), "Juni 2023", "2023-06"),
        (PartialDate(2022, 10, 9), "9. Oktober 2022", "2022-10-09"),
    ],
)
def test_a_date_says_as_much_as_is_known(known: PartialDate, words: str, iso: str):
    assert partial_date_words(known, DE) == words
    assert partial_date_iso(known) == iso


@pytest.mark.parametrize(
    ("starts", "ends", "german", "english"),
    [
        (time(18), None, "18 Uhr", "18:00"),
        (time(18, 5), None, "18:05 Uhr", "18:05"),
        (time(18), time(20, 15), "18 bis 20:15 Uhr", "18:00 to 20:15"),
    ],
)
def test_a_time_of_day_is_said_as_people_do(
    starts: time, ends: time | None, german: str, english: str
):
    assert time_words(starts, ends, DE) == german
    assert time_words(starts, ends, EN) == english


def window_of(opens: datetime, closes: datetime | None) -> Version:
    return make_version(window=Window(opens, closes))


def test_a_version_is_named_with_its_date():
    assert version_words(make_version(), DE) == "Fassung 1 vom 8. März 2024"


def test_a_window_of_whole_days_names_its_last_day():
    assert window_words(make_version(), DE, today=TODAY) == "Kommentarfrist: 8. bis 29. März 2024"
    assert last_day(MARCH) == date(2024, 3, 29)


def test_a_window_with_times_of_day_names_them():
    window = Window(datetime(2024, 3, 8, 12, tzinfo=HOME), datetime(2024, 3, 29, 17, tzinfo=UTC))
    assert window_span(window, DE) == "8. März 2024, 12 Uhr bis 29. März 2024, 18 Uhr"


def test_a_window_without_an_end_is_open_until_further_notice():
    version = window_of(datetime(2024, 3, 8, tzinfo=HOME), None)
    assert window_words(version, DE, today=TODAY) == "Kommentare sind bis auf Weiteres möglich"
    assert (
        window_words(version, DE, today=date(2024, 3, 7))
        == "Kommentare sind ab 8. März 2024 bis auf Weiteres möglich"
    )


def test_a_version_without_a_window_takes_no_comments():
    version = make_version(window=None, answers=None)
    assert window_words(version, DE, today=TODAY) == "Nimmt keine Kommentare an"
    assert answers_words(version, DE) == ""


def test_the_day_of_the_answers_is_named():
    assert answers_words(make_version(), DE) == "Antworten der Arbeitsgruppe bis 22. April 2024"
