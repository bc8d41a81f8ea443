"""What makes a preview of a site: nothing can be commented on, and no search engine reads it."""

import re
from dataclasses import replace
from pathlib import Path

from participation.catalogue import Catalogue
from participation.document import Document
from site_src.laying_out import LaidOut
from site_src.pages import Page

ROBOTS = "User-agent: *\nDisallow: /\n"
NUMBERING = re.compile(r'^\[rn\]: \S+ "', re.MULTILINE)  # asks for numbers, see editions.py

# What leads to contributions, see rows_in_html.py and comparison_in_html.py.
TALK = re.compile(r'<(noscript|p class="rn-talks")>.*?</(noscript|p)>')


def without_comments(laid_out: LaidOut) -> LaidOut:
    """Return the pages with their numbers and windows told, but no way to comment."""
    return replace(laid_out, pages={path: _quiet(page) for path, page in laid_out.pages.items()})


def without_windows(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue that takes no contributions, should somebody serve it by mistake."""
    closed = {slug: _closed(document) for slug, document in catalogue.documents.items()}
    return replace(catalogue, documents=closed)


def keep_robots_out(site: Path) -> None:
    """Write ``robots.txt``; each page says ``noindex`` as well."""
    (site / "robots.txt").write_text(ROBOTS, "utf-8")


def _quiet(page: Page) -> Page:
    silent = {"opens": None, "commentable": False, "talk_feed": None}
    meta = {**page.meta, **silent} if "commentable" in page.meta else page.meta
    body = NUMBERING.sub('[rn]: # "', page.body)
    if "comparison" in page.meta:
        body = TALK.sub("", body)
    return replace(page, body=body, meta=meta)


def _closed(document: Document) -> Document:
    versions = tuple(replace(version, window=None) for version in document.versions)
    return replace(document, versions=versions)
