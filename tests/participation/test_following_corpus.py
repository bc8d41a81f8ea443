"""The quality that was reached on gold made by hand does not get worse.

The floors are the targets, a little below what benchmarks/README.md shows.
"""

from typing import Any

import pytest

from benchmarks.quality import CORPUS, SCORER, corpus, tally
from participation.following import successors


@pytest.fixture(scope="module")
def tallies() -> dict[str, Any]:
    if not (CORPUS.is_dir() and SCORER.is_file()):
        pytest.skip(f"the alignment corpus or its scorer is absent: {CORPUS}, {SCORER}")
    return tally(successors, corpus())


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        ("all", 0.993),
        ("changed", 0.985),
        ("changed real", 0.955),
        ("split", 0.95),
        ("merged", 0.95),
    ],
)
def test_links_are_right_and_found(tallies: dict[str, Any], kind: str, floor: float):
    assert tallies[kind].f >= floor


def test_hardly_a_comment_is_shown_at_a_text_it_does_not_belong_to(tallies: dict[str, Any]):
    assert tallies["all"].wrong / tallies["all"].n <= 0.004


def test_hardly_a_comment_is_wrongly_shown_at_removed_text(tallies: dict[str, Any]):
    assert tallies["all"].lost / tallies["all"].haslink <= 0.008


def test_what_was_removed_is_shown_as_removed(tallies: dict[str, Any]):
    assert tallies["deleted"].exact / tallies["deleted"].n >= 0.98
