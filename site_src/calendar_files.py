"""The calendar: iCalendar files of all events, and of each one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry

from participation.schedule import Event, EventKind
from participation.window import HOME, opening
from site_src.messages import Translator
from site_src.page_addresses import ALL_EVENTS, address_of, event_file, is_page
from site_src.revisions import Revision
from site_src.site_address import SiteAddress

PRODUCT = "-//Randnotiz//Zeitplan//DE"
LOOK_AGAIN = timedelta(hours=12)  # after which calendars that subscribe should ask for changes
ZONE = HOME.key
DAY = timedelta(days=1)
END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class CalendarFiles:
    """Writes events; ``revisions`` are those of their keys, as far as they are known."""

    name: str
    site: SiteAddress
    revisions: Mapping[str, Revision]
    translator: Translator

    def files(self, events: Sequence[Event]) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the file of all events, then of that of each."""
        known = [event for event in events if in_calendar(event)]
        ordered = sorted(known, key=lambda event: (event.starts.first_day, event.key))
        zone = bytes(home_zone().to_ical())
        entries = [
            (zone if event.begins_at else b"", bytes(self._entry(event).to_ical()))
            for event in ordered
        ]
        yield ALL_EVENTS, _around(self.name, zone, *(entry for _, entry in entries))
        for event, (own_zone, entry) in zip(ordered, entries, strict=True):
            yield event_file(event.key), _around(event.title, own_zone, entry)

    def _entry(self, event: Event) -> Entry:
        revision = self.revisions.get(event.key) or Revision.once(opening(event.starts.first_day))
        entry = Entry()
        entry.add("uid", str(self.site.name("event", event.key)))
        entry.add("dtstamp", revision.last.astimezone(UTC))
        entry.add("last-modified", revision.last.astimezone(UTC))
        entry.add("sequence", revision.number)
        entry.add("summary", event.title)
        for field, moment in _span(event):
            entry.add(field, moment)
        entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
        # Nobody is busy for the weeks of a window: only what has a time of day takes up time.
        entry.add("transp", "OPAQUE" if _takes_time(event) else "TRANSPARENT")
        for field, value in self._more(event):
            entry.add(field, value)
        return entry

    def _more(self, event: Event) -> Iterator[tuple[str, str]]:
        if event.place:
            yield "location", event.place
        address = self._link(event)
        described = [self._open_end(event), event.text, address]
        text = "\n\n".join(part for part in described if part)
        if text:
            yield "description", text
        if address:
            yield "url", address

    def _open_end(self, event: Event) -> str:
        say = self.translator.gettext
        return say("Comments are possible until further notice") if event.open_ended else ""

    def _link(self, event: Event) -> str:
        """Return an address that leads somewhere outside of the site, too; else nothing."""
        if not is_page(event.link):
            return event.link if event.link.startswith(("http:", "https:")) else ""
        if not event.link or not self.site.url:
            return ""
        page, _, anchor = event.link.partition("#")
        address = self.site.absolute(address_of(page))
        return f"{address}#{anchor}" if anchor else address


def in_calendar(event: Event) -> bool:
    """Say whether a calendar can hold an event: it must have a key, and its day be known."""
    return bool(event.key) and event.starts.day is not None


def _around(name: str, *parts: bytes) -> bytes:
    """Return a calendar of that name around parts that are written already: each is used twice."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what most programs read in place of NAME
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    empty: bytes = calendar.to_ical()
    return b"".join([empty.removesuffix(END), *parts, END])


def home_zone() -> Timezone:
    """Return the rules of Europe/Berlin since 1996, for programs that do not know its name."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, begins, name, month, before, after in (
        (summer, datetime(1996, 3, 31, 2), "CEST", 3, 1, 2),  # noqa: DTZ001  # a local time
        (winter, datetime(1996, 10, 27, 3), "CET", 10, 2, 1),  # noqa: DTZ001  # as above
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone


def _takes_time(event: Event) -> bool:
    return event.begins_at is not None and event.kind is not EventKind.WINDOW


def _span(event: Event) -> Iterable[tuple[str, date | datetime]]:
    """Return beginning and end; the end of whole days is the first day after them."""
    if event.begins_at is None:
        yield "dtstart", event.starts.first_day
        if not event.open_ended:
            yield "dtend", event.last_day + DAY
    else:
        yield "dtstart", event.begins_at.astimezone(HOME)
        if event.ends_at is not None:
            yield "dtend", event.ends_at.astimezone(HOME)
