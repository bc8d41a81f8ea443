from collections.abc import Callable

import pytest

from tests.site_src.conftest import Edit

DOCUMENT, MINUTES = "guidelines/leitlinien.md", "minutes/2023-09-06.md"


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (DOCUMENT, "version: 1", "", ":2: “version” is missing; add a line such as “version: 1”"),
        (
            DOCUMENT,
            "version: 1",
            "version: eins",
            ":3: “version” must be a whole number; write it like this: version: 1",
        ),
        (DOCUMENT, "version: 1", "version: 0", ":3: “0” does not fit “version”; write"),
        (
            DOCUMENT,
            "title: Leitlinien",
            "title: 2024",
            ":2: “title” must be a text (in quotes where it looks like a number); write",
        ),
        (
            DOCUMENT,
            "status: consultation",
            "status: final",
            ":4: “status” cannot be “final”; write one of these: draft, consultation, adopted",
        ),
        (
            DOCUMENT,
            "changes:",
            "chnages:",
            ":5: “chnages” is not known here; did you mean “changes”?",
        ),
        (
            DOCUMENT,
            "changes:",
            "xyz:",
            ":5: “xyz” is not known here; correct or delete it; possible here: answers_required, ",
        ),
        (
            DOCUMENT,
            "published: 2024-03-08",
            "published: 2024-02-30",
            ":6: “2024-02-30” does not fit “published”; write it like this: published: 2024-03-08",
        ),
        (DOCUMENT, "opens: 2024-03-08", "opens: bald", ":8: “bald” does not fit “commenting op"),
        (
            DOCUMENT,
            "  opens: 2024-03-08\n",
            "",
            ":7: “commenting opens” is missing; add a line such as “opens: 2024-03-08”",
        ),
        (
            DOCUMENT,
            "moderation: after",
            "moderation: yes",
            ":10: “commenting moderation” cannot be “yes”; write one of these: after, before",
        ),
        (DOCUMENT, "example: true", "example: ja", ":12: “example” must be true or false; write"),
        (MINUTES, "time: 18:00", "time: 18 Uhr", ":5: “18 Uhr” does not fit “time”; write it l"),
        (
            MINUTES,
            "  - leitlinien/1/2-3",
            "  - leitlinien/1",
            ":14: “leitlinien/1” does not fit “discussed 2”; write it like this: - leitlinien/1/",
        ),
        (MINUTES, "- Verwaltung", "- 3", ":10: “present 1” must be a text (in quotes where it lo"),
        ("schedule.yml", "title: Auswertung", "", ":8: “dates 3 title” is missing; add a line su"),
        ("schedule.yml", "date: 2026", "date: 26", ":8: “26” does not fit “dates 3 date”; write"),
    ],
)
def test_front_matter_that_does_not_fit_is_named(
    edit: Edit,
    problems: Callable[[], list[str]],
    path: str,
    old: str,
    new: str,
    expected: str,
):
    edit(path, old, new)
    (problem,) = problems()
    assert problem.startswith(f"{path}{expected}")


def test_moderation_without_a_window_is_named(edit: Edit, problems: Callable[[], list[str]]):
    edit(DOCUMENT, "  opens: 2024-03-08\n  closes: 2024-03-29\n", "")
    edit(DOCUMENT, "  answers: 2024-04-22\n", "")
    assert problems() == [
        f"{DOCUMENT}:7: “commenting opens” is missing; add a line such as “opens: 2024-03-08”"
    ]


def test_a_long_value_is_cut_in_the_message(edit: Edit, problems: Callable[[], list[str]]):
    edit("schedule.yml", "title: Auswertung", f"title: {'x' * 201}")
    assert f"“{'x' * 60}…”" in problems()[0]
