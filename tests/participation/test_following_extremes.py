"""Texts that no city writes do no harm: nothing fails, and the plain ways are found."""

import pytest

from benchmarks.generated_versions import Writer
from participation.following import added, follow
from participation.way import WayKind

MANY = 1000
RULE = "Der Rat beschließt über die Vorhabenliste und über jede Änderung der Leitlinien."
SAME = [RULE] * MANY
STUBS = ["(weggefallen)"] * MANY
WRITER = Writer(seed=3)
TEXTS = [WRITER.paragraph() for _ in range(MANY)]
OTHERS = [WRITER.paragraph() for _ in range(MANY)]
GIANT = " ".join(WRITER.paragraph() for _ in range(400))[:100_000]
PARTS = [GIANT[start : start + 2_000] for start in range(0, len(GIANT), 2_000)]
HEADINGS = [f"## § {number}" for number in range(MANY)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SAME, [text.replace("Rat", "Stadtrat") for text in SAME]),
        (SAME, SAME[1:]),
        (STUBS, STUBS[1:]),
        (STUBS, TEXTS),
        (TEXTS, STUBS),
        (TEXTS, OTHERS),
        (TEXTS, TEXTS[::-1]),
        ([""] * MANY, [" \n"] * MANY),
        ([""] * MANY, TEXTS),
        (HEADINGS, HEADINGS[1:]),
        ([GIANT], [WRITER.edit(GIANT)]),
        ([GIANT], PARTS),
        (PARTS, [GIANT]),
        ([], TEXTS),
        (TEXTS, []),
        (["\x00", "\u2028", "\N{PILE OF POO}", "a\u0308"], ["\ufeff", "ä", "-", "***"]),
    ],
)
def test_each_paragraph_has_its_way(old: list[str], new: list[str]):
    ways = follow(old, new)
    assert [way.old for way in ways] == list(range(1, len(old) + 1))
    reached = {number for way in ways for number in way.new}
    assert sorted(reached | set(added(ways, len(new)))) == list(range(1, len(new) + 1))


@pytest.mark.parametrize("texts", [SAME, STUBS, TEXTS, [""] * MANY, HEADINGS, [GIANT]])
def test_equal_texts_are_unchanged_however_many_there_are(texts: list[str]):
    assert {way.kind for way in follow(texts, texts)} == {WayKind.UNCHANGED}


def test_one_of_many_equal_texts_that_is_gone_leaves_the_others_in_their_order():
    ways = follow(STUBS, STUBS[1:])
    assert [way.new for way in ways if way.new] == [(number,) for number in range(1, MANY)]


def test_other_texts_are_no_successors():
    kept = [way for way in follow(TEXTS, OTHERS) if way.new]
    assert len(kept) <= MANY // 100


def test_a_giant_paragraph_that_was_edited_is_followed():
    assert [way.new for way in follow([GIANT], [WRITER.edit(GIANT)])] == [(1,)]
