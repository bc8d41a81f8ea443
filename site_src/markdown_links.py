"""Finds the links in a Markdown text, each with its line and place; code is left out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# With what each of them begins: most texts hold none, and looking for that is quick.
BLANKED = ((("```", "~~~"), FENCE), (("`",), CODE), (("<!--",), COMMENT))
INLINE = re.compile(
    r"\]\(\s*(?P<target><[^>\n]*>|(?:[^\s()]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?P<target><[^>\n]*>|\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link's target as written, where it lies in the text, and its line, from 1."""

    target: str
    start: int
    end: int
    line: int


def links(text: str) -> list[Link]:
    """Return the links and images of a text in its order."""
    masked = without_code(text)
    found = [
        _link(match, text)
        for pattern in (INLINE, DEFINITION)
        for match in pattern.finditer(masked)
        if match["target"]
    ]
    return sorted(found, key=lambda link: link.start)


def rewritten(text: str, change: Callable[[str], str]) -> str:
    """Return the text with the target of each link changed."""
    pieces, position = [], 0
    for link in links(text):
        pieces += [text[position : link.start], change(link.target)]
        position = link.end
    return "".join([*pieces, text[position:]])


def without_code(text: str) -> str:
    """Return the text with code and comments blanked out; all places and lines stay."""
    for marks, pattern in BLANKED:
        if any(mark in text for mark in marks):
            text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _link(match: re.Match[str], text: str) -> Link:
    start, end = match.span("target")
    if text[start] == "<":
        start, end = start + 1, end - 1
    return Link(text[start:end], start, end, text.count("\n", 0, start) + 1)
