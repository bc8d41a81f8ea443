"""Which source becomes which page, and how links between sources become links of pages."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from site_src.markdown_links import rewritten
from site_src.sources import PAGES, SCHEDULE, Sources, page_name
from synopsis.addresses import SYNOPSIS

MEETINGS = "sitzungen"
DOCUMENTS = "texte.md"
TIMELINE = "zeitplan.md"
ALL_EVENTS = "termine.ics"
ALL_VERSIONS = "texte.atom"
ALL_MINUTES = f"{MEETINGS}/protokolle.atom"
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageAddresses:
    """The page of each source; all paths are relative to their root, with slashes."""

    page_of: Mapping[str, str] = field(default_factory=dict)
    _pages: frozenset[str] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pages", frozenset(self.page_of.values()))  # asked at each link

    def target(self, link: str, source: str) -> tuple[str, str] | None:
        """Return the page and the anchor that a link in ``source`` means; none if it leads out.

        A link names another source or a page of the site, relative to where it stands.
        """
        parts = _split(link)
        if parts is None:
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

    def rewritten(self, body: str, source: str, page: str | None = None) -> str:
        """Return the Markdown with its links between sources made links between pages.

        ``page`` is where the text is laid out, if that is not the source's own page; its links
        to itself then stay there.
        """
        own = self.page_of[source]
        if page is None or page == own:
            return rewritten(body, lambda link: self._changed(link, source))
        return rewritten(body, lambda link: self._changed_elsewhere(link, source, page))

    def _changed(self, link: str, source: str) -> str:
        target = self.target(link, source)
        if target is None or target[0] not in self._pages or link.startswith("#"):
            return link
        return _with_path(link, target[0], self.page_of[source])

    def _changed_elsewhere(self, link: str, source: str, page: str) -> str:
        target = self.target(link, source)
        if target is None or link.startswith("#") or _split(link) is None:
            return link
        return _with_path(link, page if target[0] == self.page_of[source] else target[0], page)


def _split(link: str) -> SplitResult | None:
    """Return the parts of a link; none if it is no address at all, such as ``http://[``."""
    try:
        return urlsplit(link)
    except ValueError:
        return None


def _with_path(link: str, target: str, page: str) -> str:
    return urlsplit(link)._replace(path=link_to(target, here=page)).geturl()


def page_addresses(sources: Sources) -> PageAddresses:
    """Say which page each source becomes; sources that cannot be read keep theirs."""
    paths = [source.path for source in sources.files]
    known = sorted({*paths, *sources.unread, *sources.copies, SCHEDULE})
    return PageAddresses({path: _page(path) for path in known})


def document_page(slug: str) -> str:
    """Return the page of a document's newest version."""
    return f"{slug}/index.md"


def version_page(slug: str, version: int) -> str:
    """Return the page of one version, for good."""
    return f"{slug}/{version}/index.md"


def comparison_page(slug: str, old: int, new: int) -> str:
    """Return the page that compares two versions."""
    return f"{slug}/{old}-{new}/index.md"


def synopsis_page(slug: str, version: int) -> str:
    """Return the page of what was said on a version, answered, and made of it."""
    return f"{slug}/{version}/{SYNOPSIS}/index.md"


def contributions_file(slug: str, version: int) -> str:
    """Return the file of the archived contributions on a version, as the service tells them."""
    return f"{slug}/{version}/beitraege.json"


def counts_file(slug: str, version: int) -> str:
    """Return the file that counts the archived contributions, as the service does."""
    return f"{slug}/{version}/zahlen.json"


def versions_feed(slug: str) -> str:
    """Return the feed of a document's versions."""
    return f"{slug}/fassungen.atom"


def pdf_file(slug: str, version: int) -> str:
    """Return the PDF of one version, for good."""
    return f"{slug}/{version}/{slug}-{version}.pdf"


def booklet_file(slug: str, version: int) -> str:
    """Return the booklet with cards for remarks on one version."""
    return f"{slug}/{version}/{slug}-{version}-arbeitsheft.pdf"


def event_file(key: str) -> str:
    """Return the file of one event, for calendars."""
    return f"termine/{key}.ics"


def is_page(link: str) -> bool:
    """Say whether an event's link names a page of the site, not an address elsewhere."""
    return not ELSEWHERE.match(link)


def address_of(page: str) -> str:
    """Return the address of a page, relative to the site: ``leitlinien/1/``."""
    return page.removesuffix(".md").removesuffix("index").rstrip("/") + "/"


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
        return page_name(source.removeprefix(f"{PAGES}/"))
    if path.suffix == ".md" and path.parts[0] == "guidelines":
        return document_page(path.stem)
    if path.suffix == ".md":
        return meeting_page(path.stem)
    return source
