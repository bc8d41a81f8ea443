"""Doubtful ways are shown to the editor with both wordings and the way to overrule them."""

from collections.abc import Callable

import pytest

from tests.site_src.conftest import Edit, Write
from tests.site_src.repositories import PATH, Commit

FOLLOWS = "guidelines/leitlinien.follows.yml"
OLD = (
    "Die Stadt informiert früh und verständlich über alle Vorhaben, die viele Menschen betreffen, "
    "und nennt dabei Ansprechpersonen."
)
NEW = (
    "Alle Vorhaben, die viele Menschen betreffen, stehen künftig mit Kosten, Zeitplan und Karte in "
    "einer öffentlichen Liste, die das Rathaus führt, prüft und aushängt."
)


@pytest.fixture(autouse=True)
def two(commit: Commit, edit: Edit) -> None:
    """Version 2 rewrites the first paragraph such that nobody can be sure."""
    edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien")
    edit(PATH, "Erster Absatz mit einem Link zum [Methodenkoffer](methodenkoffer.md).", OLD)
    commit("2024-03-01")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    edit(PATH, OLD, NEW)
    commit("2024-03-03")


def test_a_doubtful_way_is_a_hint_with_both_wordings(problems: Callable[[], list[str]]):
    (problem,) = problems()
    assert problem.startswith(
        f"{FOLLOWS}: Hint: 1-2: it is doubtful what became of paragraph 1 “{OLD}”; chosen: "
    )
    assert NEW[:90] in problem or "it was removed" in problem
    assert problem.endswith("below “1-2:”, else the right numbers, or [] if it was removed")


@pytest.mark.parametrize("settled", ["[1]", "[]"])
def test_a_settled_way_is_doubtful_no_longer(
    write: Write, problems: Callable[[], list[str]], settled: str
):
    write(FOLLOWS, f"1-2:\n  1: {settled}\n")
    assert problems() == []
