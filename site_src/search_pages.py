"""What the search finds: the newest texts by paragraph, all other pages by section."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from participation.paragraph import Paragraph
from site_src.content import Content
from site_src.editions import Edition, PublishedDocument
from site_src.laying_out import LaidOut
from site_src.page_addresses import DOCUMENTS, address_of, document_page, version_page
from site_src.page_sections import Section
from site_src.pages import Page
from site_src.pages_of_minutes import INDEX
from site_src.search_terms import SearchPage, SearchRecord

TITLE = 3  # times that a title counts as what a heading counts once
LISTS = {DOCUMENTS, INDEX}  # hold nothing but the titles of other pages


def newest_pages(content: Content, laid_out: LaidOut) -> Iterator[SearchPage]:
    """Yield the pages of a site as it is now: documents first."""
    for published in content.documents.values():
        page = laid_out.pages[document_page(published.slug)].written
        records = tuple(_numbered(page, published.newest, content))
        found = SearchPage(_address(page), page.title, records, numbered=True)
        yield _with_languages(found, page, content.words.texts)
    for page in [one.written for one in laid_out.pages.values()]:
        if not _is_left_out(page):
            records = tuple(_by_section(page, content.markdown.sections(page.body)))
            found = SearchPage(_address(page), page.title, records)
            yield _with_languages(found, page, content.words.texts)


def _with_languages(found: SearchPage, page: Page, texts: str | None) -> SearchPage:
    """Return what is found with its languages; minutes have a title of the site's own."""
    whole = page.meta.get("lang")
    return replace(found, titled=whole, language=texts if "meeting" in page.meta else whole)


def earlier_pages(content: Content) -> Iterator[SearchPage]:
    """Yield what stood in earlier versions only, each paragraph in the last version that has it."""
    for published in content.documents.values():
        yield from _earlier(published, content.words.texts)


def _earlier(published: PublishedDocument, language: str | None) -> Iterator[SearchPage]:
    known = {paragraph.text for paragraph in published.newest.version.paragraphs}
    for edition in reversed(published.editions[:-1]):
        paragraphs = [one for one in edition.version.paragraphs if one.text not in known]
        known |= {one.text for one in paragraphs}
        number = edition.version.number
        records = tuple(_record(one) for one in paragraphs)
        if records:
            address = address_of(version_page(edition.slug, number))
            found = SearchPage(address, edition.source.title, records, version=number)
            yield replace(found, titled=language, language=language)


def _numbered(page: Page, edition: Edition, content: Content) -> Iterator[SearchRecord]:
    """Yield the page itself and its paragraphs, each with what it says in plain language."""
    plain = {twin.number: twin.text for twin in content.markdown.twins(page.body)}
    yield SearchRecord("", (page.title,) * TITLE, page.description)
    for paragraph in edition.version.paragraphs:
        record, twin = _record(paragraph), plain.get(paragraph.number)
        yield replace(record, text=f"{record.text} {twin}") if twin else record


def _record(paragraph: Paragraph) -> SearchRecord:
    return SearchRecord(f"rn-{paragraph.number}", paragraph.headings, paragraph.text)


def _by_section(page: Page, sections: Sequence[Section]) -> Iterator[SearchRecord]:
    """Yield the page itself, with what stands before its first heading, and its sections."""
    above = [one for one in sections if not one.anchor]
    text = " ".join(one.text for one in above)
    yield SearchRecord("", (page.title,) * TITLE, text or page.description)
    for section in sections:
        if section.anchor:
            yield SearchRecord(section.anchor, section.headings, section.text)


def _address(page: Page) -> str:
    return address_of(page.path).removeprefix("/")


def _is_left_out(page: Page) -> bool:
    excluded = (page.meta.get("search") or {}).get("exclude", False)
    return "document" in page.meta or page.path in LISTS or bool(excluded)
