"""The sections of a page that is no numbered text: what stands below each heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADING = re.compile(r"h[1-6]")
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style", "template"}
SPACE = {"br", "dd", "dt", "div", "li", "p", "pre", "td", "th", "tr"}  # what parts words
OUT = "data-search-exclude"
PERMALINK = "headerlink"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: the id that leads to it (empty: the page itself), headings above, text."""

    anchor: str
    headings: tuple[str, ...]
    text: str


def sections_of(html: str) -> list[Section]:
    """Return the sections of a rendered page that hold any words; its title is no heading."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(reader.sections())


@dataclass(slots=True)
class _Part:
    anchor: str = ""
    level: int = 1
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._parts = [_Part()]
        self._in_heading = False
        self._hidden: list[str] = []  # elements that are open in one that is left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._hidden or _is_left_out(tag, given):
            self._hidden += [] if tag in EMPTY else [tag]
        elif HEADING.fullmatch(tag):
            anchor = (given.get("id") or "") if tag != "h1" else ""
            self._parts.append(_Part(anchor, int(tag[1])))
            self._in_heading = True
        elif tag in SPACE:
            self._parts[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif HEADING.fullmatch(tag):
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            part = self._parts[-1]
            (part.heading if self._in_heading else part.text).append(data)

    def sections(self) -> Iterator[Section]:
        above: list[tuple[int, str]] = []
        for part in self._parts:
            if part.level > 1:
                above = [(level, said) for level, said in above if level < part.level]
                above.append((part.level, _joined(part.heading)))
            text = _joined(part.text)
            if text or part.level > 1:
                yield Section(part.anchor, tuple(said for _, said in above), text)


def _is_left_out(tag: str, given: dict[str, str | None]) -> bool:
    return tag in SILENT or OUT in given or PERMALINK in (given.get("class") or "").split()


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
