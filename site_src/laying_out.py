"""Lays out the complete folder of Markdown that the engine reads."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from site_src.announcements import events, files, schedule_page
from site_src.bare_markdown import BareMarkdown
from site_src.cache_keys import digest, release
from site_src.content import Content
from site_src.editions import PublishedDocument
from site_src.links_of_versions import without_dead_links
from site_src.mirroring import mirror
from site_src.pages import Page, with_heading
from site_src.pages_of_comparisons import ComparisonPages
from site_src.pages_of_documents import DocumentPages
from site_src.pages_of_minutes import MinutesPages
from site_src.pages_of_synopses import SynopsisPages
from site_src.pages_of_texts import TextsPage
from site_src.places import Places
from site_src.schema_check import SCHEMAS
from site_src.sources import PAGES, SourcePage
from synopsis.page import ASSETS as SYNOPSIS_ASSETS

PAIR = 2  # versions, to be compared
ID = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The pages by their paths, and the files that are copied as they are or made."""

    pages: Mapping[str, Page]
    copies: Mapping[str, Path]
    made: Mapping[str, bytes] = field(default_factory=dict)

    def source_of(self, path: str) -> str:
        """Return the source of a laid-out page, or the path itself."""
        return self.pages[path].source if path in self.pages else path


def lay_out(content: Content, *, today: date, service: str) -> LaidOut:
    """Return all pages in the order of their lists; writes nothing."""
    pages = {page.path: page for page in _pages(content, today, service)}
    copies = {
        content.addresses.page_of[path]: file for path, file in content.sources.copies.items()
    }
    made = {**dict(_made(content)), **dict(files(content, today))}
    return LaidOut(_mended(pages, {*pages, *copies}, content), copies, made)


def _made(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield the files of what is archived, and the style sheet of its pages."""
    for archive in content.archives.values():
        yield from _synopses(content).files(archive).items()
    if content.archives:
        for path, style in _files_below(SYNOPSIS_ASSETS):
            yield f"assets/{path}", style


def _synopses(content: Content) -> SynopsisPages:
    days = [meeting.date for meeting in content.meetings]
    return SynopsisPages(content.words, days, content.cache)


def _mended(pages: Mapping[str, Page], known: Collection[str], content: Content) -> dict[str, Page]:
    """Return the pages; in those of old versions, dead links lead nowhere."""

    def anchors(path: str) -> Collection[str]:
        return anchors_of(pages[path], content.markdown)

    return {
        path: replace(page, body=without_dead_links(page.body, path, known, anchors))
        if "canonical" in page.meta
        else page
        for path, page in pages.items()
    }


def _pages(content: Content, today: date, service: str) -> Iterator[Page]:
    words, meetings = content.words, content.meetings
    documents = list(content.documents.values())
    minutes = MinutesPages(content.addresses, content.documents, words)
    for page in _in_its_language(content):
        yield _hand_written(page, content)
    layout = DocumentPages(content.addresses, meetings, words, today, service, content.archives)
    synopses = _synopses(content)
    for published in documents:
        yield layout.page(published)
        yield from (layout.version_page(published, edition) for edition in published.editions)
        yield from _comparisons(published, content, service)
        if published.slug in content.archives:
            yield from synopses.pages(published, content.archives[published.slug])
    yield TextsPage(words, today).page(documents)
    yield from (minutes.page(source) for source in content.sources.meetings)
    yield minutes.overview(content.sources.meetings)
    example = any(page.example for page in content.sources.meetings)
    schedule = schedule_page(content, today, words)
    yield schedule.page(events(content, today, words), example=example)


def _comparisons(published: PublishedDocument, content: Content, service: str) -> list[Page]:
    """Return the pages of comparisons; all that they depend on is what was published."""
    words = content.words
    if len(published.editions) < PAIR:
        return []
    archive = content.archives.get(published.slug)
    told = f"{published!r} {archive!r}"
    key = digest("comparisons", release(), words.language, words.own, service, told)
    layout = ComparisonPages(words, service, archive)
    return content.cache.kept(key, list[Page], lambda: [*layout.pages(published)])


def _in_its_language(content: Content) -> list[SourcePage]:
    """Return each hand-written page once: in the site's language, else in that of the texts."""
    spoken, texts = content.settings.language, content.settings.text_language
    found = {page.page: page for page in content.sources.pages if page.language is None}
    wanted = [page for page in content.sources.pages if page.language == spoken != texts]
    return list((found | {page.page: page for page in wanted}).values())


def _hand_written(page: SourcePage, content: Content) -> Page:
    front, spoken = page.file.front, content.settings.language
    heading, rest = with_heading(page.file.body, front["title"])
    texts = content.settings.text_language
    foreign = {} if spoken in {page.language, texts} else {"lang": texts}
    return Page(
        path=page.page,
        title=content.words.quoted(front["title"]) if foreign else front["title"],
        description=front["description"],
        body=content.addresses.rewritten(f"{heading}\n\n{rest}", page.file.path),
        source=f"{PAGES}/{page.name}",
        example=front.get("example", False),
        meta={key: front[key] for key in ("template", "hide", "search") if key in front} | foreign,
    )


def anchors_of(page: Page, markdown: BareMarkdown) -> Collection[str]:
    """Return the ids that are given on a page, as far as they are its own and not the theme's.

    Comparisons and synopses are large and bear theirs in the open: no need to render them for that.
    """
    if "comparison" in page.meta or "synopsis" in page.meta:
        return frozenset(ID.findall(page.body))
    return markdown.ids(page.body)


def write_out(laid_out: LaidOut, places: Places, folder: Path | None = None) -> None:
    """Write the folder: pages, copies, the assets of the theme and the schemas, no more.

    It is that of the first language unless told otherwise.
    """
    contents = {path: page.text.encode() for path, page in laid_out.pages.items()}
    contents |= {path: file.read_bytes() for path, file in laid_out.copies.items()}
    contents |= laid_out.made
    contents |= {f"assets/{path}": content for path, content in _files_below(places.assets)}
    contents |= {f"schemas/{path}": content for path, content in _files_below(SCHEMAS)}
    mirror(contents, folder or places.laid_out)


def _files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()
