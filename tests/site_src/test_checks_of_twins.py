"""Editors learn where a plain-language twin stands wrongly, and which one is out of date."""

import hashlib
from collections.abc import Callable

import pytest

from site_src.building import check_content
from site_src.editions import Edition
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.site_src.conftest import Edit, order_for
from tests.site_src.repositories import PATH, Commit

Problems = Callable[[], list[str]]
PARAGRAPH = "Erster Absatz mit einem Link zum [Methodenkoffer](methodenkoffer.md)."
TWIN = "\n\n/// einfach\nHier geht es zum Koffer.\n///"
TIGHT = "\n    /// einfach\n    Kurz.\n    ///"  # without the empty line that makes it a block
OLDER = "these plain words are older than paragraph {}, which was changed since"


@pytest.fixture
def older(tiny: Places) -> Problems:
    """What is said of plain words that are older than their paragraph."""

    def checking() -> list[str]:
        found = check_content(order_for(tiny)).problems
        told = [one.in_words(translator("en")) for one in found if one.level is Level.WARNING]
        return [line for line in told if "these plain words are older" in line]

    return checking


def newest(tiny: Places) -> Edition:
    return check_content(order_for(tiny)).content.documents["leitlinien"].newest


@pytest.fixture
def with_twin(commit: Commit, edit: Edit) -> str:
    """Version 1, which then got plain words at its first paragraph."""
    commit("2024-03-01")
    edit(PATH, PARAGRAPH, PARAGRAPH + TWIN)
    return commit("2024-03-02")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("## 1. Ziele\n", f"## 1. Ziele{TWIN}\n", ":21: these plain words stand at no paragraph"),
        (PARAGRAPH, f"{PARAGRAPH}{TWIN}{TWIN}", ":23: this paragraph has plain words already"),
        (PARAGRAPH, f"{PARAGRAPH}\n\n/// einfach\n///", ":19: there are no words in this block"),
        ("- Dritter Absatz.", f"- Dritter Absatz.{TIGHT}", ":23: the plain words of this text"),
        (PARAGRAPH, f"{PARAGRAPH}{TWIN[:-4]}", ":19: these plain words do not end"),
        (PARAGRAPH, PARAGRAPH + TWIN.replace("fach", "fache"), ":19: this line begins no plain"),
    ],
)
def test_a_twin_that_stands_wrongly_is_named_with_its_line(
    edit: Edit, problems: Problems, old: str, new: str, told: str
):
    before = problems()
    edit(PATH, old, new)
    added = [line for line in problems() if line not in before]
    assert [line for line in added if line.startswith(PATH + told)] != []


def test_other_blocks_with_bars_are_left_alone(edit: Edit, problems: Problems):
    before = problems()
    edit(PATH, PARAGRAPH, f"{PARAGRAPH} /// details")
    assert problems() == before


@pytest.mark.usefixtures("with_twin")
def test_a_twin_is_no_correction_and_changes_no_hash(tiny: Places, problems: Problems):
    assert problems() == []
    edition = newest(tiny)
    assert edition.corrections == ()
    assert "Koffer." not in "".join(one.text for one in edition.version.paragraphs)
    body = edition.source.file.body.replace(TWIN, "")
    assert edition.version.source_hash == hashlib.sha256(body.encode()).hexdigest()


@pytest.mark.usefixtures("with_twin")
def test_a_twin_is_older_once_its_paragraph_was_corrected(
    commit: Commit, edit: Edit, older: Problems
):
    edit(PATH, "Erster Absatz", "Der erste Absatz")
    commit("2024-03-03")
    (problem,) = older()
    assert problem.startswith(f"{PATH}:19: Warning: {OLDER.format(1)}; ")


@pytest.mark.usefixtures("with_twin")
def test_a_twin_is_older_before_the_correction_is_committed(edit: Edit, older: Problems):
    edit(PATH, "Erster Absatz", "Der erste Absatz")
    assert len(older()) == 1


@pytest.mark.usefixtures("with_twin")
@pytest.mark.parametrize(
    ("old", "new"), [("zum Koffer", "zum Werkzeug"), ("/// einfach", "/// einfach | passt noch")]
)
def test_a_twin_that_was_read_since_is_older_no_longer(
    commit: Commit, edit: Edit, older: Problems, old: str, new: str
):
    edit(PATH, "Erster Absatz", "Der erste Absatz")
    commit("2024-03-03")
    edit(PATH, old, new)
    commit("2024-03-04")
    assert older() == []


@pytest.mark.usefixtures("with_twin")
def test_a_paragraph_that_became_what_it_was_leaves_its_twin_as_new_as_it_was(
    commit: Commit, edit: Edit, older: Problems
):
    edit(PATH, "Erster Absatz", "Der erste Absatz")
    commit("2024-03-03")
    edit(PATH, "Der erste Absatz", "Erster Absatz")
    commit("2024-03-04")
    assert older() == []


@pytest.mark.usefixtures("with_twin")
def test_a_twin_is_followed_into_the_next_version(commit: Commit, edit: Edit, older: Problems):
    edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    edit(PATH, PARAGRAPH, f"Ganz neu steht hier ein Absatz voran.\n\n{PARAGRAPH}")
    commit("2024-03-03")
    assert older() == []
    edit(PATH, "Erster Absatz mit", "Erster Absatz immer mit")
    commit("2024-03-04")
    assert OLDER.format(2) in older()[0]
