"""The calendar, read by another library than the one that writes it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject

from participation.window import HOME
from site_src.building import check_content
from site_src.places import Places
from tests.site_src.conftest import Edit, order_for
from tests.site_src.repositories import PATH, Commit

URL = "https://texte.example.org/mitreden/"
DAY = timedelta(days=1)


def made(tiny: Places) -> Mapping[str, bytes]:
    checked = check_content(order_for(tiny))
    assert [one for one in checked.problems if one.level == 0] == []
    return checked.laid_out.made


def events(tiny: Places, path: str = "termine.ics") -> dict[str, Any]:
    calendar = vobject.readOne(made(tiny)[path].decode())
    return {event.summary.value: event for event in calendar.vevent_list}


def only(tiny: Places, path: str) -> Any:
    (event,) = events(tiny, path).values()
    return event


@pytest.fixture
def at_home(tiny: Places) -> None:
    """The tiny site says where it is found."""
    tiny.settings.write_text(f"site_url: {URL}\n" + tiny.settings.read_text("utf-8"), "utf-8")


def test_every_event_whose_day_is_known_is_in_the_calendar(tiny: Places):
    assert list(events(tiny)) == [
        "Der Rat beschließt",
        "3. Sitzung: Wer kann Beteiligung anstoßen?",
        "Kommentarfrist zu Fassung 1: Leitlinien",
        "Fassung 1 erscheint: Leitlinien",
        "Fassung 2 erscheint: Methodenkoffer",
        "Antworten auf die Kommentare zu Fassung 1: Leitlinien",
    ]


def test_a_meeting_has_its_times_in_the_citys_zone(tiny: Places):
    meeting = only(tiny, "termine/sitzung-3.ics")
    assert meeting.dtstart.value == datetime(2023, 9, 6, 18, tzinfo=HOME)
    assert meeting.dtend.value == datetime(2023, 9, 6, 20, tzinfo=HOME)
    assert meeting.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Berlin"]
    assert (meeting.location.value, meeting.transp.value) == ("Rathausfoyer", "OPAQUE")


@pytest.mark.parametrize(
    ("day", "offset"), [("2024-03-30", 1), ("2024-03-31", 2), ("2024-10-26", 2), ("2024-10-27", 1)]
)
def test_the_zone_tells_when_summer_time_begins_and_ends(
    tiny: Places, edit: Edit, day: str, offset: int
):
    edit("schedule.yml", "date: 2022-10-10", f"date: {day}\n    time: 18:00")
    calendar = vobject.readOne(made(tiny)["termine/termin-der-rat-beschliesst.ics"].decode())
    zone = calendar.vtimezone.gettzinfo()  # as the file itself says, whatever the system knows
    assert datetime.fromisoformat(f"{day}T18:00").replace(tzinfo=zone).utcoffset() == timedelta(
        hours=offset
    )


def test_a_window_of_whole_days_ends_with_the_day_after_its_last(tiny: Places):
    window = only(tiny, "termine/leitlinien-1-kommentarfrist.ics")
    assert (window.dtstart.value, window.dtend.value) == (date(2024, 3, 8), date(2024, 3, 30))
    assert window.transp.value == "TRANSPARENT"


def test_a_window_with_times_has_them(tiny: Places, edit: Edit):
    edit(PATH, "opens: 2024-03-08", "opens: 2024-03-08T12:00:00+01:00")
    edit(PATH, "closes: 2024-03-29", "closes: 2024-04-02T18:00:00+02:00")
    window = only(tiny, "termine/leitlinien-1-kommentarfrist.ics")
    assert window.dtstart.value == datetime(2024, 3, 8, 11, tzinfo=UTC)
    assert window.dtend.value == datetime(2024, 4, 2, 16, tzinfo=UTC)
    assert window.transp.value == "TRANSPARENT"


def test_an_open_ended_window_has_no_end_and_says_so(tiny: Places, edit: Edit):
    edit(PATH, "  closes: 2024-03-29\n", "")
    window = only(tiny, "termine/leitlinien-1-kommentarfrist.ics")
    assert not hasattr(window, "dtend")
    assert window.description.value == "Kommentare sind bis auf Weiteres möglich"


def test_what_is_called_off_stays_and_is_cancelled(tiny: Places, edit: Edit):
    before = only(tiny, "termine/termin-der-rat-beschliesst.ics")
    edit(
        "schedule.yml",
        "    title: Der Rat beschließt",
        "    title: Der Rat beschließt\n    cancelled: true",
    )
    after = only(tiny, "termine/termin-der-rat-beschliesst.ics")
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert after.summary.value == "Fällt aus: Der Rat beschließt"
    assert before.uid.value == after.uid.value


def test_a_meeting_that_is_put_off_is_the_same_event_with_a_new_revision(
    tiny: Places, edit: Edit, commit: Commit
):
    commit("2023-08-01")
    first = only(tiny, "termine/sitzung-3.ics")
    edit("minutes/2023-09-06.md", "Zu [Randnummer", "Zur [Randnummer")
    commit("2023-08-10")
    reworded = only(tiny, "termine/sitzung-3.ics")
    edit("minutes/2023-09-06.md", "time: 18:00\nends: 20:00", "time: 19:00\nends: 20:00")
    commit("2023-08-20")
    later = only(tiny, "termine/sitzung-3.ics")
    assert first.uid.value == reworded.uid.value == later.uid.value
    assert [one.sequence.value for one in (first, reworded, later)] == ["0", "0", "1"]
    assert first.last_modified.value == datetime(2023, 8, 1, 12, tzinfo=UTC)
    assert later.last_modified.value == datetime(2023, 8, 20, 12, tzinfo=UTC)


def test_a_date_that_was_unreadable_for_a_while_counts_on(tiny: Places, edit: Edit, commit: Commit):
    commit("2024-01-01")
    edit("schedule.yml", "date: 2022-10-10", "date: 2022-10-11\n    - :")
    commit("2024-01-02")
    edit("schedule.yml", "date: 2022-10-11\n    - :", "date: 2022-10-11")
    commit("2024-01-03")
    event = only(tiny, "termine/termin-der-rat-beschliesst.ics")
    assert (event.sequence.value, event.dtstart.value) == ("1", date(2022, 10, 11))
    assert event.last_modified.value == datetime(2024, 1, 3, 12, tzinfo=UTC)


def test_a_window_that_the_next_version_ends_was_changed_by_it(
    tiny: Places, edit: Edit, commit: Commit
):
    edit(PATH, "  closes: 2024-03-29\n", "")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08\n", "")
    edit(PATH, "opens: 2024-03-08", "opens: 2024-03-18")
    commit("2024-03-18")
    window = only(tiny, "termine/leitlinien-1-kommentarfrist.ics")
    assert (window.dtend.value, window.sequence.value) == (date(2024, 3, 18), "1")
    assert window.last_modified.value == datetime(2024, 3, 18, 12, tzinfo=UTC)


def test_without_a_history_events_are_dated_by_themselves(tiny: Places):
    assert only(tiny, "termine/sitzung-3.ics").dtstamp.value == datetime(
        2023, 9, 6, tzinfo=HOME
    ).astimezone(UTC)


def test_an_event_leads_to_its_page(tiny: Places, at_home: None):
    del at_home
    window = only(tiny, "termine/leitlinien-1-kommentarfrist.ics")
    assert window.url.value == f"{URL}leitlinien/"
    assert window.description.value == f"{URL}leitlinien/"
    assert only(tiny, "termine/sitzung-3.ics").url.value == f"{URL}sitzungen/2023-09-06/"


def test_without_an_address_of_the_site_an_event_leads_nowhere(tiny: Places):
    assert not hasattr(only(tiny, "termine/sitzung-3.ics"), "url")


@pytest.mark.parametrize(
    ("stated", "leads"),
    [
        ("https://rat.example.org/1", "https://rat.example.org/1"),
        ("leitlinien/index.md#rn-2", f"{URL}leitlinien/#rn-2"),
        ("mailto:rat@example.org", None),
    ],
)
def test_a_date_leads_where_the_schedule_says(
    tiny: Places, edit: Edit, at_home: None, stated: str, leads: str | None
):
    del at_home
    edit("schedule.yml", "    text: Es soll Leitlinien geben.", f'    link: "{stated}"')
    event = only(tiny, "termine/termin-der-rat-beschliesst.ics")
    assert (event.url.value if leads else getattr(event, "url", None)) == leads


def test_the_same_content_makes_the_same_bytes(tiny: Places):
    assert made(tiny) == made(tiny)


def test_names_stay_when_the_site_moves_and_its_identity_is_kept(tiny: Places):
    settings = tiny.settings.read_text("utf-8")
    told = "extra: {identity: alt.example.org}\n"
    tiny.settings.write_text(f"site_url: https://alt.example.org/\n{settings}", "utf-8")
    before = only(tiny, "termine/sitzung-3.ics").uid.value
    tiny.settings.write_text(f"site_url: https://neu.example.org/\n{told}{settings}", "utf-8")
    assert only(tiny, "termine/sitzung-3.ics").uid.value == before


def test_the_schedule_offers_the_calendar(tiny: Places, at_home: None):
    del at_home
    body = check_content(order_for(tiny)).laid_out.pages["zeitplan.md"].body
    assert "[Kalender abonnieren](webcal://texte.example.org/mitreden/termine.ics)" in body
    assert "[Alle Termine als Kalenderdatei](termine.ics)" in body


def test_what_is_over_is_not_offered_for_a_calendar(tiny: Places):
    body = check_content(order_for(tiny)).laid_out.pages["zeitplan.md"].body
    past, now, comes = body.split("\n## ")[1:]
    assert "termine/" not in past
    assert "(termine/leitlinien-1-kommentarfrist.ics)" in now
    assert "(termine/leitlinien-1-antworten.ics)" in comes


def test_the_link_of_an_event_names_it_for_those_who_do_not_see_the_page(tiny: Places):
    body = check_content(order_for(tiny)).laid_out.pages["zeitplan.md"].body
    assert (
        '[In meinen Kalender<span class="rn-hidden">: Kommentarfrist zu Fassung 1: '
        "Leitlinien</span>](termine/leitlinien-1-kommentarfrist.ics)"
    ) in body


def test_whoever_publishes_without_an_address_of_the_site_is_warned(tiny: Places, at_home: None):
    del at_home
    public = replace(tiny, published=tiny.output)

    def warned() -> bool:
        found = check_content(order_for(public)).problems
        return any("“site_url” is empty" in one.what.english for one in found)

    assert not warned()
    tiny.settings.write_text(tiny.settings.read_text("utf-8").replace(URL, ""), "utf-8")
    assert warned()


def test_without_an_address_there_is_nothing_to_subscribe_to(tiny: Places):
    body = check_content(order_for(tiny)).laid_out.pages["zeitplan.md"].body
    assert "webcal" not in body
    assert "[Alle Termine als Kalenderdatei](termine.ics)" in body
