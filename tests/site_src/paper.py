"""What a PDF file holds: its structure, its words, its links."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NumberObject

from site_src.pdf_writer import LIBRARIES


def needs_pango() -> None:
    """Skip where WeasyPrint lacks a library of the system, but under CI fail."""
    try:
        import weasyprint  # noqa: F401, PLC0415  # looks for them at once
    except OSError as error:
        absent = f"Pango is missing: sudo apt-get install {LIBRARIES} ({error})"
        if os.environ.get("CI"):  # noqa: TID251  # a missing library is no reason to skip there
            pytest.fail(absent)
        pytest.skip(absent)


@dataclass(frozen=True)
class Tag:
    """An element of the structure: its kind and its own entries."""

    kind: str
    entries: Any


class Paper:
    """A PDF file that was read."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content), strict=True)
        self.root = cast("Any", self.reader.trailer["/Root"])

    @property
    def pages(self) -> list[str]:
        """The words of each page."""
        return [page.extract_text() for page in self.reader.pages]

    @property
    def words(self) -> str:
        """All words, line ends and runs of spaces made one space."""
        return " ".join(" ".join(self.pages).split())

    @property
    def tags(self) -> list[Tag]:
        """The elements of the structure in the order in which they are read."""
        return list(_tags(self.root["/StructTreeRoot"]["/K"]))

    def marks(self) -> dict[int, list[int]]:
        """Return the pieces of content that the structure names, by page, in its order."""
        found: dict[int, list[int]] = {}
        for page, mark in _marks(self.root["/StructTreeRoot"]["/K"], None):
            found.setdefault(page, []).append(mark)
        return found

    def kinds(self) -> list[str]:
        """Return the kinds of the elements."""
        return [tag.kind for tag in self.tags]

    def links(self) -> list[Any]:
        """Return the links of all pages."""
        found = [
            one.get_object()
            for page in self.reader.pages
            for one in cast("Any", page).get("/Annots", ())
        ]
        return [one for one in found if one["/Subtype"] == "/Link"]

    def fonts(self) -> Iterator[Any]:
        """Yield the descriptors of all fonts."""
        for page in self.reader.pages:
            for font in cast("Any", page["/Resources"]).get("/Font", {}).values():
                whole = font.get_object()
                for part in whole.get("/DescendantFonts", [whole]):
                    yield part.get_object()["/FontDescriptor"]

    def bookmarks(self) -> list[Any]:
        """Return the titles of the bookmarks, those below another one as a list."""
        return _titles(self.reader.outline)


def _tags(node: Any) -> Iterator[Tag]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield Tag(str(node["/S"]), node)
        if "/K" in node:
            yield from _tags(node["/K"])


def _marks(node: Any, page: int | None) -> Iterator[tuple[int, int]]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for one in node:
            yield from _marks(one, page)
    elif isinstance(node, NumberObject) and page is not None:
        yield page, int(node)
    elif isinstance(node, DictionaryObject):
        page = node.raw_get("/Pg").idnum if "/Pg" in node else page
        if "/MCID" in node and page is not None:
            yield page, int(cast("Any", node["/MCID"]))
        elif "/K" in node:
            yield from _marks(node["/K"], page)


def _titles(outline: Any) -> list[Any]:
    return [_titles(one) if isinstance(one, list) else one.title for one in outline]
