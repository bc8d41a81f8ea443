"""Announcements: all events of the schedule, and the files by which programs follow the site."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

from participation.schedule import Event
from site_src.calendar_files import CalendarFiles
from site_src.content import Content
from site_src.editions import Edition, PublishedDocument
from site_src.event_keys import VERSION_EVENTS, key_of_version
from site_src.feeds import SiteFeeds
from site_src.messages import Translator, translator
from site_src.pages_of_schedule import SchedulePage
from site_src.revisions import Revision
from site_src.site_address import address_of_site


def schedule_page(content: Content, today: date, words: Translator) -> SchedulePage:
    """Return what lays out the schedule."""
    return SchedulePage(words, today, address_of_site(content.settings))


def events(content: Content, today: date, words: Translator) -> list[Event]:
    """Return all events: dates of the schedule, versions and meetings."""
    schedule = schedule_page(content, today, words)
    dates = schedule.dates([_stated(entry.event, words) for entry in content.sources.dates])
    return [*dates, *schedule.events_of(list(content.documents.values()), content.meetings)]


def _stated(event: Event, words: Translator) -> Event:
    """Return an entry of the schedule, whose words are in the language of the texts."""
    quoted = words.quoted
    return replace(
        event, title=quoted(event.title), text=quoted(event.text), place=quoted(event.place)
    )


def files(content: Content, today: date) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of feeds and calendars."""
    words = translator(content.settings.language)  # in a file, no word can be marked as foreign
    site = address_of_site(content.settings)
    feeds = SiteFeeds(content.settings.name, site, words)
    for feed in (
        *feeds.of_versions(list(content.documents.values())),
        *feeds.of_minutes(content.sources.meetings, content.announced),
    ):
        yield feed.path, feed.written(site)
    calendar = CalendarFiles(content.settings.name, site, _announced(content), words)
    yield from calendar.files(events(content, today, words))


def _announced(content: Content) -> Mapping[str, Revision]:
    """Return when every event was announced, those of versions too."""
    found = dict(content.announced)
    for published in content.documents.values():
        for edition, revision in _of_editions(published):
            number = edition.version.number
            found |= {key_of_version(edition.slug, number, one): revision for one in VERSION_EVENTS}
    return found


def _of_editions(published: PublishedDocument) -> Iterator[tuple[Edition, Revision]]:
    """Yield each edition; a window that a later version has ended was changed by it."""
    for edition, following in pairwise(published.editions):
        is_cut = edition.version.window != edition.source.window
        told = edition.announced
        yield edition, told.later(following.published_at) if is_cut else told
    yield published.newest, published.newest.announced
