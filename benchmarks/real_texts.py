"""Real texts, cut into paragraphs, to be revised by a script."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from benchmarks.quality import SHARED, Pair
from benchmarks.scripted_revisions import Editor

ROOT = Path(__file__).resolve().parent.parent
LAWS = SHARED / "corpus" / "laws"
UNSEEN = ("aeg_1994", "aufenthg_2004", "bbaug", "bimschg", "geozg", "hgrg", "ifg", "jgg", "tpg")
LONGEST = 450  # paragraphs of a law that are taken: the others would count for nothing beside it
SHARES = (0.25, 0.5, 0.8, 1.0)  # of the paragraphs that change, in turn
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
OPENING = re.compile(r"#|\||(?:[-*+:]|\d+[.)]|[a-z]{1,2}\))\s")  # begins a paragraph of its own


def paragraphs(markdown: str) -> list[str]:
    """Return headings, paragraphs, list items, definitions and rows; rules are left out."""
    count = 0
    numbered: list[tuple[int, str]] = []
    for line in FRONT_MATTER.sub("", markdown).splitlines():
        stripped = line.strip()
        count += not stripped or bool(OPENING.match(stripped))
        numbered.append((count, stripped))
    groups = groupby(numbered, key=lambda entry: entry[0])
    joined = (" ".join(line for _, line in lines if line) for _, lines in groups)
    return [text for text in joined if re.search(r"\w", text)]


def revised_guidelines(seeds: range) -> Iterator[Pair]:
    """Return a revision of each text of this repository, for each seed."""
    texts = {
        path.stem: paragraphs(path.read_text(encoding="utf-8"))
        for path in [*sorted((ROOT / "guidelines").glob("*.md")), ROOT / "docs" / "redaktion.md"]
    }
    yield from _revised(texts, seeds)


def revised_laws(seeds: range) -> Iterator[Pair]:
    """Return a revision of each law that is no part of the alignment corpus."""
    texts = {
        name: paragraphs(_newest(LAWS / name).read_text(encoding="utf-8"))[:LONGEST]
        for name in UNSEEN
    }
    yield from _revised(texts, seeds)


def _newest(folder: Path) -> Path:
    return max(folder.glob("*.md"))


def _revised(texts: dict[str, list[str]], seeds: range) -> Iterator[Pair]:
    names = list(texts)
    for number, name in enumerate(names):
        for seed in seeds:
            share = SHARES[(number + seed) % len(SHARES)]
            editor = Editor(1000 * seed + number, texts[names[number - 1]], share)
            revision = editor.revise(texts[name])
            yield Pair(revision.old, revision.new, revision.gold, optional={}, real=False)
