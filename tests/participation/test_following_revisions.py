"""Revisions of this city's own texts, made by a script, are followed well, and always alike."""

import json
import subprocess
import sys

import pytest

from benchmarks.quality import Pair
from benchmarks.real_texts import ROOT, revised_guidelines
from participation.following import successors

SEEDS = range(1, 7)
PROGRAM = """
import json
from benchmarks.real_texts import revised_guidelines
from participation.following import follow
ways = [way for revision in revised_guidelines(range(1, 3))
        for way in follow(revision.old, revision.new)]
print(json.dumps([[way.old, way.new, way.kind, way.confidence] for way in ways]))
"""


@pytest.fixture(scope="module")
def judged() -> list[tuple[set[int], set[int]]]:
    """For each old paragraph where it went, and where it was found."""
    return [judged for pair in revised_guidelines(SEEDS) for judged in _judged(pair)]


def test_hardly_a_paragraph_leads_to_a_text_it_does_not_belong_to(
    judged: list[tuple[set[int], set[int]]],
):
    assert sum(bool(found - gold) for gold, found in judged) / len(judged) <= 0.004


def test_hardly_a_paragraph_is_lost(judged: list[tuple[set[int], set[int]]]):
    kept = [found for gold, found in judged if gold]
    assert sum(not found for found in kept) / len(kept) <= 0.008


def test_what_was_removed_is_removed(judged: list[tuple[set[int], set[int]]]):
    removed = [found for gold, found in judged if not gold]
    assert sum(not found for found in removed) / len(removed) >= 0.98


def test_the_ways_are_the_same_in_each_process():
    """The order of sets of strings differs from process to process."""
    assert len({_ways(hash_seed) for hash_seed in ("0", "1", "2")}) == 1


def _judged(pair: Pair) -> list[tuple[set[int], set[int]]]:
    found = successors(pair.old, pair.new)
    return [(set(gold), set(links)) for gold, links in zip(pair.gold, found, strict=True)]


def _ways(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={"PYTHONHASHSEED": hash_seed},
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stdout)
    return done.stdout
