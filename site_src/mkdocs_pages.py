"""A hook of MkDocs that takes finished pages from the cache (docs/decisions/0016).

``engine`` names it in the settings, where everything that a page can depend on is known. A
page that is found in the cache is written at once, and MkDocs passes it by: it is hidden while
texts are read, and empty while templates are filled in. Navigation, sitemap, search index
and the check of anchors are made of all pages, as always.
"""

import logging
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_src.cache_folder import CacheFolder
from site_src.cache_keys import digest
from site_src.collecting_rarely import collect_rarely
from site_src.navigation_keys import navigation_keys
from site_src.page_cache import PageCache, PageFacts


class _Warnings(logging.Handler):
    """Notes whether MkDocs has warned of anything."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning."""
        del record
        self.seen = True


@dataclass(slots=True)
class _Fresh:
    """A page that MkDocs makes, and what was found out of it so far."""

    key: str
    asked: dict[str, bool] = field(default_factory=dict)
    warned: bool = False
    search: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Asking:
    """Answers which file lies at a path, and notes the question for the page that is read."""

    files: Any
    notes: dict[str, bool] | None = None

    def __call__(self, path: str) -> Any:
        found = type(self.files).get_file_from_path(self.files, path)
        if self.notes is not None:
            self.notes[path] = found is not None
        return found


class CachedPages:
    """The events of one build, in the order in which MkDocs calls them."""

    def __init__(self) -> None:
        self._fresh: dict[str, _Fresh] = {}
        self._held: dict[str, PageFacts] = {}
        self._hidden: list[tuple[Any, Any]] = []  # files, and how they are included in truth
        self._warnings = _Warnings()
        self._indexed = 0  # entries of the search index that earlier pages made

    def on_config(self, config: Any) -> None:
        """Let all that follows collect garbage rarely."""
        del config
        collect_rarely()

    def on_nav(self, nav: Any, *, config: Any, files: Any) -> None:
        """Look for every page in the cache; write and hide those that are there."""
        given = config.extra["randnotiz"]["page_cache"]
        self._cache = PageCache(CacheFolder(Path(given["folder"])))
        self._asking = files.get_file_from_path = _Asking(files)
        logging.getLogger("mkdocs").addHandler(self._warnings)
        around = navigation_keys(nav, config.extra["randnotiz"]["neighbours"])
        engine = type(nav).__module__  # MkDocs or a fork of it
        # All keys first: pages that are held get titles, which the others' keys must not see.
        keys = {
            file: digest(engine, given["key"], file.src_uri, file.content_bytes, around(file.page))
            for file in _alone_at_their_places(files, config)
        }
        for file, key in keys.items():
            facts = self._taken(key, file, files)
            if facts is None:
                self._fresh[file.src_uri] = _Fresh(key)
            else:
                self._hold(file, facts)

    def _taken(self, key: str, file: Any, files: Any) -> PageFacts | None:
        """Write a page out of the cache, if it is there and would find the same files."""
        found = self._cache.get(key)
        if found is None:
            return None
        facts, html = found
        known = files.src_uris
        if any((path in known) != there for path, there in facts.asked.items()):
            return None
        _write(file.abs_dest_path, html)
        return facts

    def _hold(self, file: Any, facts: PageFacts) -> None:
        self._held[file.src_uri] = facts
        self._hidden.append((file, file.inclusion))
        file.inclusion = type(file.inclusion).EXCLUDED
        if file.page.title is None:
            file.page.title = facts.title

    def on_pre_page(self, page: Any, *, config: Any, files: Any) -> None:
        """Begin to note what a page asks for while it is read."""
        del config, files
        fresh = self._fresh.get(page.file.src_uri)
        self._asking.notes = fresh.asked if fresh else None
        self._warnings.seen = False

    def on_page_content(self, html: str, *, page: Any, config: Any, files: Any) -> None:
        """End the notes of a page that was read."""
        del html, config, files
        if page.file.src_uri in self._fresh:
            self._fresh[page.file.src_uri].warned = self._warnings.seen
        self._asking.notes = None

    def on_env(self, env: Any, *, config: Any, files: Any) -> None:
        """Show the hidden pages again, empty; all that is made of all pages is made of them too."""
        del config
        empty = env.from_string("")
        for file, inclusion in self._hidden:
            facts, page = self._held[file.src_uri], file.page
            file.inclusion = inclusion
            page.content, page.meta = "", {"template": empty, "search": {"exclude": True}}
            page.present_anchor_ids = None if facts.anchors is None else set(facts.anchors)
            page.links_to_anchors = _links(facts, files)

    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> None:
        """Note what the search index, which comes before us, has taken of a page; or hand it on."""
        del context, nav
        entries, uri = _search_entries(config), page.file.src_uri
        if uri in self._held:
            entries += self._held[uri].search
        elif uri in self._fresh:
            self._fresh[uri].search = entries[self._indexed :]
        self._indexed = len(entries)

    def on_post_page(self, output: str, *, page: Any, config: Any) -> None:
        """Keep a page that was made."""
        del config
        fresh = self._fresh.get(page.file.src_uri)
        if fresh is None or fresh.warned or not output.strip():
            return
        facts = PageFacts(
            title=page.title,
            asked=fresh.asked,
            anchors=_sorted(page.present_anchor_ids),
            links=_plain_links(page.links_to_anchors),
            search=fresh.search,
        )
        self._cache.put(fresh.key, facts, output.encode("utf-8", errors="xmlcharrefreplace"))

    def on_post_build(self, *, config: Any) -> None:
        """Forget pages that nobody has asked for in a while."""
        del config
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        self._cache.values.prune()


def _alone_at_their_places(files: Any, config: Any) -> Iterator[Any]:
    """Yield the pages but those that share their place in the site: there the order counts."""
    places = Counter(file.dest_uri for file in files)
    places.update([*config.theme.static_templates, *config.extra_templates])
    for file in files.documentation_pages():
        if places[file.dest_uri] == 1:
            yield file


def _write(file: str, content: bytes) -> None:
    os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120  # as below
    with open(file, "wb") as opened:  # noqa: PTH123  # thousands: a Path costs more than it
        opened.write(content)


def _search_entries(config: Any) -> list[dict[str, Any]]:
    for plugin in config.plugins.values():
        if hasattr(plugin, "search_index"):
            entries: list[dict[str, Any]] = plugin.search_index.entries
            return entries
    return []


def _links(facts: PageFacts, files: Any) -> dict[Any, dict[str, str]] | None:
    if facts.links is None:
        return None
    links: dict[Any, dict[str, str]] = {}
    known = files.src_uris
    for uri, anchor, written in facts.links:
        links.setdefault(known[uri], {})[anchor] = written
    return links


def _plain_links(links: Any) -> list[tuple[str, str, str]] | None:
    if links is None:
        return None
    return [
        (file.src_uri, anchor, written)
        for file, anchors in links.items()
        for anchor, written in anchors.items()
    ]


def _sorted(anchors: Any) -> list[str] | None:
    return None if anchors is None else sorted(anchors)


_pages = CachedPages()
on_config = _pages.on_config
on_nav = _pages.on_nav
on_pre_page = _pages.on_pre_page
on_page_content = _pages.on_page_content
on_env = _pages.on_env
on_page_context = _pages.on_page_context
on_post_page = _pages.on_post_page
on_post_build = _pages.on_post_build
