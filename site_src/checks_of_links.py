"""Checks of links between sources: dead pages, dead anchors, ids that are given twice."""

import posixpath
from collections.abc import Collection, Iterator, Mapping

from site_src.content import Content
from site_src.markdown_links import Link, links
from site_src.messages import message
from site_src.page_addresses import DOCUMENTS, TIMELINE, is_page
from site_src.pages_of_minutes import INDEX
from site_src.problems import Problem
from site_src.source_files import SourceFile
from site_src.sources import SCHEDULE


def check_links(content: Content, ids: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield dead links; ``ids`` are the anchors of each laid-out page by its path."""
    pages = _pages(content, ids)
    further = {page.file.path for page in content.sources.pages if page.language is not None}
    for source in content.sources.files:
        if source.path not in further:
            yield from _of_source(source, content, pages, ids)
    for entry in content.sources.dates:
        if entry.event.link and is_page(entry.event.link):
            line = content.sources.schedule.line("dates", entry.index, "link")
            page, _, anchor = entry.event.link.partition("#")
            target = (posixpath.normpath(page), anchor)
            yield from _dead(SCHEDULE, line, entry.event.link, target, pages, ids)


def check_links_of(
    source: SourceFile, content: Content, ids: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield the dead links of one source, as ``check_links`` does."""
    yield from _of_source(source, content, _pages(content, ids), ids)


def _of_source(
    source: SourceFile, content: Content, pages: set[str], ids: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    for link in links(source.body):
        yield from _check(content, source, link, pages, ids)


def _pages(content: Content, ids: Mapping[str, Collection[str]]) -> set[str]:
    return {*content.addresses.page_of.values(), *ids, DOCUMENTS, TIMELINE, INDEX}


def _check(
    content: Content,
    source: SourceFile,
    link: Link,
    pages: set[str],
    ids: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    line = source.body_line + link.line - 1
    target = content.addresses.target(link.target, source.path)
    if target is not None:
        yield from _dead(source.path, line, link.target, target, pages, ids)


def _dead(
    path: str,
    line: int,
    written: str,
    target: tuple[str, str],
    pages: set[str],
    ids: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    page, anchor = target
    if page not in pages:
        yield Problem(
            path,
            line,
            message("the link leads nowhere: {link}", link=written),
            message("correct it; a page is named by its file, such as mitmachen.md"),
        )
    elif anchor and page in ids and anchor not in ids[page]:
        yield Problem(
            path,
            line,
            message(
                "there is no place “{anchor}” on that page: {link}", anchor=anchor, link=written
            ),
            message("correct what stands behind the #, or link to the whole page"),
        )
