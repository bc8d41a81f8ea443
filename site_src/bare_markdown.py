"""Bare Python-Markdown with the site's extensions: numbers and anchors, without an engine."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser

from markdown import Markdown

from participation.paragraph import Paragraph
from site_src.cache_folder import CacheFolder
from site_src.cache_keys import digest, release
from site_src.closed_extensions import extensions_text
from site_src.site_settings import SiteSettings, UnreadableSettings


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a page holds once it is rendered; ``counted`` says how often each id is given."""

    paragraphs: tuple[Paragraph, ...]
    counted: dict[str, int]

    @property
    def ids(self) -> Counter[str]:
        """The ids, as they are counted."""
        return Counter(self.counted)


class BareMarkdown:
    """Renders the Markdown of one page after the other."""

    def __init__(self, settings: SiteSettings, cache: CacheFolder | None = None) -> None:
        """Load the extensions that the settings name; ``cache`` keeps what was rendered.

        Raises:
            UnreadableSettings: If one of them cannot be loaded.
        """
        try:
            names, given = settings.extensions()
            self._markdown = Markdown(extensions=names, extension_configs=given)
            self._known: dict[str, Rendered] = {}
            self._depends = extensions_text(settings)
            self._cache = cache
        except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise UnreadableSettings(f"markdown_extensions: {error}") from error

    def render(self, body: str) -> Rendered:
        """Render a page, each text once; it is numbered only if its text asks for it."""
        if body not in self._known:
            self._known[body] = self._kept(body)
        return self._known[body]

    def _kept(self, body: str) -> Rendered:
        if self._cache is None or self._depends is None:
            return self._render(body)
        key = digest("rendered", release(), self._depends, body)
        return self._cache.kept(key, Rendered, partial(self._render, body))

    def _render(self, body: str) -> Rendered:
        html = self._markdown.reset().convert(body)
        paragraphs: Sequence[Paragraph] = getattr(self._markdown, "paragraphs", ())
        collector = _Ids()
        collector.feed(html)
        return Rendered(tuple(paragraphs), dict(collector.ids))


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        found = given.get("id") or (given.get("name") if tag == "a" else None)
        if found:
            self.ids[found] += 1
