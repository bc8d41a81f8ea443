"""Versions on paper: the PDF of each, tagged so that it can be read aloud."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from site_src.bare_markdown import Heading
from site_src.cache_keys import digest, release
from site_src.content import Content
from site_src.dates_in_words import day_words
from site_src.editions import Edition
from site_src.messages import Translator, translator
from site_src.page_addresses import (
    address_of,
    version_page,
)
from site_src.pdf_writer import FILES, write_pdf
from site_src.printed_text import PrintedText, printed_text
from site_src.site_address import address_of_site
from site_src.words_of_versions import answers_words, version_words, window_span

TEMPLATES = Path(__file__).with_name("print")
SHORT = 10  # characters that name a commit for people
DEPTH = 3  # the headings that stand in the contents: those of chapters and of sections


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the contents."""

    anchor: str
    title: str
    parts: tuple["Listed", ...]


def pdf_of(edition: Edition, content: Content) -> bytes:
    """Return the PDF of a version, tagged after PDF/UA-1.

    Raises:
        CannotPrint: If what makes it is missing.
        PictureMissing: If the text shows a picture that is not there.
    """
    return kept_pdf(_html(edition, content), content)


def kept_pdf(html: str, content: Content) -> bytes:
    """Return the PDF of printed HTML; it is made once, as long as nothing changes."""
    files = {path: file for path, file in files_of(content).items() if f"{FILES}{path}" in html}
    shown = [part for path, file in files.items() for part in (path, file.read_bytes())]
    key = digest("pdf", release(), html, *shown)
    known = content.cache.get(key)
    if known is None:
        known = write_pdf(html, files, name=key)
        content.cache.put(key, known)
    return known


def files_of(content: Content) -> Mapping[str, Path]:
    """Return what the texts bring along, by the paths of the laid-out folder."""
    page_of = content.addresses.page_of
    return {page_of[path]: file for path, file in content.sources.copies.items()}


def _html(edition: Edition, content: Content) -> str:
    words = translator(content.settings.language)
    text = text_of(edition, content)
    html: str = template("version.html").render(
        **told_of(edition, content, words),
        text=Markup(text.html),  # noqa: S704  # from Markdown, as on the site
        contents=list(_listed(text.headings)),
        words={"contents": words.gettext("Contents")},
    )
    return html


def text_of(edition: Edition, content: Content) -> PrintedText:
    """Return the printed text of a version."""
    site = address_of_site(content.settings)
    return printed_text(edition, content.addresses, content.markdown, site)


def told_of(edition: Edition, content: Content, words: Translator) -> dict[str, Any]:
    """Return what cover and margins tell of a version, for the templates."""
    source, version = edition.source, edition.version
    site = address_of_site(content.settings)
    changed = [correction.moment for correction in edition.corrections]
    draft = ""
    if version.commit is None:
        draft = words.gettext("Draft, not published")
    return {
        "language": content.settings.language,
        "site_name": content.settings.name,
        "title": source.title,
        "changes": version.changes,
        "draft": draft,
        "address": site.absolute(address_of(version_page(edition.slug, version.number)))
        if site.url
        else "",
        "created": edition.published_at.isoformat(),
        "modified": max([edition.published_at, *changed]).isoformat(),
        "keywords": f"{edition.slug}/{version.number}",
        "facts": {
            "version": version_words(version, words),
            "more": list(_facts(edition, words)),
        },
        "style": Markup(_style(words, draft)),  # noqa: S704  # our own
    }


def _facts(edition: Edition, words: Translator) -> Iterator[str]:
    say, version = words.gettext, edition.version
    if version.window is not None:
        yield say("Commenting window: {span}", span=window_span(version.window, words))
    if version.answers is not None:
        yield answers_words(version, words)
    if edition.corrections:
        day = day_words(edition.corrections[-1].day, words)
        yield say("Last corrected on {day}", day=day)
    if version.commit is not None:
        yield say("Commit {commit}", commit=version.commit[:SHORT])


def _style(words: Translator, draft: str) -> str:
    style = (TEMPLATES / "print.css").read_text("utf-8")
    page = words.gettext(
        "Page {page} of {pages}", page='" counter(page) "', pages='" counter(pages) "'
    )
    return style.replace("PAGE", page).replace("WATERMARK", _watermark(draft))


def _watermark(words: str) -> str:
    """Return an SVG of the words, slanted, for an address in the style sheet."""
    if not words:
        return "%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
    return (
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 300'%3E"
        "%3Ctext x='150' y='160' text-anchor='middle' transform='rotate(-45 150 150)' "
        f"font-family='sans-serif' font-size='26' fill='%23e9c9bd'%3E{words}%3C/text%3E%3C/svg%3E"
    )


def _listed(headings: Sequence[Heading]) -> Iterator[Listed]:
    for heading in headings:
        if heading.level <= DEPTH:
            title = unescape(heading.title)
            yield Listed(heading.anchor, title, tuple(_listed(heading.parts)))


def template(name: str) -> Any:
    """Return a template for paper."""
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(name)
