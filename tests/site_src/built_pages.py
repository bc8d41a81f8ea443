"""What the pages of a built site hold, and what is wrong with their links and ids."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

LINKS = {"href", "src"}
SERVICE = "/beitrag/"  # answered by the comment service


class BuiltPage(HTMLParser):
    """One page: its ids and links in their order, and the numbers that its margin shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.margin: list[str] = []
        self._in_margin = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.links += [value for name, value in given.items() if name in LINKS]
        self._in_margin = tag == "a" and given.get("class") == "rn"

    def handle_data(self, data: str) -> None:
        if self._in_margin:
            self.margin.append(data)
            self._in_margin = False

    def numbers(self, prefix: str = "rn-") -> list[int]:
        """Return the numbers of the ids that begin so, in their order."""
        found = [one.removeprefix(prefix) for one in self.ids if one.startswith(prefix)]
        return [int(one) for one in found if one.isdecimal()]

    def repeated(self) -> list[str]:
        """Return the ids that are given more than once."""
        return [name for name, times in Counter(self.ids).items() if times > 1]


def read_pages(site: Path) -> dict[str, BuiltPage]:
    """Return all pages of a site by their addresses, such as ``leitlinien/1/``."""
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): BuiltPage(
            file.read_text("utf-8")
        )
        for file in sorted(site.rglob("*.html"))
    }


def dead_links(site: Path, pages: Mapping[str, BuiltPage]) -> Iterator[tuple[str, str]]:
    """Yield each page with each of its links that leads to no page, file or id of the site.

    Links out of the site and to the comment service are left out.
    """
    ids = {address: set(page.ids) for address, page in pages.items()}
    for address, page in pages.items():
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            leads_out = parts.scheme or parts.path.startswith(SERVICE)
            if not leads_out and not _leads_somewhere(address, parts, site, ids):
                yield address, link


def _leads_somewhere(
    address: str, parts: SplitResult, site: Path, ids: Mapping[str, set[str]]
) -> bool:
    path = unquote(parts.path)
    target = _target(address, path) if path else address
    if target not in ids:
        return not parts.fragment and (site / target).is_file()
    return not parts.fragment or unquote(parts.fragment) in ids[target]


def _target(address: str, path: str) -> str:
    """Return the address of what a link on a page leads to, relative to the site."""
    near = posixpath.join("/", posixpath.dirname(address), path)
    is_folder = near.endswith(("/", "/.", "/.."))
    plain = posixpath.normpath(near).lstrip("/")
    return f"{plain}/" if is_folder and plain else plain
