"""Finds the links in a Markdown text, each with its line and place; code is left out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# With what each of them begins: most texts hold none, and looking for that is quick.
BLANKED = ((("```", "~~~"), FENCE), (("`",), CODE), (("<!--",), COMMENT))
INLINE = re.compile(
    r"\]\(\s*(?P<target><[^>\n]*>|(?:[^\s()]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
DEFINED = re.compile(r"\]:[ \t]*(?P<target><[^>\n]*>|\S+)")
NAME = re.compile(r" {0,3}\[(?!\^)[^\]\n]+")  # of a definition, from the line's beginning


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
    matches = [*INLINE.finditer(masked), *_definitions(masked)]
    found = [_link(match, text) for match in matches if match["target"]]
    return sorted(found, key=lambda link: link.start)


def _definitions(text: str) -> Iterator[re.Match[str]]:
    """Yield the definitions; a pattern that began with lines would be tried in all of them."""
    for match in DEFINED.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if NAME.fullmatch(text, line, match.start()):
            yield match


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
