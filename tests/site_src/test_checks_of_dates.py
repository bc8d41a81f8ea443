from collections.abc import Callable

import pytest

from tests.site_src.conftest import Edit

Problems = Callable[[], list[str]]

DOCUMENT = "guidelines/leitlinien.md"
ENTRY = "  - date: 2026\n    title: Auswertung\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "closes: 2024-03-29",
            "closes: 2024-03-07",
            (
                f"{DOCUMENT}:9: the commenting window closes before it opens; "
                "correct “opens” or “closes”"
            ),
        ),
        (
            "closes: 2024-03-29",
            "closes: 2024-02-30",
            (
                f"{DOCUMENT}:9: there is no such day or time: 2024-02-30; "
                "correct the date; it is written year-month-day, such as 2024-03-08"
            ),
        ),
        (
            "opens: 2024-03-08",
            "opens: 2024-03-07",
            (
                f"{DOCUMENT}:8: the commenting window opens before the text is published; "
                "correct “opens” or “published”"
            ),
        ),
        (
            "answers: 2024-04-22",
            "answers: 2024-03-28",
            (
                f"{DOCUMENT}:11: the answers come before the commenting window closes; "
                "correct “answers” or “closes”"
            ),
        ),
    ],
)
def test_senseless_dates_of_a_document_are_named(
    edit: Edit, problems: Problems, old: str, new: str, expected: str
):
    edit(DOCUMENT, old, new)
    assert problems() == [expected]


def test_answers_on_the_last_day_of_the_window_are_fine(edit: Edit, problems: Problems):
    edit(DOCUMENT, "answers: 2024-04-22", "answers: 2024-03-29")
    assert problems() == []


def test_answers_before_an_open_ended_window_begins_are_named(edit: Edit, problems: Problems):
    edit(DOCUMENT, "  closes: 2024-03-29\n", "")
    edit(DOCUMENT, "answers: 2024-04-22", "answers: 2024-03-07")
    assert [problem.split("; ")[0] for problem in problems()] == [
        f"{DOCUMENT}:10: the answers come before the commenting window closes"
    ]


@pytest.mark.parametrize(
    ("entry", "what", "where"),
    [
        ("date: 2024-03-08", "the publication of that day", DOCUMENT),
        ("date: 2024-03-29", "the end of the commenting window", DOCUMENT),
        ("date: 2023-09-06", "the meeting of that day", "minutes/2023-09-06.md"),
        ("date: 2023-09-06\n    time: 18:00", "the meeting of that day", "minutes/2023-09-06.md"),
    ],
)
def test_a_date_that_is_written_elsewhere_is_named(
    edit: Edit, problems: Problems, entry: str, what: str, where: str
):
    edit("schedule.yml", ENTRY, f"  - {entry}\n    title: Nochmals\n")
    assert problems() == [
        (
            f"schedule.yml:8: {what} stands in {where} already; delete it here, the schedule shows "
            "it anyway; if it is another event on the same day, add its “time”"
        )
    ]


def test_the_beginning_of_a_window_is_written_once(edit: Edit, problems: Problems):
    edit(DOCUMENT, "published: 2024-03-08", "published: 2024-03-01")
    edit("schedule.yml", ENTRY, "  - date: 2024-03-08\n    title: Es geht los\n")
    assert problems()[0].startswith("schedule.yml:8: the beginning of the commenting window")


@pytest.mark.parametrize("entry", ["date: 2024-03-29", "date: 2023-09-06"])
def test_another_event_on_such_a_day_has_a_time(edit: Edit, problems: Problems, entry: str):
    edit("schedule.yml", ENTRY, f"  - {entry}\n    time: 10:00\n    title: Stadtfest\n")
    assert problems() == []


def test_a_date_that_stands_twice_in_the_schedule_is_named(edit: Edit, problems: Problems):
    edit("schedule.yml", ENTRY, ENTRY * 2)
    assert problems() == [
        "schedule.yml:10: this date stands in line 8 already; delete one of the two"
    ]


def test_a_day_that_does_not_exist_is_named(edit: Edit, problems: Problems):
    edit("schedule.yml", "date: 2022-10-10", "date: 2022-02-30")
    assert problems()[0].startswith("schedule.yml:2: there is no such day or time: 2022-02-30; ")
