"""Writes the index of the search into a site, whatever engine made its pages."""

from collections.abc import Mapping
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
    _write(files, site)
    kept.save()
    content.shelf.save()


def _write(files: Mapping[str, bytes], site: Path) -> None:
    for folder in {(site / path).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, written in files.items():
        with open(f"{site}/{path}", "wb") as file:  # noqa: PTH123  # thousands: a Path costs more
            file.write(written)
