"""The pages of the documents: the newest version, and every version for good."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from participation.meeting import Meeting
from site_src.archives import Archive
from site_src.comparison import are_compared
from site_src.corrections import ANCHOR, corrections_html
from site_src.editions import (
    Definition,
    Edition,
    PublishedDocument,
    numbering,
    with_definitions,
)
from site_src.messages import Translator
from site_src.notes_of_paragraphs import ParagraphNotes
from site_src.page_addresses import (
    PageAddresses,
    address_of,
    comparison_page,
    document_page,
    link_to,
    meeting_page,
    synopsis_page,
    version_page,
    versions_feed,
)
from site_src.pages import Page, with_heading
from site_src.words_of_meetings import meeting_words
from site_src.words_of_versions import answers_words, version_words, window_words

FACTS = "<!-- rn-facts -->"  # where the theme says what this version is: below the title


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """Lays out documents; ``service`` is the origin of the comment service, empty: the same.

    What is archived is shown without it: ``archives`` are those of the documents, by slug.
    """

    addresses: PageAddresses
    meetings: Sequence[Meeting]
    translator: Translator
    today: date
    service: str = ""
    archives: Mapping[str, Archive] = field(default_factory=dict)

    def page(self, published: PublishedDocument) -> Page:
        """Return the page of a document's newest version, its paragraphs to be numbered."""
        edition, path = published.newest, document_page(published.slug)
        words = version_words(edition.version, self.translator)
        return Page(
            path=path,
            title=self.translator.quoted(edition.source.title),
            description=f"{edition.source.title}. {words}.",
            body=self._body(published, edition, path),
            source=edition.source.file.path,
            example=edition.source.example,
            meta=self._meta(published, edition),
        )

    def version_page(self, published: PublishedDocument, edition: Edition) -> Page:
        """Return the page that shows one version for good; search engines prefer the newest."""
        source, number = edition.source, edition.version.number
        path, words = (
            version_page(edition.slug, number),
            version_words(edition.version, self.translator),
        )
        title = self.translator.gettext(
            "{title}, version {number}",
            title=self.translator.quoted(source.title),
            number=number,
        )
        return Page(
            path=path,
            title=title,
            description=f"{source.title}. {words}.",
            body=self._body(published, edition, path),
            source=source.file.path,
            example=source.example,
            meta={**self._meta(published, edition), **self._old_meta(published, edition)},
        )

    def _body(self, published: PublishedDocument, edition: Edition, path: str) -> str:
        source = edition.source
        body = self.addresses.rewritten(source.file.body, source.file.path, path)
        heading, rest = with_heading(body, source.title)
        corrections = corrections_html(edition.corrections, self.translator)
        parts = [heading, FACTS, rest, corrections]
        text = "\n\n".join(part for part in parts if part)
        return with_definitions(text, list(self._definitions(published, edition, path)))

    def _definitions(
        self, published: PublishedDocument, edition: Edition, path: str
    ) -> Iterator[Definition]:
        version = edition.version
        yield numbering(edition.slug, version.number, self._talks(published, edition, path))
        archive = self.archives.get(edition.slug)
        notes = ParagraphNotes(published.document, self.meetings, self.translator, archive)
        yield from notes.definitions(version, here=path)

    def _talks(self, published: PublishedDocument, edition: Edition, path: str) -> str:
        """Return what the number of a paragraph is put behind, to lead to what was said on it."""
        number = edition.version.number
        if self._archive(edition) is not None:
            return f"{link_to(synopsis_page(edition.slug, number), here=path)}#rn-"
        if published.shows_comments(number):
            return f"{self.service}/beitrag/{edition.slug}/{number}/"
        return "#"

    def _archive(self, edition: Edition) -> Archive | None:
        """Return the archive that tells of a version, if the service need not be asked."""
        archive = self.archives.get(edition.slug)
        return archive if archive and edition.version.number in archive.shown else None

    def _archived(self, edition: Edition) -> dict[str, Any] | None:
        archive, number = self._archive(edition), edition.version.number
        if archive is None:
            return None
        return {
            "url": address_of(synopsis_page(edition.slug, number)),
            "counts": archive.counts(number),
            "answered": archive.is_answered(number),
            **archive.total(number),
        }

    def _meta(self, published: PublishedDocument, edition: Edition) -> dict[str, Any]:
        version, window = edition.version, edition.version.window
        return {
            **({"lang": self.translator.texts} if self.translator.texts else {}),
            "document": edition.slug,
            "version": version.number,
            "status": version.status.value,
            "version_words": version_words(version, self.translator),
            "changes": self.translator.quoted(version.changes),
            "window_words": self._window_words(edition),
            "answers_words": answers_words(version, self.translator),
            "opens": _iso(window.opens if window else None),
            "closes": _iso(window.closes if window else None),
            "answers": version.answers.isoformat() if version.answers else None,
            "archived": self._archived(edition),
            "commentable": self._archive(edition) is not None
            or published.shows_comments(version.number),
            "versions_feed": self._versions_feed(published),
            "talk_feed": self._talk_feed(published, edition),
            "meetings": list(self._meetings(edition)),
            "versions": list(self._versions(published, edition)),
            "corrections": self._corrections(edition),
        }

    def _window_words(self, edition: Edition) -> str:
        version, stated = edition.version, edition.source.window
        words = window_words(version, self.translator, today=self.today)
        if stated is None or version.window is None or version.window == stated:
            return words
        return self.translator.gettext("{window}, until the next version", window=words)

    def _versions_feed(self, published: PublishedDocument) -> dict[str, str]:
        say, title = self.translator.gettext, published.newest.source.title
        return {
            "title": say("{title}: new versions", title=title),
            "words": say("New versions as a feed (Atom)"),
            "url": versions_feed(published.slug),
        }

    def _talk_feed(self, published: PublishedDocument, edition: Edition) -> dict[str, str] | None:
        """Return the service's feed of contributions; what is archived does not ask for it."""
        say, title = self.translator.gettext, published.newest.source.title
        if self._archive(edition) or not published.shows_comments(edition.version.number):
            return None
        return {
            "title": say("{title}: contributions", title=title),
            "words": say("New contributions as a feed (Atom)"),
            "url": f"{self.service}/beitrag/{edition.slug}/feed.atom",
        }

    def _meetings(self, edition: Edition) -> Iterator[dict[str, str]]:
        for meeting in self.meetings:
            if any(each.document == edition.slug for each in meeting.discussed):
                yield {
                    "words": meeting_words(meeting, self.translator),
                    "url": address_of(meeting_page(meeting.date)),
                }

    def _versions(self, published: PublishedDocument, edition: Edition) -> Iterator[dict[str, str]]:
        """Yield the other versions, newest first, each with its comparison with this one."""
        say, here = self.translator.gettext, edition.version.number
        for other in reversed(published.editions):
            number = other.version.number
            if number == here:
                continue
            pair = sorted((here, number))
            compared = are_compared(*pair)
            yield {
                "words": version_words(other.version, self.translator),
                "url": address_of(version_page(edition.slug, number)),
                "comparison_words": say("Compare with version {number}", number=number),
                "comparison": address_of(comparison_page(edition.slug, *pair)) if compared else "",
            }

    def _corrections(self, edition: Edition) -> dict[str, str] | None:
        if not edition.corrections:
            return None
        words = self.translator.ngettext(
            "{count} correction since", "{count} corrections since", len(edition.corrections)
        )
        return {"words": words, "url": f"#{ANCHOR}"}

    def _old_meta(self, published: PublishedDocument, edition: Edition) -> dict[str, Any]:
        newest = address_of(document_page(edition.slug))
        meta: dict[str, Any] = {"canonical": newest, "search": {"exclude": True}}
        if edition.version.number == published.newest.version.number:
            return meta
        words = version_words(edition.version, self.translator)
        return {
            **meta,
            "banner": {
                "words": self.translator.gettext("You are reading {version}.", version=words),
                "link_words": self.translator.gettext("To the newest version"),
                "url": newest,
            },
        }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
