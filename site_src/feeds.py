"""What the site's feeds tell: new and corrected versions, and minutes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from participation.window import opening
from site_src.atom import Feed, FeedEntry
from site_src.comparison import are_compared
from site_src.editions import Edition, PublishedDocument
from site_src.messages import Translator
from site_src.page_addresses import (
    ALL_MINUTES,
    ALL_VERSIONS,
    DOCUMENTS,
    MEETINGS,
    address_of,
    comparison_page,
    document_page,
    meeting_page,
    version_page,
    versions_feed,
)
from site_src.revisions import Revision
from site_src.site_address import SiteAddress
from site_src.source_values import SourceMeeting
from site_src.words_of_meetings import meeting_words, when_words
from site_src.words_of_versions import answers_words, version_words, window_span


@dataclass(frozen=True, slots=True)
class SiteFeeds:
    """Tells what is new on the site of that name."""

    name: str
    site: SiteAddress
    translator: Translator

    def of_versions(self, documents: Sequence[PublishedDocument]) -> Iterator[Feed]:
        """Yield the feed of all documents, then that of each."""
        say = self.translator.gettext
        entries = {one.slug: list(self._versions(one)) for one in documents}
        every = [entry for found in entries.values() for entry in found]
        title = say("{site}: new versions", site=self.name)
        if every:
            yield self._feed(ALL_VERSIONS, address_of(DOCUMENTS), title, every)
        for document in documents:
            own = say("{title}: new versions", title=document.newest.source.title)
            page = address_of(document_page(document.slug))
            yield self._feed(versions_feed(document.slug), page, own, entries[document.slug])

    def of_minutes(
        self, sources: Sequence[SourceMeeting], changed: Mapping[str, Revision]
    ) -> Iterator[Feed]:
        """Yield the feed of minutes, if there are any; ``changed`` is by paths of files."""
        entries = [self._minutes(source, changed) for source in sources]
        title = self.translator.gettext("{site}: minutes", site=self.name)
        if entries:
            yield self._feed(ALL_MINUTES, f"{MEETINGS}/", title, entries)

    def _feed(self, path: str, page: str, title: str, entries: Sequence[FeedEntry]) -> Feed:
        name, language = self.site.name("feed", path), self.translator.language
        return Feed(name, path, page, title, self.name, language, entries)

    def _versions(self, published: PublishedDocument) -> Iterator[FeedEntry]:
        before: Edition | None = None
        for edition in published.editions:
            yield self._version(edition, before)
            before = edition

    def _version(self, edition: Edition, before: Edition | None) -> FeedEntry:
        version, published_at = edition.version, edition.published_at
        moments = [correction.moment for correction in edition.corrections]
        words = version_words(version, self.translator)
        return FeedEntry(
            name=self.site.name("version", edition.slug, version.number),
            title=f"{edition.source.title}: {words}",
            path=address_of(version_page(edition.slug, version.number)),
            html="".join(self._told(edition, before)),
            published=published_at,
            updated=max([published_at, *moments]),
        )

    def _told(self, edition: Edition, before: Edition | None) -> Iterator[str]:
        say, version = self.translator.gettext, edition.version
        if version.changes:
            yield _paragraph(version.changes)
        if version.window is not None:
            span = window_span(version.window, self.translator)
            yield _paragraph(say("Commenting window: {span}", span=span))
        if version.answers is not None:
            yield _paragraph(answers_words(version, self.translator))
        number = before.version.number if before else version.number
        if are_compared(number, version.number) and self.site.url:  # else it leads nowhere
            address = address_of(comparison_page(edition.slug, number, version.number))
            words = escape(say("Compare with version {number}", number=number))
            yield f'<p><a href="{escape(self.site.absolute(address))}">{words}</a></p>'
        corrected = len(edition.corrections)
        if corrected:
            yield _paragraph(
                self.translator.ngettext(
                    "{count} correction since", "{count} corrections since", corrected
                )
            )

    def _minutes(self, source: SourceMeeting, changed: Mapping[str, Revision]) -> FeedEntry:
        meeting = source.meeting
        revision = changed.get(source.file.path) or Revision.once(opening(meeting.date))
        facts = _paragraph(f"{when_words(meeting, self.translator)}, {meeting.place}")
        return FeedEntry(
            name=self.site.name("minutes", meeting.number),
            title=f"{meeting_words(meeting, self.translator)}: {meeting.title}",
            path=address_of(meeting_page(meeting.date)),
            html="".join([facts, *self._decisions(meeting.decisions)]),
            published=revision.first,
            updated=revision.last,
        )

    def _decisions(self, decisions: Sequence[str]) -> Iterator[str]:
        if decisions:
            items = "".join(f"<li>{escape(one)}</li>" for one in decisions)
            yield _paragraph(self.translator.gettext("Decisions")) + f"<ul>{items}</ul>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
