"""Bare Python-Markdown with the site's extensions: numbers and anchors, without an engine."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, TypeVar

from markdown import Markdown

from participation.paragraph import Paragraph
from site_src.cache_keys import digest, release
from site_src.cached_values import CachedValues
from site_src.closed_extensions import extensions_text
from site_src.page_sections import Section, sections_of
from site_src.plain_twins import Twin, written_twins
from site_src.site_settings import SiteSettings, UnreadableSettings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a page holds once it is rendered."""

    paragraphs: tuple[Paragraph, ...]
    ids: frozenset[str]
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its id, its title as HTML without tags, and the headings below it."""

    level: int
    anchor: str
    title: str
    parts: tuple["Heading", ...]


class BareMarkdown:
    """Renders the Markdown of one page after the other."""

    def __init__(
        self,
        settings: SiteSettings,
        cache: CachedValues | None = None,
        shelf: CachedValues | None = None,
    ) -> None:
        """Load the extensions that the settings name.

        ``cache`` keeps paragraphs, ``shelf`` the ids.

        Raises:
            UnreadableSettings: If one of them cannot be loaded.
        """
        try:
            names, given = settings.extensions()
            self._markdown = Markdown(extensions=names, extension_configs=given)
            self._known: dict[str, tuple[Paragraph, ...]] = {}
            self._depends = extensions_text(settings)
            self._cache, self._shelf = cache, shelf
        except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise UnreadableSettings(f"markdown_extensions: {error}") from error

    def paragraphs(self, body: str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of a page; it is numbered only if its text asks for it."""
        if body not in self._known:
            self._known[body] = self._kept(
                self._cache, body, tuple[Paragraph, ...], lambda: self.render(body).paragraphs
            )
        return self._known[body]

    def ids(self, body: str) -> Collection[str]:
        """Return the ids that a page gives."""
        found = self._kept(self._shelf, body, list[str], lambda: sorted(self.render(body).ids))
        return frozenset(found)

    def twins(self, body: str) -> tuple[Twin, ...]:
        """Return the plain-language twins of a page, in the order of the text."""
        if not written_twins(body):
            return ()
        return self._kept(
            self._shelf, body, tuple[Twin, ...], lambda: self.render(body).twins, "twins"
        )

    def sections(self, body: str) -> list[Section]:
        """Return the sections of a page that is not numbered, for the search."""
        return self._kept(
            self._shelf, body, list[Section], lambda: sections_of(self._html(body)), "sections"
        )

    def _kept(
        self,
        values: CachedValues | None,
        body: str,
        kind: type[T],
        make: Callable[[], T],
        what: str = "rendered",
    ) -> T:
        if values is None or self._depends is None:
            return make()
        return values.kept(digest(what, release(), self._depends, body), kind, make)

    def html(self, body: str) -> tuple[str, list[Heading]]:
        """Return the HTML of a page, and the headings on it, each with those below it."""
        html = self._markdown.reset().convert(body)
        return html, [_heading(token) for token in getattr(self._markdown, "toc_tokens", ())]

    def render(self, body: str) -> Rendered:
        """Render a page."""
        html = self._html(body)
        paragraphs: Sequence[Paragraph] = getattr(self._markdown, "paragraphs", ())
        collector = _Ids()
        collector.feed(html)
        twins: Sequence[Twin] = getattr(self._markdown, "twins", ())
        return Rendered(tuple(paragraphs), frozenset(collector.ids), tuple(twins))

    def _html(self, body: str) -> str:
        return self._markdown.reset().convert(body)


def _heading(token: Mapping[str, Any]) -> Heading:
    parts = tuple(_heading(child) for child in token["children"])
    return Heading(token["level"], token["id"], token["name"], parts)


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        found = given.get("id") or (given.get("name") if tag == "a" else None)
        if found:
            self.ids.add(found)
