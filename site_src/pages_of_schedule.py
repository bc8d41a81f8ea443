"""The page of the schedule: what was, is and comes, each date from where it is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from participation.meeting import Meeting
from participation.schedule import Event, EventKind, PartialDate, timeline
from participation.window import at_home
from site_src.calendar_files import in_calendar
from site_src.dates_in_words import (
    day_words,
    partial_date_iso,
    partial_date_words,
    span_words,
    time_words,
)
from site_src.editions import Edition, PublishedDocument
from site_src.event_keys import (
    ANSWERS,
    PUBLISHED,
    WINDOW,
    key_of_meeting,
    key_of_version,
    keys_of_dates,
)
from site_src.foreign_words import without_marks
from site_src.messages import Translator
from site_src.page_addresses import (
    ALL_EVENTS,
    TIMELINE,
    document_page,
    event_file,
    meeting_page,
    version_page,
)
from site_src.pages import Page, inline, link, plain
from site_src.site_address import SiteAddress
from site_src.sources import SCHEDULE
from site_src.words_of_versions import first_day, has_times, last_day

WEB = re.compile(r"^https?:")


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """Lays out the timeline, seen from ``today``; ``site`` is where calendars ask for it."""

    translator: Translator
    today: date
    site: SiteAddress

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
        body = [f"# {title}", f"{stamp}\n{{: .timeline-date }}", self._calendar(events)]
        return Page(
            path=TIMELINE,
            title=title,
            description=say("What was, what is now and what comes."),
            body="\n\n".join(part for part in [*body, *sections] if part),
            source=SCHEDULE,
            example=example,
        )

    def _calendar(self, events: Sequence[Event]) -> str:
        """Return how the dates get into a calendar of one's own."""
        say = self.translator.gettext
        if not any(in_calendar(event) for event in events):
            return ""
        file = link(say("All dates as a calendar file"), ALL_EVENTS)
        if not self.site.url:
            return f"{file}\n{{: .timeline-calendar }}"
        address = WEB.sub("webcal:", self.site.absolute(ALL_EVENTS))
        subscribed = link(say("Subscribe to the calendar"), address)
        why = inline(say("New and changed dates then appear in it by themselves."))
        return f"{subscribed}. {why}<br>\n{file}\n{{: .timeline-calendar }}"

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
        say, version = self.translator.gettext, edition.version
        title = self.translator.quoted(edition.source.title)
        names = {"title": title, "number": version.number}

        def key(what: str) -> str:
            return key_of_version(edition.slug, version.number, what)

        yield Event(
            _known(version.published),
            EventKind.PUBLICATION,
            say("Version {number} is published: {title}", **names),
            text=self.translator.quoted(version.changes),
            link=page,
            key=key(PUBLISHED),
        )
        if version.window is not None:
            window, last = version.window, last_day(version.window)
            yield Event(
                _known(first_day(window)),
                EventKind.WINDOW,
                say("Comments on version {number}: {title}", **names),
                ends=last,
                open_ended=last is None,
                link=page,
                key=key(WINDOW),
                begins_at=window.opens if has_times(window) else None,
                ends_at=window.closes if has_times(window) else None,
            )
        if version.answers is not None:
            yield Event(
                _known(version.answers),
                EventKind.ANSWERS,
                say("Answers to the comments on version {number}: {title}", **names),
                link=page,
                key=key(ANSWERS),
            )

    def _of_meeting(self, meeting: Meeting) -> Event:
        day, starts, ends = meeting.date, meeting.starts, meeting.ends
        return Event(
            _known(meeting.date),
            EventKind.MEETING,
            self.translator.gettext(
                "Meeting {number}: {title}",
                number=meeting.number,
                title=self.translator.quoted(meeting.title),
            ),
            time=starts.strftime("%H:%M") if starts else "",
            place=self.translator.quoted(meeting.place),
            link=meeting_page(meeting.date),
            key=key_of_meeting(meeting.number),
            begins_at=at_home(day, starts) if starts else None,
            ends_at=at_home(day, ends) if starts and ends else None,
        )

    def dates(self, dates: Sequence[Event]) -> list[Event]:
        """Return the events of the schedule's own dates, named for good."""
        days = [(without_marks(event.title), partial_date_iso(event.starts)) for event in dates]
        keyed = zip(dates, keys_of_dates(days), strict=True)
        return [replace(event, key=key, title=self._called_off(event)) for event, key in keyed]

    def _called_off(self, event: Event) -> str:
        if not event.is_cancelled:
            return event.title
        return self.translator.gettext("Cancelled: {title}", title=event.title)

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
        if in_calendar(event) and event.last_day >= self.today:
            words = inline(self.translator.gettext("To my calendar"))
            spoken = f'<span class="rn-hidden">: {inline(event.title)}</span>'
            details.append(f"[{words}{spoken}]({event_file(event.key)})")
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


def _known(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
