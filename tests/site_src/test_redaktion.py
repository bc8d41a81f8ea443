"""What the editors' handbook quotes is what they are told."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from site_src.messages import CATALOGUES

HANDBOOK = Path(__file__).parents[2] / "docs" / "redaktion.md"
QUOTED = re.compile(r"^ *```text\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
PROBLEM = re.compile(r" *[\w./-]+(?::\d+)?: (?:Warnung: |Hinweis: )?(?P<said>.+; .+)")
PLACE = re.compile(r"\\{\w+\\}")
LEAST = 12  # letters of its own that tell a sentence from others


def quoted() -> Iterator[str]:
    """Yield what is said in each line of a problem, without its place."""
    for block in QUOTED.findall(HANDBOOK.read_text("utf-8")):
        for line in block.splitlines():
            if match := PROBLEM.fullmatch(line):
                yield match["said"]


def sentences() -> list[re.Pattern[str]]:
    """Return a pattern for each German sentence of the site and of the editors' command.

    Those that are made of places only would fit anything.
    """
    with (CATALOGUES / "de.po").open("rb") as file:
        entries = [entry.string for entry in read_po(file, locale="de") if entry.id]
    texts = [re.escape(text) for text in entries if isinstance(text, str)]
    telling = [text for text in texts if len(PLACE.sub("", text)) >= LEAST]
    return [re.compile(PLACE.sub(".+", text)) for text in telling]


def is_said(words: str, known: list[re.Pattern[str]]) -> bool:
    """Say whether the words are some sentence, and after a semicolon some other one."""
    parts = words.split("; ")
    splits = (("; ".join(parts[:n]), "; ".join(parts[n:])) for n in range(1, len(parts)))
    return any(
        any(one.fullmatch(what) for one in known) and any(one.fullmatch(cure) for one in known)
        for what, cure in splits
    )


def test_the_problems_that_the_handbook_quotes_are_told_in_these_words():
    lines, known = list(quoted()), sentences()
    assert len(lines) > 8
    assert [line for line in lines if not is_said(line, known)] == []
