"""Checks of Markdown: the traps in which a text looks right and is read otherwise."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from site_src.markdown_links import without_code
from site_src.messages import message
from site_src.problems import Problem, hint
from site_src.source_files import SourceFile

MONTHS = (
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|January|February|March|May|June|July|October|December"
)
DATE = re.compile(rf" {{0,3}}\d{{1,2}}\. (?:{MONTHS})\b")
ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d+\.)[ \t]+\S")
IN_BRACKETS = re.compile(r" {0,3}\((?:\d{1,3}|[a-z]{1,2})\)\s")
AUTHOR_ID = re.compile(r"\{:?[^{}\n]*?#(?P<id>[\w:.-]+)[^{}\n]*\}")
OUR_ID = re.compile(r"rn-\d+")
OUR_DEFINITION = re.compile(r" {0,3}\[rn(?:-\d+-\d+)?\]:", re.IGNORECASE)
HTML_BLOCK = re.compile(
    r"<(?:div|p|table|ul|ol|dl|section|article|aside|details|iframe|form|figure|h[1-6]|center"
    r"|blockquote|pre|script|style|video|audio)\b(?![^>]*\bmarkdown\b)",
    re.IGNORECASE,
)
UNFILLED = re.compile(r"==\[Ausfüllen: *(.*?)\]==")
BEGINS_BLOCK = re.compile(r"\s*(?:$|#|>|\||</?\w|```|~~~|!!!|\?\?\?|\{:|\[[^\]]+\]:|:\s)")
FOOTNOTE_MARKS = re.compile(r"\s*(?:\[\^[^\]]+\]\s*)+")

INDENT = 4  # spaces that make an item belong to the one above; Python-Markdown's tab_length


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the one before it; ``item`` is the indent of the list item it belongs to.

    ``above`` is the nearest line before it that holds more than marks of footnotes.
    """

    path: str
    number: int
    text: str
    before: str
    above: str
    item: int | None


def check_markdown(source: SourceFile) -> Iterator[Problem]:
    """Yield the traps in a source's body, line by line."""
    for line in _lines(source):
        for trap in TRAPS:
            yield from trap(line)
    yield from _repeated_ids(source)


def _lines(source: SourceFile) -> Iterator[Line]:
    before, above, item = "", "", None
    for number, text in enumerate(without_code(source.body).split("\n"), source.body_line):
        item = _item_before(item, text, before)
        yield Line(source.path, number, text, before, above, item)
        match = ITEM.match(text)
        if match and (item is None or len(match["indent"]) < INDENT):
            item = len(match["indent"])
        before = text
        above = above if FOOTNOTE_MARKS.fullmatch(text) else text


def _item_before(item: int | None, text: str, before: str) -> int | None:
    """A list ends where unindented text follows an empty line."""
    ends = text.strip() and not text.startswith(" ") and not before.strip()
    return None if ends and not ITEM.match(text) else item


def _merged(line: Line) -> Iterator[Problem]:
    if IN_BRACKETS.match(line.text) and not BEGINS_BLOCK.match(line.above):
        yield Problem(
            line.path,
            line.number,
            message("this line is merged into the paragraph above it"),
            message("put an empty line before it, so that it gets a number of its own"),
        )


def _date_as_list(line: Line) -> Iterator[Problem]:
    if DATE.match(line.text) and (line.item is not None or not line.before.strip()):
        yield Problem(
            line.path,
            line.number,
            message("this date becomes a numbered list"),
            message("write the day with a backslash, such as 1\\. Januar, or begin otherwise"),
        )


def _list_without_gap(line: Line) -> Iterator[Problem]:
    match = ITEM.match(line.text)
    if not match or len(match["indent"]) >= INDENT or DATE.match(line.text):
        return
    if line.item is None and not BEGINS_BLOCK.match(line.before):
        yield Problem(
            line.path,
            line.number,
            message("this list is merged into the paragraph above it"),
            message("put an empty line before the list"),
        )


def _shallow_nesting(line: Line) -> Iterator[Problem]:
    match = ITEM.match(line.text)
    if match and line.item is not None and line.item < len(match["indent"]) < INDENT:
        yield Problem(
            line.path,
            line.number,
            message("this item stands at the same level as the one above it"),
            message("indent it by four spaces to make it belong to the one above, or not at all"),
        )


def _our_definitions(line: Line) -> Iterator[Problem]:
    if OUR_DEFINITION.match(line.text):
        yield Problem(
            line.path,
            line.number,
            message("definitions that begin with [rn belong to the numbering"),
            message("give the reference another name"),
        )


def _our_ids(line: Line) -> Iterator[Problem]:
    for match in AUTHOR_ID.finditer(line.text):
        if OUR_ID.fullmatch(match["id"]):
            yield Problem(
                line.path,
                line.number,
                message("ids such as “{id}” belong to the numbering", id=match["id"]),
                message("give the id another name"),
            )


def _html(line: Line) -> Iterator[Problem]:
    if HTML_BLOCK.match(line.text) and not line.before.strip():
        yield hint(
            line.path,
            line.number,
            message("nobody can comment on a block of HTML"),
            message("write it in Markdown if it is text"),
        )


def _unfilled(line: Line) -> Iterator[Problem]:
    for match in UNFILLED.finditer(line.text):
        yield hint(
            line.path,
            line.number,
            message("a place waits to be filled in: {place}", place=match[1]),
            message("write your own text there"),
        )


def _repeated_ids(source: SourceFile) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    text = without_code(source.body)
    for match in AUTHOR_ID.finditer(text):
        line = source.body_line + text.count("\n", 0, match.start())
        first = seen.setdefault(match["id"], line)
        if first != line:
            yield Problem(
                source.path,
                line,
                message(
                    "the id “{id}” stands in line {first} already", id=match["id"], first=first
                ),
                message("give one of the two another name"),
            )


TRAPS: tuple[Callable[[Line], Iterator[Problem]], ...] = (
    _merged,
    _date_as_list,
    _list_without_gap,
    _shallow_nesting,
    _our_definitions,
    _our_ids,
    _html,
    _unfilled,
)
