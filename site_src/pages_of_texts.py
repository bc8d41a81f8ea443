"""The page that lists all texts with all their versions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from participation.document import Version
from site_src.editions import Edition, PublishedDocument
from site_src.messages import Translator
from site_src.page_addresses import (
    ALL_VERSIONS,
    DOCUMENTS,
    comparison_page,
    document_page,
    version_page,
)
from site_src.pages import Page, facts, headings_meta, inline, link, plain
from site_src.words_of_versions import answers_words, version_words, window_words


@dataclass(frozen=True, slots=True)
class TextsPage:
    """Lays out the list of all texts, seen from ``today``."""

    translator: Translator
    today: date

    def page(self, documents: Sequence[PublishedDocument]) -> Page:
        """Return the list of all texts."""
        say = self.translator.gettext
        title, nothing = say("Texts"), say("There are no texts yet.")
        sections = [self._section(published) for published in documents]
        feed = link(say("New versions as a feed (Atom)"), ALL_VERSIONS)
        return Page(
            path=DOCUMENTS,
            title=title,
            description=say("All texts with their versions and commenting windows."),
            body="\n\n".join([f"# {title}", *([*sections, feed] if sections else [nothing])]),
            source="guidelines",
            meta=headings_meta(self.translator),
            example=any(published.newest.source.example for published in documents),
        )

    def _section(self, published: PublishedDocument) -> str:
        say, edition = self.translator.gettext, published.newest
        version = edition.version
        window = window_words(version, self.translator, today=self.today)
        answers = answers_words(version, self.translator)
        entries = {
            say("State of the text"): [version_words(version, self.translator)],
            say("What is new"): [plain(self._quoted(version))] if version.changes else [],
            say("Taking part"): [window, *([answers] if answers else [])],
            say("All versions"): list(self._versions(published)),
        }
        title = link(self.translator.quoted(edition.source.title), document_page(edition.slug))
        return f"## {title}\n\n{facts(entries)}"

    def _quoted(self, version: Version) -> str:
        return self.translator.quoted(version.changes)

    def _versions(self, published: PublishedDocument) -> Iterator[str]:
        """Yield one line for each version, newest first."""
        before = {new.version.number: old for old, new in pairwise(published.editions)}
        for edition in reversed(published.editions):
            yield self._version(edition, before.get(edition.version.number))

    def _version(self, edition: Edition, before: Edition | None) -> str:
        version, slug = edition.version, edition.slug
        words = version_words(version, self.translator)
        parts = [link(words, version_page(slug, version.number))]
        if version.changes:
            parts.append(inline(self._quoted(version)))
        if before is not None:
            old = before.version.number
            compared = self.translator.gettext("Compare with version {number}", number=old)
            parts.append(link(compared, comparison_page(slug, old, version.number)))
        return " · ".join(parts)
