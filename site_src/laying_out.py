"""Lays out the complete folder of Markdown that the engine reads."""

import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_src.bare_markdown import BareMarkdown
from site_src.content import Content
from site_src.links_of_versions import without_dead_links
from site_src.messages import translator
from site_src.pages import Page, with_heading
from site_src.pages_of_comparisons import ComparisonPages
from site_src.pages_of_documents import DocumentPages
from site_src.pages_of_minutes import MinutesPages
from site_src.pages_of_schedule import SchedulePage
from site_src.pages_of_texts import TextsPage
from site_src.places import Places
from site_src.schema_check import SCHEMAS
from site_src.sources import PAGES, SourcePage

ID = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The pages by their paths, and the files that are copied as they are."""

    pages: Mapping[str, Page]
    copies: Mapping[str, Path]

    def source_of(self, path: str) -> str:
        """Return the source of a laid-out page, or the path itself."""
        return self.pages[path].source if path in self.pages else path


def lay_out(content: Content, *, today: date, service: str) -> LaidOut:
    """Return all pages in the order of their lists; writes nothing."""
    pages = {page.path: page for page in _pages(content, today, service)}
    copies = {
        content.addresses.page_of[path]: file for path, file in content.sources.copies.items()
    }
    return LaidOut(_mended(pages, {*pages, *copies}, content), copies)


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
    words, meetings = translator(content.settings.language), content.meetings
    documents = list(content.documents.values())
    minutes = MinutesPages(content.addresses, content.documents, words)
    schedule = SchedulePage(words, today)
    for page in content.sources.pages:
        yield _hand_written(page, content)
    layout = DocumentPages(content.addresses, meetings, words, today, service)
    for published in documents:
        yield layout.page(published)
        yield from (layout.version_page(published, edition) for edition in published.editions)
        yield from ComparisonPages(words, service).pages(published)
    yield TextsPage(words, today).page(documents)
    yield from (minutes.page(source) for source in content.sources.meetings)
    yield minutes.overview(content.sources.meetings)
    dates = [entry.event for entry in content.sources.dates]
    events = [*dates, *schedule.events_of(documents, meetings)]
    yield schedule.page(events, example=any(page.example for page in content.sources.meetings))


def _hand_written(page: SourcePage, content: Content) -> Page:
    front = page.file.front
    heading, rest = with_heading(page.file.body, front["title"])
    return Page(
        path=page.name,
        title=front["title"],
        description=front["description"],
        body=content.addresses.rewritten(f"{heading}\n\n{rest}", page.file.path),
        source=f"{PAGES}/{page.name}",
        example=front.get("example", False),
        meta={key: front[key] for key in ("template", "hide", "search") if key in front},
    )


def anchors_of(page: Page, markdown: BareMarkdown) -> Counter[str]:
    """Return how often each id is given on a page, as far as it is its own and not the theme's.

    Comparisons are large and bear theirs in the open: no need to render them for that.
    """
    if "comparison" in page.meta:
        return Counter(ID.findall(page.body))
    return markdown.render(page.body).ids


def write_out(laid_out: LaidOut, places: Places) -> None:
    """Write the folder anew: pages, copies, the assets of the theme and the schemas."""
    shutil.rmtree(places.laid_out, ignore_errors=True)
    for path, page in laid_out.pages.items():
        _target(places.laid_out, path).write_text(page.text, "utf-8", newline="\n")
    for path, file in laid_out.copies.items():
        shutil.copyfile(file, _target(places.laid_out, path))
    if places.assets.is_dir():
        shutil.copytree(places.assets, places.laid_out / "assets", dirs_exist_ok=True)
    shutil.copytree(SCHEMAS, places.laid_out / "schemas", dirs_exist_ok=True)


def _target(folder: Path, path: str) -> Path:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
