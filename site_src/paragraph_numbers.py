"""The Python-Markdown extension that numbers paragraphs: ``id="rn-14"`` and its margin.

It works with bare Python-Markdown and with any generator that loads its extensions. A
page asks for numbers by reference definitions, which every engine reads and none shows
(docs/decisions/0003)::

    [rn]: /beitrag/leitlinien/1/ "leitlinien/1"     number; link to the address + number
    [rn]: # "leitlinien/1"                          number; takes no contributions
    [rn-14-1]: ../sitzungen/2023-09-06.md "Besprochen in der 3. Sitzung"   a note at 14
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from participation.paragraph import Paragraph, ParagraphKind
from site_src.footnote_links import remove_dead_ways_back
from site_src.plain_text import PlainText
from site_src.plain_twins import CLASS as TWIN
from site_src.plain_twins import PlainTwins, Twin, TwinWriter

# After attr_list (8), so that an id that the author wrote by hand is known; before toc (5),
# which keeps its ids apart from ours, and before MkDocs collects anchors and checks links.
PRIORITY = 5.5

OWN_WORDS_PRIORITY = 1  # after toc (5), whose links to sections bear words, too

HEADING = re.compile(r"h[1-6]")
OUR_ID = re.compile(r"rn-\d+")
SILENT = {"pre", "code", "thead", "summary", "script", "style", "figcaption"}
SILENT_CLASSES = {"admonition-title", "footnote", TWIN}
BLOCKS = {"p", "ul", "ol", "dl", "div", "blockquote", "pre", "table", "details", "section", "hr"}
ABOVE_TWINS = BLOCKS | {"h1", "h2", "h3", "h4", "h5", "h6"}  # what a twin can stand below
OWN_KIND = {"li": ParagraphKind.ITEM, "dd": ParagraphKind.DEFINITION}


@dataclass(frozen=True, slots=True)
class Unit:
    """A block that gets a number: what it is, and what stands above it."""

    element: Element
    kind: ParagraphKind
    headings: tuple[str, ...]
    text: str


class UnitFinder:
    """Walks through a page once and yields the blocks that can be commented on."""

    def __init__(self, plain: PlainText) -> None:
        self._plain = plain
        self._headings: list[tuple[int, str]] = []
        self._term: tuple[str, ...] = ()

    def units(self, parent: Element) -> Iterator[Unit]:
        """Yield the units below ``parent`` in the order of the text."""
        for child in parent:
            if HEADING.fullmatch(child.tag):
                self._note_heading(child)
            elif not _is_silent(child):
                yield from self._units_of(child, parent)

    def _units_of(self, element: Element, parent: Element) -> Iterator[Unit]:
        match element.tag:
            case "dt":
                self._term = (self._plain.of(element),)
            case "p":
                yield from self._unit(element, _kind_of_p(element, parent))
            case "tr":
                yield from self._unit(element, ParagraphKind.ROW)
            case "li" | "dd":
                yield from self._unit(element, OWN_KIND[element.tag])
                yield from self.units(element)
            case _:
                yield from self.units(element)

    def _unit(self, element: Element, kind: ParagraphKind) -> Iterator[Unit]:
        if self._plain.is_placeholder(element):
            return  # raw HTML or code, which takes the place of this <p> later
        text = self._plain.row(element) if element.tag == "tr" else self._plain.of(element, BLOCKS)
        if text:
            yield Unit(element, kind, self._path(kind), text)

    def _path(self, kind: ParagraphKind) -> tuple[str, ...]:
        above = tuple(text for _, text in self._headings)
        return above + self._term if kind is ParagraphKind.DEFINITION else above

    def _note_heading(self, element: Element) -> None:
        level = int(element.tag[1])
        if level == 1 and not self._headings:
            return  # the title of the document, which everyone knows
        self._headings = [(above, text) for above, text in self._headings if above < level]
        self._headings.append((level, self._plain.of(element)))


def _is_silent(element: Element) -> bool:
    classes = set(element.get("class", "").split())
    return element.tag in SILENT or bool(classes & SILENT_CLASSES)


def _kind_of_p(element: Element, parent: Element) -> ParagraphKind:
    """A loose item's first <p> is the item's own text, as a tight item's is."""
    if parent.tag in OWN_KIND and parent[0] is element:
        return OWN_KIND[parent.tag]
    return ParagraphKind.PARAGRAPH


