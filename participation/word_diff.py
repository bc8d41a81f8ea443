"""What changed between two wordings, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\w+|\s+|[^\w\s]")  # a word, a gap, or a single mark
EFFORT = 50_000_000  # steps at most; as a rule a small part of them is taken
SHORT_GAP = 3  # characters; what is the same between two changes and shorter joins them


class Change(StrEnum):
    """What happened to a run of words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that were kept, deleted or inserted together."""

    change: Change
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both wordings in order; deleted ones before inserted ones.

    Kept and deleted pieces make up ``old``, kept and inserted ones ``new``, to the letter.
    """
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = _matcher(before, after)
    if matcher is None:
        return tuple(_pieces([(old, new, False)]))
    steps = [
        ("".join(before[i1:i2]), "".join(after[j1:j2]), tag == "equal")
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    return tuple(_pieces(_joined(steps)))


def _matcher(before: list[str], after: list[str]) -> SequenceMatcher[str] | None:
    """Return what finds the words that are kept; none if that would take too long.

    Anybody may propose a wording, and one of very many equal words could stop the service.
    """
    if _effort(before, after) <= EFFORT:
        return SequenceMatcher(None, before, after, autojunk=False)
    if _effort(_without_gaps(before), _without_gaps(after)) <= EFFORT:
        return SequenceMatcher(str.isspace, before, after, autojunk=False)
    return None


def _effort(before: list[str], after: list[str]) -> int:
    """Return how many steps a matcher takes at most: all pairs of equal words, for each run."""
    there = Counter(after)
    return min(len(before), len(after)) * sum(there[word] for word in before)


def _without_gaps(words: list[str]) -> list[str]:
    return [word for word in words if not word.isspace()]


def _joined(steps: Sequence[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Join changes that only a gap or a mark parts: people read runs, not confetti."""
    joined: list[tuple[str, str, bool]] = []
    for place, (old, new, equal) in enumerate(steps):
        inner = 0 < place < len(steps) - 1
        same = equal and not (inner and len(old) < SHORT_GAP and not old.isalnum())
        if joined and not joined[-1][2] and not same:
            joined[-1] = (joined[-1][0] + old, joined[-1][1] + new, False)
        else:
            joined.append((old, new, same))
    return joined


def _pieces(steps: Sequence[tuple[str, str, bool]]) -> Iterator[Piece]:
    for old, new, same in steps:
        if same:
            yield Piece(Change.KEPT, old)
            continue
        if old:
            yield Piece(Change.DELETED, old)
        if new:
            yield Piece(Change.INSERTED, new)
