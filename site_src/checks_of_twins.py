"""Checks of plain-language twins: each stands at its paragraph, has words, and ends."""

import difflib
import re
from collections.abc import Iterator, Sequence

from site_src.bare_markdown import BareMarkdown
from site_src.content import Content
from site_src.editions import twins_of
from site_src.markdown_links import without_code
from site_src.messages import Message, message
from site_src.plain_twins import FENCE, NAME, Twin, WrittenTwin, written_twins
from site_src.problems import Problem
from site_src.source_files import SourceFile
from site_src.source_values import SourceDocument

BLOCK = re.compile(r" *///+ *(?P<name>[\w-]+)")
NEAR = 0.75  # as difflib measures: “einfache” and “enfach” are, “details” is not

Words = tuple[Message, Message]  # what is wrong, what to do


def check_twins(content: Content) -> Iterator[Problem]:
    """Yield what is wrong with the plain-language twins of all sources."""
    for source in content.sources.files:
        if "///" in source.body:
            yield from _misspelt(source)
            yield from _unclosed(source)
    for document in content.sources.documents:
        yield from _misplaced(document, content.markdown)


def _misspelt(source: SourceFile) -> Iterator[Problem]:
    for number, line in enumerate(without_code(source.body).split("\n"), source.body_line):
        match = BLOCK.match(line)
        if match and not FENCE.match(line) and _is_near(match["name"]):
            yield Problem(source.path, number, *MISSPELT)


def _is_near(name: str) -> bool:
    return bool(difflib.get_close_matches(name.lower(), [NAME], 1, NEAR))


def _unclosed(source: SourceFile) -> Iterator[Problem]:
    for twin in written_twins(source.body):
        if not twin.closed:
            yield Problem(source.path, source.body_line + twin.first, *UNCLOSED)


def _misplaced(document: SourceDocument, markdown: BareMarkdown) -> Iterator[Problem]:
    written, read = written_twins(document.file.body), twins_of(document, markdown)
    path, first = document.file.path, document.file.body_line
    if len(written) != len(read):
        yield Problem(path, first + written[0].first, *NOT_READ)
        return
    for line, words in _wrong(written, read):
        yield Problem(path, first + line, *words)


def _wrong(written: Sequence[WrittenTwin], read: Sequence[Twin]) -> Iterator[tuple[int, Words]]:
    before: int | None = None
    for source, twin in zip(written, read, strict=True):
        if twin.number is None:
            yield source.first, ORPHANED
        elif twin.number == before:
            yield source.first, SECOND
        if not twin.text:
            yield source.first, EMPTY
        before = twin.number


MISSPELT: Words = (
    message("this line begins no plain words: a word in it is misspelt"),
    message("write “/// einfach”, and “///” on a line of its own where they end"),
)
UNCLOSED: Words = (
    message("these plain words do not end, so all below them belongs to them"),
    message("write “///” on a line of its own where they end"),
)
NOT_READ: Words = (
    message("the plain words of this text cannot be told apart"),
    message(
        "put “/// einfach” and “///” on lines of their own, an empty line before them, indented "
        "as far as their paragraph, and none inside another"
    ),
)
ORPHANED: Words = (
    message("these plain words stand at no paragraph"),
    message(
        "put them right below a paragraph; below an item of a list, indent them by four spaces"
    ),
)
SECOND: Words = (
    message("this paragraph has plain words already"),
    message("make one block of both"),
)
EMPTY: Words = (
    message("there are no words in this block"),
    message("write what the paragraph says in plain words, or delete the block"),
)