class MarginWriter:
    """Writes a number's id, its link in the margin, its notes and its way to the form."""

    def __init__(self, references: dict[str, tuple[str, str]], labels: dict[str, str]) -> None:
        self._references = references
        self._labels = labels
        self._address = references["rn"][0]

    def write(self, element: Element, number: int) -> None:
        """Mark ``element`` as the paragraph of that number."""
        link = self._number_link(number)
        if element.get("id") and not OUR_ID.fullmatch(element.get("id", "")):
            link.set("id", f"rn-{number}")  # the id that the author wrote stays where it is
        else:
            element.set("id", f"rn-{number}")
        _add_class(element, "rn-unit")
        cells = list(element) if element.tag == "tr" else [element]
        _put_first(cells[0], link)
        for addition in [*self._form_link(number), *self._notes(number)]:
            _put_after_own_text(cells[-1], addition)

    def _number_link(self, number: int) -> Element:
        label = self._labels["number_label"].format(number)
        link = Element("a", {"class": "rn", "href": f"#rn-{number}", "aria-label": label})
        # Material's search index leaves such elements out.
        link.set("data-search-exclude", "")
        link.text = str(number)
        return link

    def _notes(self, number: int) -> Iterator[Element]:
        index = 1
        while note := self._references.get(f"rn-{number}-{index}"):
            address, text = note
            span = Element("span", {"class": "rn-note", "data-search-exclude": ""})
            SubElement(span, "a", {"href": address}).text = text
            yield span
            index += 1

    def _form_link(self, number: int) -> Iterator[Element]:
        if self._address == "#":
            return
        attributes = {"class": "rn-comment", "href": self._way(number)}
        link = Element("a", {**attributes, "data-search-exclude": ""})
        SubElement(link, "span").text = self._labels["comment_label"].format(number)
        yield link

    def _way(self, number: int) -> str:
        language = self._labels["language"]
        asked = f"?lang={language}" if language and "#" not in self._address else ""
        return f"{self._address}{number}{asked}"


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _put_first(element: Element, addition: Element) -> None:
    addition.tail, element.text = element.text, None
    element.insert(0, addition)


def _put_after_own_text(element: Element, addition: Element) -> None:
    """Insert before the first block inside (a nested list, say), else at the end."""
    for position, child in enumerate(element):
        if child.tag in BLOCKS:
            element.insert(position, addition)
            return
    element.append(addition)


class ParagraphNumbers(Treeprocessor):
    """Numbers the paragraphs of a page that asks for it."""

    def __init__(self, md: Markdown, labels: dict[str, str]) -> None:
        super().__init__(md)
        self._labels = labels

    def run(self, root: Element) -> None:
        """Write ids and margins into the tree; leave ``md.paragraphs`` and ``md.twins``."""
        references: dict[str, Any] = self.md.references
        units = self._numbered(root) if "rn" in references else []
        numbers = {unit.element: number for number, unit in enumerate(units, start=1)}
        twins: list[Twin] = self.md.twins  # type: ignore[attr-defined]
        twins += TwinWriter(self.md, self._labels, ABOVE_TWINS).write(root, numbers)

    def _numbered(self, root: Element) -> list[Unit]:
        remove_dead_ways_back(root)
        units = list(UnitFinder(PlainText(self.md)).units(root))
        margin = MarginWriter(self.md.references, self._labels)
        paragraphs: list[Paragraph] = self.md.paragraphs  # type: ignore[attr-defined]
        for number, unit in enumerate(units, start=1):
            margin.write(unit.element, number)
            paragraphs.append(Paragraph(number, unit.kind, unit.headings, unit.text))
        return units


class OwnWords(Treeprocessor):
    """Tells the language of the words that stand in a text and are not part of it."""

    CLASSES = frozenset(
        {"rn", "rn-note", "rn-comment", "rn-plain__label", "headerlink", "footnote-backref"}
    )

    def __init__(self, md: Markdown, language: str) -> None:
        super().__init__(md)
        self._language = language

    def run(self, root: Element) -> None:
        """Write the language at each of them."""
        for element in root.iter():
            if element.get("class") in self.CLASSES:
                element.set("lang", self._language)


class ParagraphNumbersExtension(Extension):
    """Adds the numbering to Python-Markdown."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "number_label": ["Randnummer {}", "What a screen reader says for the number"],
            "comment_label": ["Absatz {} kommentieren", "What the link to the form says"],
            "language": ["", "The language of these words, if it is not that of the text"],
            "plain_label": ["In einfachen Worten", "What stands above a plain-language twin"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's own name
        """Register the numbering with ``md``."""
        self.md = md
        md.registerExtension(self)
        PlainTwins().extendMarkdown(md)
        self.reset()
        config = self.getConfigs()
        md.treeprocessors.register(ParagraphNumbers(md, config), "paragraph_numbers", PRIORITY)
        if config["language"]:
            last = OwnWords(md, config["language"])
            md.treeprocessors.register(last, "own_words", OWN_WORDS_PRIORITY)

    def reset(self) -> None:
        """Forget the page before."""
        self.md.paragraphs = []  # type: ignore[attr-defined]
        self.md.twins = []  # type: ignore[attr-defined]


def makeExtension(**kwargs: Any) -> ParagraphNumbersExtension:  # noqa: N802  # Python-Markdown's own name
    """Return the extension, as Python-Markdown asks for it."""
    return ParagraphNumbersExtension(**kwargs)
