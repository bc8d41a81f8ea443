"""Cards, letters and calls are taken whenever they are typed, and marked if they came late."""

from datetime import date, timedelta
from typing import Any

import pytest

from participation.contribution import (
    NAME_LIMIT,
    TEXT_LIMIT,
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    Transcribed,
)
from participation.document import Moderation, Version
from participation.refusals import FieldProblem, InvalidInput, WindowNotOpen
from participation.transcript import EVENT_LIMIT, MOST_PEOPLE, Transcript, read_day, transcribe
from participation.window import Window, opening
from tests.factories import AFTER, BEFORE, LAST_MOMENT, MARCH, NOON, REF, make_version


def make_transcript(**changed: Any) -> Transcript:
    """Return what was typed of a card from a workshop."""
    given = {
        "document": "leitlinien",
        "number": "2",
        "kind": "comment",
        "channel": "workshop",
        "text": "Mehr Schatten!",
        "event": "Bürgerwerkstatt",
        "came_on": "13.03.2024",
        "people": "4",
        "name": "",
    }
    return Transcript(**{**given, **changed})


def taken(typed: Transcript, version: Version | None = None, now=AFTER) -> Contribution:
    return transcribe(
        typed,
        version or make_version(),
        by="ada",
        now=now,
        contribution_id="c1",
        receipt_digest="0" * 64,
    )


def problems(**changed: Any) -> dict[str, FieldProblem]:
    with pytest.raises(InvalidInput) as refused:
        taken(make_transcript(**changed))
    return refused.value.errors


def test_a_card_is_taken_as_it_was_typed():
    assert taken(make_transcript(name=" Zoë ", text=" Mehr Schatten!\r\n")) == Contribution(
        id="c1",
        ref=REF,
        kind=ContributionKind.COMMENT,
        text="Mehr Schatten!",
        name="Zoë",
        channel=Channel.WORKSHOP,
        received_at=AFTER,
        status=ContributionStatus.PUBLISHED,
        receipt_digest="0" * 64,
        transcribed=Transcribed("ada", 4, "Bürgerwerkstatt", date(2024, 3, 13), is_late=False),
    )


@pytest.mark.parametrize("now", [BEFORE, NOON, LAST_MOMENT, AFTER, AFTER + timedelta(days=400)])
@pytest.mark.parametrize("moderation", Moderation)
def test_no_window_and_no_moderation_binds_who_types(now, moderation: Moderation):
    version = make_version(moderation=moderation)
    contribution = taken(make_transcript(came_on="1.3.2024"), version, now)
    assert contribution.status is ContributionStatus.PUBLISHED
    assert contribution.received_at == now


def test_a_version_that_never_takes_contributions_takes_no_transcripts():
    with pytest.raises(WindowNotOpen):
        taken(make_transcript(), make_version(window=None))


@pytest.mark.parametrize(
    ("came_on", "is_late"),
    [("2024-03-01", False), ("2024-03-29", False), ("2024-03-30", True), ("", True)],
)
def test_what_came_in_after_the_window_is_late(came_on: str, *, is_late: bool):
    transcribed = taken(make_transcript(came_on=came_on)).transcribed
    assert transcribed is not None
    assert transcribed.is_late is is_late


def test_on_the_last_day_every_hour_is_in_time():
    window = Window(MARCH.opens, opening(date(2024, 3, 29)) + timedelta(hours=18))
    transcribed = taken(
        make_transcript(came_on="29.3.2024"), make_version(window=window)
    ).transcribed
    assert transcribed is not None
    assert not transcribed.is_late


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13.03.2024", date(2024, 3, 13)),
        (" 3.3.2024 ", date(2024, 3, 3)),
        ("3. 3. 2024", date(2024, 3, 3)),
        ("2024-03-13", date(2024, 3, 13)),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None):
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["31.02.2024", "13.03.24", "gestern", "2024-13-01"])
def test_what_is_no_day_is_refused(text: str):
    assert problems(came_on=text) == {"came_on": FieldProblem("no-day")}


