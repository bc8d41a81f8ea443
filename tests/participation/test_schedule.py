"""The schedule parts what was, what is and what comes."""

from datetime import date

import pytest

from participation.schedule import Event, EventKind, PartialDate, timeline


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [
        ("2022-10-10", date(2022, 10, 10), date(2022, 10, 10)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(stated: str, first: date, last: date):
    known = PartialDate.parse(stated)
    assert (known.first_day, known.last_day) == (first, last)


@pytest.mark.parametrize("stated", ["", "26", "2023-13", "2023-02-30", "10.10.2022", "2022-1-1"])
def test_what_is_no_date_is_refused(stated: str):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(stated)


def event(title: str, starts: str, **more: object) -> Event:
    return Event(PartialDate.parse(starts), EventKind.DATE, title, **more)  # type: ignore[arg-type]  # told by name


WINDOW = event("Frist", "2024-03-08", ends=date(2024, 3, 29))
COUNCIL = event("Rat", "2024-04-22")
MEETING = event("Sitzung", "2024-03-20")
TOOLBOX = event("Koffer", "2024-03-08", open_ended=True)
YEAR = event("Auswertung", "2024")


@pytest.mark.parametrize(
    ("today", "past", "current", "coming"),
    [
        (date(2023, 12, 31), [], [], ["Auswertung", "Frist", "Koffer", "Sitzung", "Rat"]),
        (date(2024, 3, 20), [], ["Auswertung", "Frist", "Koffer", "Sitzung"], ["Rat"]),
        (date(2024, 3, 29), ["Sitzung"], ["Auswertung", "Frist", "Koffer"], ["Rat"]),
        (date(2024, 3, 30), ["Frist", "Sitzung"], ["Auswertung", "Koffer"], ["Rat"]),
        (date(2025, 1, 1), ["Auswertung", "Frist", "Sitzung", "Rat"], ["Koffer"], []),
    ],
)
def test_events_are_parted_as_seen_from_a_day(
    today: date, past: list[str], current: list[str], coming: list[str]
):
    parted = timeline([COUNCIL, MEETING, TOOLBOX, WINDOW, YEAR], today=today)
    assert [one.title for one in parted.past] == past
    assert [one.title for one in parted.current] == current
    assert [one.title for one in parted.coming] == coming
