"""Writes the index of the search into a site, whatever engine made its pages."""

from pathlib import Path

from site_src.cache_shelf import CacheShelf
from site_src.content import Content
from site_src.laying_out import LaidOut
from site_src.search_index import search_files
from site_src.search_pages import earlier_pages, newest_pages

NEWEST, EARLIER = "newest", "earlier"  # two indexes: nobody fetches old texts unasked


def write_search(content: Content, laid_out: LaidOut, site: Path) -> None:
    """Write the files of both indexes below ``search/``."""
    kept = CacheShelf(content.cache, "search")
    files = {
        **search_files(NEWEST, list(newest_pages(content, laid_out)), kept),
        **search_files(EARLIER, list(earlier_pages(content)), kept),
    }
    for path, written in files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written)
    kept.save()
    content.shelf.save()
