"""Plain-language twins: what a paragraph says in simple words, right below it in its source.

An editor writes it as a block (docs/decisions/0038)::

    /// einfach
    Die Stadt fragt früh. So lässt sich noch etwas ändern.
    ///

Behind a bar editors may note when they last read it: ``/// einfach | gelesen im Mai 2024``.
Python-Markdown with pymdownx.blocks reads it, and so does any engine that loads its
extensions. A twin bears no number and is no part of its paragraph's words.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from site_src.markdown_links import without_code
from site_src.plain_text import PlainText

NAME = "einfach"
CLASS = "rn-plain"
LABEL = "rn-plain__label"
NOTE = "note"  # an attribute that is gone before the page is written

FENCE = re.compile(rf"^(?P<indent> *)(?P<bars>/{{3,}})[ ]*{NAME}[ ]*(?:\|.*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Twin:
    """A twin as it was read; ``number`` is its paragraph's, none where it stands at none.

    ``note`` is what editors noted for themselves; no page shows it.
    """

    number: int | None
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WrittenTwin:
    """A twin as it stands in a source: its first line and the one after its last, from 0.

    ``closed`` is false where the line that ends it is missing.
    """

    first: int
    end: int
    closed: bool


class _TwinBlock(Block):  # type: ignore[misc]  # pymdownx bears no types
    NAME = NAME
    ARGUMENT = None  # there may be one

    def on_create(self, parent: Element) -> Element:
        note = {NOTE: self.argument} if self.argument else {}
        return SubElement(parent, "div", {"class": CLASS, "role": "group", **note})


class PlainTwins(BlocksExtension):  # type: ignore[misc]
    """Adds the block to Python-Markdown."""

    def extendMarkdownBlocks(  # noqa: N802  # pymdownx's own name
        self, md: Markdown, block_mgr: BlocksProcessor
    ) -> None:
        """Register the block with ``md``."""
        del md
        block_mgr.register(_TwinBlock, self.getConfigs())


class TwinWriter:
    """Labels the twins of a page and tells which paragraph each belongs to."""

    def __init__(self, md: Markdown, labels: Mapping[str, str], blocks: Collection[str]) -> None:
        self._plain, self._labels, self._blocks = PlainText(md), labels, blocks

    def write(self, root: Element, numbers: Mapping[Element, int]) -> list[Twin]:
        """Label all twins below ``root``; ``numbers`` are those of the elements that have one."""
        if not any(is_twin(one) for one in root.iter("div")):
            return []
        return list(self._below(root, numbers))

    def _below(self, parent: Element, numbers: Mapping[Element, int]) -> Iterator[Twin]:
        number = numbers.get(parent)  # of a list item's own words
        for child in list(parent):
            if is_twin(child):
                yield self._written(child, number)
                continue
            if child.tag in self._blocks:
                number = numbers.get(child)
            yield from self._below(child, numbers)

    def _written(self, twin: Element, number: int | None) -> Twin:
        text, note = self._plain.of(twin), twin.attrib.pop(NOTE, "")
        label = Element("p", {"class": LABEL, "data-search-exclude": ""})
        label.text = self._labels["plain_label"]
        if number is None:
            twin.set("aria-label", label.text)
        else:
            place = SubElement(label, "span", {"class": "rn-hidden"})
            place.text = f" ({self._labels['number_label'].format(number)})"
            label.set("id", f"rn-{number}-{NAME}")
            twin.set("aria-labelledby", f"rn-{number}-{NAME}")
        twin.insert(0, label)
        return Twin(number, text, note)


def is_twin(element: Element) -> bool:
    """Say whether an element is a twin."""
    return element.get("class") == CLASS and element.tag == "div"


def written_twins(body: str) -> list[WrittenTwin]:
    """Return the twins that stand in a source, code left out."""
    if NAME not in body.lower():
        return []
    found: list[WrittenTwin] = []
    lines = without_code(body).split("\n")
    line = 0
    while line < len(lines):
        opening = FENCE.match(lines[line])
        if opening is None:
            line += 1
            continue
        end = _end(lines, line + 1, len(opening["bars"]))
        found.append(WrittenTwin(line, end or len(lines), end is not None))
        line = end or len(lines)
    return found


def _end(lines: list[str], start: int, bars: int) -> int | None:
    closing = "/" * bars
    for line in range(start, len(lines)):
        if lines[line].strip() == closing:
            return line + 1
    return None


def without_twins(body: str) -> str:
    """Return a source as it is without its twins."""
    lines = body.split("\n")
    for twin in reversed(written_twins(body)):
        above, below = lines[max(twin.first - 1, 0) : twin.first], lines[twin.end : twin.end + 1]
        gaps = [not any(line.strip() for line in side) for side in (above, below)]
        # One empty line stays between what stood above and below.
        end = twin.end + all(gaps)
        lines[twin.first : end] = [] if any(gaps) else [""]
    return "\n".join(lines)
