"""The words of a Markdown element as a reader sees them, without any markup."""

import html
import re
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER, HTML_PLACEHOLDER_RE, STX

ESCAPED = re.compile(f"{STX}(\\d+){ETX}")  # a character behind a backslash, as its code point
TAG = re.compile(r"<[^>]*>")
WHOLE_PLACEHOLDER = re.compile(HTML_PLACEHOLDER % r"\d+")


class PlainText:
    """Reads words off the element tree of one page.

    At this stage of Python-Markdown inline raw HTML lies in the stash and escaped
    characters are numbers between STX and ETX; both are put back here. Footnote marks
    are left out: their counters would make a text depend on the footnotes above it.
    """

    def __init__(self, md: Markdown) -> None:
        self._stash = md.htmlStash.rawHtmlBlocks

    def of(self, element: Element, without: Collection[str] = ()) -> str:
        """Return the element's words, white space folded, leaving out child blocks ``without``."""
        return " ".join(self._put_back("".join(_pieces(element, without))).split())

    def row(self, element: Element) -> str:
        """Return the words of a table row, its cells parted by a bar."""
        cells = [self.of(cell) for cell in element]
        return " | ".join(cells) if any(cells) else ""

    def is_placeholder(self, element: Element) -> bool:
        """Say whether the element holds nothing but a block that lies in the stash."""
        return not len(element) and bool(WHOLE_PLACEHOLDER.fullmatch((element.text or "").strip()))

    def _put_back(self, text: str) -> str:
        stashed = HTML_PLACEHOLDER_RE.sub(lambda match: self._words_in_stash(match[1]), text)
        escaped = ESCAPED.sub(lambda match: chr(int(match[1])), stashed)
        return html.unescape(escaped.replace(AMP_SUBSTITUTE, "&"))

    def _words_in_stash(self, index: str) -> str:
        raw = self._stash[int(index)]
        return TAG.sub("", raw if isinstance(raw, str) else "".join(raw.itertext()))


def _pieces(element: Element, without: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "img":
            yield child.get("alt", "")
        elif child.tag == "br":
            yield " "
        elif child.tag not in without and not _is_footnote_mark(child):
            yield from _pieces(child, without)
        yield child.tail or ""


def _is_footnote_mark(element: Element) -> bool:
    return element.tag == "sup" and element.get("id", "").startswith("fnref")
