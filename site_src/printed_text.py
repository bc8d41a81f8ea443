"""The text of a version as it is printed: numbers beside paragraphs, links that paper can bear."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from site_src.bare_markdown import BareMarkdown, Heading
from site_src.editions import Edition, numbering, with_definitions
from site_src.markdown_links import rewritten
from site_src.page_addresses import PageAddresses, address_of
from site_src.pages import with_heading
from site_src.pdf_writer import FILES
from site_src.site_address import SiteAddress

NUMBER = re.compile(r'<a\b(?=[^>]*\bclass="rn")[^>]*>(?P<number>\d+)</a>')
ID = re.compile(r'\bid="[^"]*"')
BUTTONS = re.compile(r'<a\b[^>]*\bclass="(?:headerlink|footnote-backref)"[^>]*>.*?</a>')
NOWHERE = "rn-nowhere:"  # a page of a site that has not said where it is found
LOST = re.compile(rf'<a\b[^>]*\bhref="{NOWHERE}[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
CHAPTER = re.compile(r"(?=<h2\b)")
TITLE = re.compile(r'<h2\b(?:[^>]*\bid="(?P<id>[^"]*)")?[^>]*>(?P<title>.*?)</h2>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
PAGE = ".md"
PRINTED = re.compile(r'<span class="rn"[^>]*>(\d+)</span>')


@dataclass(frozen=True, slots=True)
class PrintedText:
    """The HTML of a text without its title, and its headings."""

    html: str
    headings: Sequence[Heading]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a text up to its next chapter; ``numbers`` are those of its paragraphs."""

    html: str
    title: str
    anchor: str
    numbers: tuple[int, ...]


def printed_text(
    edition: Edition, addresses: PageAddresses, markdown: BareMarkdown, site: SiteAddress
) -> PrintedText:
    """Render a version; links within it stay, those to other pages become absolute or words."""
    source = edition.source

    def leads(link: str) -> str:
        return _on_paper(link, source.file.path, addresses, site)

    _, rest = with_heading(source.file.body, source.title)
    asked = [numbering(edition.slug, edition.version.number)]
    html, headings = markdown.html(with_definitions(rewritten(rest, leads), asked))
    return PrintedText(_without_buttons(html), headings)


def chapters(html: str) -> Iterator[Chapter]:
    """Yield the chapters of a printed text; what stands before the first has no title."""
    for part in CHAPTER.split(html):
        numbers = tuple(int(number) for number in PRINTED.findall(part))
        heading = TITLE.match(part)
        title = unescape(TAG.sub("", heading["title"])).strip() if heading else ""
        anchor = (heading["id"] or "") if heading else ""
        if part.strip():
            yield Chapter(part, title, anchor, numbers)


def _on_paper(link: str, source: str, addresses: PageAddresses, site: SiteAddress) -> str:
    """Return what a link becomes; one to a file that is no page, such as an image, names it."""
    target = addresses.target(link, source)
    if target is None or link.startswith("#"):
        return link
    page, anchor = target
    if page == addresses.page_of[source] and anchor:
        return f"#{anchor}"
    if not page.endswith(PAGE):
        return f"{FILES}{page}"
    address = f"{address_of(page)}#{anchor}" if anchor else address_of(page)
    return site.absolute(address) if site.url else f"{NOWHERE}{address}"


def _without_buttons(html: str) -> str:
    """Return the HTML without what is there to be pressed only."""
    return NUMBER.sub(_number, BUTTONS.sub("", LOST.sub(r"\1", html)))


def _number(link: re.Match[str]) -> str:
    own = ID.search(link[0])  # where the author's own id stands at the paragraph
    return f'<span class="rn"{f" {own[0]}" if own else ""}>{link["number"]}</span>'
