"""Which source becomes which page, and how links between sources become links of pages."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from site_src.markdown_links import rewritten
from site_src.sources import PAGES, SCHEDULE, Sources

MEETINGS = "sitzungen"
DOCUMENTS = "texte.md"
TIMELINE = "zeitplan.md"


@dataclass(frozen=True, slots=True)
class PageAddresses:
    """The page of each source; all paths are relative to their root, with slashes."""

    page_of: Mapping[str, str] = field(default_factory=dict)

    def target(self, link: str, source: str) -> tuple[str, str] | None:
        """Return the page and the anchor that a link in ``source`` means; none if it leads out.

        A link names another source or a page of the site, relative to where it stands.
        """
        try:
            parts = urlsplit(link)
        except ValueError:  # no address at all, such as http://[
            return link, ""
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return None
        path = unquote(parts.path)
        if not path:
            return self.page_of[source], unquote(parts.fragment)
        near = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if near in self.page_of:
            return self.page_of[near], unquote(parts.fragment)
        folder = posixpath.dirname(self.page_of[source])
        return posixpath.normpath(posixpath.join(folder, path)), unquote(parts.fragment)

    def rewritten(self, body: str, source: str) -> str:
        """Return the Markdown with its links between sources made links between pages."""
        return rewritten(body, lambda link: self._changed(link, source))

    def _changed(self, link: str, source: str) -> str:
        target = self.target(link, source)
        if target is None or target[0] not in self.page_of.values() or link.startswith("#"):
            return link
        here = posixpath.dirname(self.page_of[source]) or "."
        return urlsplit(link)._replace(path=posixpath.relpath(target[0], here)).geturl()


def page_addresses(sources: Sources) -> PageAddresses:
    """Say which page each source becomes; sources that cannot be read keep theirs."""
    paths = [source.path for source in sources.files]
    known = sorted({*paths, *sources.unread, *sources.copies, SCHEDULE})
    return PageAddresses({path: _page(path) for path in known})


def document_page(slug: str) -> str:
    """Return the page of a document's newest version."""
    return f"{slug}/index.md"


def meeting_page(day: object) -> str:
    """Return the page of the minutes of a day."""
    return f"{MEETINGS}/{day}.md"


def link_to(page: str, *, here: str) -> str:
    """Return the link from one page to another."""
    return posixpath.relpath(page, posixpath.dirname(here) or ".")


def _page(source: str) -> str:
    path = PurePosixPath(source)
    if source == SCHEDULE:
        return TIMELINE
    if source.startswith(f"{PAGES}/"):
        return source.removeprefix(f"{PAGES}/")
    if path.suffix == ".md" and path.parts[0] == "guidelines":
        return document_page(path.stem)
    if path.suffix == ".md":
        return meeting_page(path.stem)
    return source
