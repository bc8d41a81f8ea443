from collections.abc import Callable

import pytest

from tests.site_src.conftest import Edit, Write

Problems = Callable[[], list[str]]

MINUTES = "minutes/2023-09-06.md"
SECOND = "---\nnumber: {number}\ntitle: Zweite\ndate: {day}\nplace: Rathaus\n---\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "- leitlinien/1/2-3",
            "- leitfaden",
            (
                "14: there is no published document “leitfaden”; "
                "write one of these: leitlinien, methodenkoffer"
            ),
        ),
        (
            "- leitlinien/1/2-3",
            "- leitlinien/2/2-3",
            "14: “leitlinien” has no version 2; write one of these versions: 1",
        ),
        (
            "- leitlinien/1/2-3",
            "- leitlinien/1/3-5",
            "14: “leitlinien” has no paragraph 5; its paragraphs are 1 to 4; correct the number",
        ),
        (
            "- leitlinien/1/2-3",
            "- leitlinien/1/3-2",
            (
                "14: the paragraphs count backwards: leitlinien/1/3-2; "
                "write the smaller number first, such as leitlinien/1/14-18"
            ),
        ),
        (
            "ends: 20:00",
            "ends: 17:59",
            "6: the meeting ends before it begins; correct “time” or “ends”",
        ),
        (
            "time: 18:00\n",
            "",
            "5: the meeting ends before it begins; correct “time” or “ends”",
        ),
        (
            "date: 2023-09-06",
            "date: 2023-09-07",
            (
                "4: the file's name and its date 2023-09-07 differ; "
                "correct the date, or rename the file to minutes/2023-09-07.md"
            ),
        ),
    ],
)
def test_senseless_minutes_are_named(
    edit: Edit, problems: Problems, old: str, new: str, expected: str
):
    edit(MINUTES, old, new)
    assert problems() == [f"{MINUTES}:{expected}"]


def test_a_number_that_is_used_twice_is_named(write: Write, problems: Problems):
    write("minutes/2023-10-04.md", SECOND.format(number=3, day="2023-10-04"))
    assert problems() == [
        f"minutes/2023-10-04.md:2: “number: 3” is also in {MINUTES}; correct one of the two"
    ]


def test_a_date_that_is_used_twice_is_named(write: Write, problems: Problems):
    write("minutes/zweite.md", SECOND.format(number=4, day="2023-09-06"))
    assert (
        f"minutes/zweite.md:4: “date: 2023-09-06” is also in {MINUTES}; correct one of the two"
        in problems()
    )


def test_a_document_that_cannot_be_read_is_not_called_unknown(edit: Edit, problems: Problems):
    edit("guidelines/leitlinien.md", "version: 1", "version: eins")
    assert [problem.split(":")[0] for problem in problems()] == ["guidelines/leitlinien.md"]


def test_a_draft_is_not_published_and_cannot_be_named(edit: Edit, problems: Problems):
    edit("guidelines/leitlinien.md", "status: consultation", "status: draft")
    assert [problem.split("; ")[0] for problem in problems()] == [
        "guidelines/leitlinien.md:4: Hint: this is a draft and is not published",
        f"{MINUTES}:14: there is no published document “leitlinien”",
    ]
