"""The pages of the documents: each newest version, and the list of all texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from participation.meeting import Meeting
from participation.paragraph import ParagraphRef
from site_src.dates_in_words import day_words
from site_src.editions import Definition, Edition, numbering, with_definitions
from site_src.messages import Translator
from site_src.page_addresses import (
    DOCUMENTS,
    PageAddresses,
    document_page,
    link_to,
    meeting_page,
)
from site_src.pages import Page, facts, link, plain, with_heading
from site_src.words_of_meetings import meeting_words
from site_src.words_of_versions import answers_words, version_words, window_words


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """Lays out documents; ``service`` is the origin of the comment service, empty: the same."""

    addresses: PageAddresses
    meetings: Sequence[Meeting]
    translator: Translator
    today: date
    service: str = ""

    def page(self, edition: Edition) -> Page:
        """Return the page of a document's version, its paragraphs to be numbered."""
        source, path = edition.source, document_page(edition.slug)
        body = self.addresses.rewritten(source.file.body, source.file.path)
        heading, rest = with_heading(body, source.title)
        words = version_words(edition.version, self.translator)
        return Page(
            path=path,
            title=source.title,
            description=f"{source.title}. {words}.",
            body=with_definitions(f"{heading}\n\n{rest}", list(self._definitions(edition))),
            source=source.file.path,
            example=source.example,
            meta=self._meta(edition),
        )

    def overview(self, editions: Sequence[Edition]) -> Page:
        """Return the list of all texts."""
        say = self.translator.gettext
        title, nothing = say("Texts"), say("There are no texts yet.")
        sections = [self._section(edition) for edition in editions]
        return Page(
            path=DOCUMENTS,
            title=title,
            description=say("All texts with their versions and commenting windows."),
            body="\n\n".join([f"# {title}", *(sections or [nothing])]),
            source="guidelines",
            example=any(edition.source.example for edition in editions),
        )

    def _section(self, edition: Edition) -> str:
        say, version = self.translator.gettext, edition.version
        answers = answers_words(version, self.translator)
        entries = {
            say("State of the text"): [version_words(version, self.translator)],
            say("What is new"): [plain(version.changes)] if version.changes else [],
            say("Taking part"): [self._window_words(edition), *([answers] if answers else [])],
        }
        title = link(edition.source.title, document_page(edition.slug))
        return f"## {title}\n\n{facts(entries)}"

    def _window_words(self, edition: Edition) -> str:
        return window_words(edition.version, self.translator, today=self.today)

    def _definitions(self, edition: Edition) -> Iterator[Definition]:
        version = edition.version
        address = f"{self.service}/beitrag/{edition.slug}/{version.number}/"
        if version.window is None:
            address = "#"
        yield numbering(edition.slug, version.number, address)
        for paragraph in version.paragraphs:
            yield from self._notes(ParagraphRef(edition.slug, version.number, paragraph.number))

    def _notes(self, ref: ParagraphRef) -> Iterator[Definition]:
        here = document_page(ref.document)
        naming = [meeting for meeting in self.meetings if meeting.discussed_paragraph(ref)]
        for index, meeting in enumerate(naming, start=1):
            words = self.translator.gettext(
                "Discussed in meeting {number}, {day}",
                number=meeting.number,
                day=day_words(meeting.date, self.translator),
            )
            target = link_to(meeting_page(meeting.date), here=here)
            yield Definition(f"rn-{ref.number}-{index}", target, words)

    def _meta(self, edition: Edition) -> dict[str, Any]:
        version = edition.version
        window = version.window
        return {
            "document": edition.slug,
            "version": version.number,
            "status": version.status.value,
            "version_words": version_words(version, self.translator),
            "changes": version.changes,
            "window_words": self._window_words(edition),
            "answers_words": answers_words(version, self.translator),
            "opens": _iso(window.opens if window else None),
            "closes": _iso(window.closes if window else None),
            "answers": version.answers.isoformat() if version.answers else None,
            "meetings": [
                {
                    "words": meeting_words(meeting, self.translator),
                    "url": meeting_page(meeting.date).replace(".md", "/"),
                }
                for meeting in self.meetings
                if any(each.document == edition.slug for each in meeting.discussed)
            ],
        }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
