"""The page of the schedule: what was, is and comes, each date from where it is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from participation.meeting import Meeting
from participation.schedule import Event, EventKind, PartialDate, timeline
from site_src.dates_in_words import (
    day_words,
    partial_date_iso,
    partial_date_words,
    span_words,
    time_words,
)
from site_src.editions import Edition, PublishedDocument
from site_src.messages import Translator
from site_src.page_addresses import TIMELINE, document_page, meeting_page, version_page
from site_src.pages import Page, inline, link, plain
from site_src.sources import SCHEDULE
from site_src.words_of_versions import first_day, last_day

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """Lays out the timeline, seen from ``today``."""

    translator: Translator
    today: date

    def page(self, events: Sequence[Event], *, example: bool = False) -> Page:
        """Return the page: three ordered lists, each in a ``<div class="timeline">``."""
        say = self.translator.gettext
        parts = timeline(events, today=self.today)
        sections = [
            self._section(say("What was"), "past", parts.past),
            self._section(say("What is now"), "current", parts.current),
            self._section(say("What comes"), "coming", parts.coming),
        ]
        title, as_of = (
            say("Schedule"),
            say("As of {day}", day=day_words(self.today, self.translator)),
        )
        stamp = f'<time datetime="{self.today.isoformat()}">{as_of}</time>'
        body = [f"# {title}", f"{stamp}\n{{: .timeline-date }}"]
        return Page(
            path=TIMELINE,
            title=title,
            description=say("What was, what is now and what comes."),
            body="\n\n".join([*body, *sections]),
            source=SCHEDULE,
            example=example,
        )

    def events_of(
        self, documents: Sequence[PublishedDocument], meetings: Sequence[Meeting]
    ) -> list[Event]:
        """Return the events that versions and minutes tell of."""
        found = [event for published in documents for event in self._of_document(published)]
        return [*found, *(self._of_meeting(meeting) for meeting in meetings)]

    def _of_document(self, published: PublishedDocument) -> Iterator[Event]:
        for edition in published.editions[:-1]:
            page = version_page(edition.slug, edition.version.number)
            yield from self._of_edition(edition, page)
        yield from self._of_edition(published.newest, document_page(published.slug))

    def _of_edition(self, edition: Edition, page: str) -> Iterator[Event]:
        say, version, title = self.translator.gettext, edition.version, edition.source.title
        names = {"title": title, "number": version.number}
        yield Event(
            _known(version.published),
            EventKind.PUBLICATION,
            say("Version {number} is published: {title}", **names),
            text=version.changes,
            link=page,
        )
        if version.window is not None:
            last = last_day(version.window)
            yield Event(
                _known(first_day(version.window)),
                EventKind.WINDOW,
                say("Comments on version {number}: {title}", **names),
                ends=last,
                open_ended=last is None,
                link=page,
            )
        if version.answers is not None:
            yield Event(
                _known(version.answers),
                EventKind.ANSWERS,
                say("Answers to the comments on version {number}: {title}", **names),
                link=page,
            )

    def _of_meeting(self, meeting: Meeting) -> Event:
        return Event(
            _known(meeting.date),
            EventKind.MEETING,
            self.translator.gettext(
                "Meeting {number}: {title}", number=meeting.number, title=meeting.title
            ),
            time=meeting.starts.strftime("%H:%M") if meeting.starts else "",
            place=meeting.place,
            link=meeting_page(meeting.date),
        )

    def _section(self, title: str, name: str, events: Sequence[Event]) -> str:
        items = [self._item(event) for event in events]
        nothing = self.translator.gettext("Nothing at the moment.")
        if not items:
            return f"## {title}\n\n{nothing}"
        opening = f'<div class="timeline timeline-{name}" markdown>'
        return "\n\n".join([f"## {title}", opening, *items, "</div>"])

    def _item(self, event: Event) -> str:
        lines = [f"1.  {self._when(event)}<br>\n    {self._title(event)}"]
        details = [plain(part) for part in (event.place, event.text) if part]
        return "\n\n".join([*lines, *(f"    {detail}" for detail in details)])

    def _title(self, event: Event) -> str:
        if not event.link:
            return f"**{inline(event.title)}**"
        return f"**{link(event.title, event.link)}**"

    def _when(self, event: Event) -> str:
        iso = partial_date_iso(event.starts)
        if event.time:
            iso = f"{iso}T{event.time}"
        return f'<time datetime="{iso}">{self._when_words(event)}</time>'

    def _when_words(self, event: Event) -> str:
        starts = partial_date_words(event.starts, self.translator)
        if event.open_ended:
            return self.translator.gettext("{day} until further notice", day=starts)
        if event.ends is not None:
            return span_words(event.starts.first_day, event.ends, self.translator)
        if event.time:
            moment = time.fromisoformat(event.time)
            return f"{starts}, {time_words(moment, None, self.translator)}"
        return starts


def is_page(event_link: str) -> bool:
    """Say whether an event's link names a page of the site, not an address elsewhere."""
    return not ELSEWHERE.match(event_link)


def _known(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