def test_a_card_from_tomorrow_is_refused():
    assert problems(came_on="31.3.2024") == {"came_on": FieldProblem("in-the-future")}


def test_it_must_be_known_where_it_comes_from():
    assert problems(came_on=" ", event=" ") == {"event": FieldProblem("no-origin")}
    letter = taken(make_transcript(channel="letter", event="")).transcribed
    assert letter is not None
    assert letter.event is None


@pytest.mark.parametrize(
    ("people", "count"), [("", 1), (" 12 ", 12), (str(MOST_PEOPLE), MOST_PEOPLE)]
)
def test_people_are_counted(people: str, count: int):
    transcribed = taken(make_transcript(people=people)).transcribed
    assert transcribed is not None
    assert transcribed.people == count


@pytest.mark.parametrize("people", ["0", "-1", "viele", "1.5", "²", str(MOST_PEOPLE + 1)])
def test_what_is_no_number_of_people_is_refused(people: str):
    assert problems(people=people) == {"people": FieldProblem("no-count", MOST_PEOPLE)}


@pytest.mark.parametrize("channel", ["online", "", "fax"])
def test_nobody_types_what_came_online_or_nowhere(channel: str):
    assert problems(channel=channel) == {"channel": FieldProblem("unknown-choice")}


@pytest.mark.parametrize("number", ["2", " 2 ", "Rn. 2", "Rn 2", "Nr.2", "no. 2"])
def test_a_paragraph_is_named_by_its_number(number: str):
    assert taken(make_transcript(number=number)).ref == REF


@pytest.mark.parametrize("number", ["", "zwei", "2.5", "-2", "²", "1" * 10])
def test_what_is_no_number_is_refused(number: str):
    assert problems(number=number) == {"number": FieldProblem("no-number")}


@pytest.mark.parametrize("number", ["0", "4", "Rn. 999999999"])
def test_a_paragraph_that_is_not_there_is_refused(number: str):
    assert problems(number=number) == {"number": FieldProblem("unknown-paragraph", what=number)}


def test_every_field_that_cannot_be_taken_is_named():
    assert problems(
        number="",
        kind="praise",
        text="x" * (TEXT_LIMIT + 1),
        name="n" * (NAME_LIMIT + 1),
        event="e" * (EVENT_LIMIT + 1),
    ) == {
        "number": FieldProblem("no-number"),
        "kind": FieldProblem("unknown-choice"),
        "text": FieldProblem("too-long", TEXT_LIMIT),
        "name": FieldProblem("too-long", NAME_LIMIT),
        "event": FieldProblem("too-long", EVENT_LIMIT),
    }


@pytest.mark.parametrize("event", ["Bürger\nwerkstatt", "\u200b"])
def test_an_event_is_one_line_that_can_be_read(event: str):
    assert problems(event=event)["event"].code in {"control-character", "empty"}


def test_an_event_may_be_longer_than_a_name():
    transcribed = taken(make_transcript(event="e" * EVENT_LIMIT)).transcribed
    assert transcribed is not None
    assert transcribed.event == "e" * EVENT_LIMIT


def test_a_change_proposal_comes_in_on_paper_too():
    proposal = taken(make_transcript(kind="proposal", proposed_wording=" Ganz anders.\r\n"))
    assert (proposal.kind, proposal.proposed_wording) == (
        ContributionKind.PROPOSAL,
        "Ganz anders.",
    )
    assert problems(kind="proposal") == {"proposed_wording": FieldProblem("empty")}
    assert problems(proposed_wording="Neu.") == {"proposed_wording": FieldProblem("only-proposals")}
    assert set(problems(kind="proposal", number="99")) == {"number"}


def test_a_reply_does_not_come_in_on_paper():
    assert problems(kind="reply") == {"kind": FieldProblem("unknown-choice")}
