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


FIRST = "Erster Absatz mit einem Link zum [Methodenkoffer](methodenkoffer.md)."
TWIN = OLD.replace("viele", "wenige").replace("Ansprechpersonen", "Fristen")
EDITED = OLD.replace("informiert", "informiert stets").replace("nennt dabei", "nennt")
Two = Callable[[str, str], None]


@pytest.fixture
def two(commit: Commit, edit: Edit) -> Two:
    """Publish two versions: one with the first text, one with the second in its place."""

    def publishing(first: str, second: str) -> None:
        edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien")
        edit(PATH, FIRST, first)
        commit("2024-03-01")
        edit(PATH, "version: 1", "version: 2")
        edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
        edit(PATH, first, second)
        commit("2024-03-03")

    return publishing


def test_a_doubtful_way_is_a_hint_with_both_wordings(two: Two, problems: Callable[[], list[str]]):
    two(OLD, NEW)
    (problem,) = problems()
    assert problem.startswith(
        f"{FOLLOWS}: Hint: 1-2: it is doubtful what became of paragraph 1 “{OLD}”; chosen: "
    )
    assert NEW[:90] in problem
    assert problem.endswith("below “1-2:”, else the right numbers, or [] if it was removed")


def test_a_removal_beside_a_paragraph_like_it_is_doubtful(
    two: Two, problems: Callable[[], list[str]]
):
    two(f"{OLD}\n\n{TWIN}", EDITED)
    (problem,) = problems()
    assert f"what became of paragraph 2 “{TWIN}”; chosen: it was removed; " in problem
    assert "write “2: []” below “1-2:”" in problem


@pytest.mark.parametrize("settled", ["[1]", "[]"])
def test_a_settled_way_is_doubtful_no_longer(
    two: Two, write: Write, problems: Callable[[], list[str]], settled: str
):
    two(OLD, NEW)
    write(FOLLOWS, f"1-2:\n  1: {settled}\n")
    assert problems() == []
