"""Finished pages, kept between builds with all that the rest of a site asks of them."""

from dataclasses import dataclass
from typing import Any

import msgspec

from site_src.cache_folder import CacheFolder
from site_src.cached_values import as_json


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What others ask of a finished page.

    ``title`` as the engine made it of the text; ``asked`` are the paths of files that were
    looked for while it was rendered, and whether they were there; ``anchors`` are the ids on
    it; ``links`` are its links to anchors (file, anchor, link as written); ``search`` are its
    entries in the search index.
    """

    title: str | None
    asked: dict[str, bool]
    anchors: list[str] | None
    links: list[tuple[str, str, str]] | None
    search: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PageCache:
    """Pages by keys of all that they depend on, but for the files that they ask for."""

    values: CacheFolder

    def get(self, key: str) -> tuple[PageFacts, bytes] | None:
        """Return a page's facts and its HTML, if they are there."""
        found = self.values.get(key)
        if found is None:
            return None
        facts, _, html = found.partition(b"\n")
        try:
            return msgspec.json.decode(facts, type=PageFacts), html
        except msgspec.DecodeError:
            return None

    def put(self, key: str, facts: PageFacts, html: bytes) -> None:
        """Keep a page, if its facts can be kept: boosts in the search can be anything."""
        plain = as_json(facts, PageFacts)  # holds no line end
        if plain is not None:
            self.values.put(key, plain + b"\n" + html)
