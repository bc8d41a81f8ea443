"""The values of the sources: front matter that fits its schema, as the rules understand it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from participation.document import Moderation, VersionStatus
from participation.meeting import Discussed, Meeting
from participation.period import Period, read_period
from participation.schedule import Event, EventKind, PartialDate
from participation.window import Window, at_home, closing, opening
from site_src.messages import message
from site_src.problems import BrokenSource, Problem
from site_src.source_files import SourceFile


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as its file says, before it is numbered."""

    slug: str
    title: str
    version: int
    status: VersionStatus
    changes: str
    published: date | None
    window: Window | None
    moderation: Moderation
    answers: date | None
    retention: Period | None
    example: bool
    file: SourceFile
    answers_required: bool = True


@dataclass(frozen=True, slots=True)
class SourceMeeting:
    """A meeting, and the minutes that tell of it."""

    meeting: Meeting
    example: bool
    file: SourceFile


@dataclass(frozen=True, slots=True)
class SourceDate:
    """An entry of the schedule, and its place in the list of dates, from 0."""

    event: Event
    index: int


def read_document(source: SourceFile) -> SourceDocument:
    """Return the document.

    Raises:
        BrokenSource: If a date does not exist, or the window is reversed.
    """
    front, commenting = source.front, source.front.get("commenting", {})
    return SourceDocument(
        slug=Path(source.path).stem,
        title=front["title"],
        version=front["version"],
        status=VersionStatus(front["status"]),
        changes=front.get("changes", ""),
        published=_day(front.get("published")),
        window=window_of(source),
        moderation=Moderation(commenting.get("moderation", Moderation.AFTER)),
        answers=_day(commenting.get("answers")),
        retention=read_period(front["retention"]) if "retention" in front else None,
        example=front.get("example", False),
        file=source,
        answers_required=front.get("answers_required", True),
    )


def window_of(source: SourceFile) -> Window | None:
    """Return the window that a document's front matter states, if it does.

    Raises:
        BrokenSource: If a date does not exist, or the window is reversed.
    """
    commenting = source.front.get("commenting")
    if commenting is None:
        return None
    opens = _moment(source, commenting["opens"], "opens")
    closes = commenting.get("closes")
    end = None if closes is None else closing(_moment(source, closes, "closes"))
    try:
        return Window(opening(opens), end)
    except ValueError as error:
        raise BrokenSource(_reversed(source)) from error


def _moment(source: SourceFile, stated: str, field_name: str) -> date | datetime:
    try:
        return datetime.fromisoformat(stated) if "T" in stated else date.fromisoformat(stated)
    except ValueError as error:
        line = source.line("commenting", field_name)
        raise BrokenSource(_no_such_day(source.path, line, stated)) from error


def _day(stated: str | None) -> date | None:
    return None if stated is None else date.fromisoformat(stated)


def read_meeting(source: SourceFile) -> SourceMeeting:
    """Return the meeting.

    Raises:
        BrokenSource: If what was discussed counts backwards.
    """
    return SourceMeeting(_meeting(source), source.front.get("example", False), source)


def _meeting(source: SourceFile) -> Meeting:
    front = source.front
    return Meeting(
        number=front["number"],
        title=front["title"],
        date=date.fromisoformat(front["date"]),
        place=front["place"],
        starts=_time(front.get("time")),
        ends=_time(front.get("ends")),
        public=front.get("public", True),
        present=tuple(front.get("present", ())),
        discussed=tuple(_discussed(source)),
        decisions=tuple(front.get("decisions", ())),
    )


def _discussed(source: SourceFile) -> Iterator[Discussed]:
    for index, stated in enumerate(source.front.get("discussed", ())):
        try:
            yield Discussed.parse(stated)
        except ValueError as error:
            line = source.line("discussed", index)
            raise BrokenSource(_backwards(source.path, line, stated)) from error


def _time(stated: str | None) -> time | None:
    return None if stated is None else time.fromisoformat(stated)


def read_date(source: SourceFile, index: int) -> SourceDate:
    """Return one entry of the schedule.

    Raises:
        BrokenSource: If its date does not exist.
    """
    entry = source.front["dates"][index]
    stated = str(entry["date"])
    try:
        starts = PartialDate.parse(stated)
    except ValueError as error:
        line = source.line("dates", index, "date")
        raise BrokenSource(_no_such_day(source.path, line, stated)) from error
    words = {key: entry.get(key, "") for key in ("time", "place", "text", "link")}
    event = Event(
        starts,
        EventKind.DATE,
        entry["title"],
        **words,
        begins_at=_begins_at(starts, words["time"]),
        is_cancelled=entry.get("cancelled", False),
    )
    return SourceDate(event, index)


def _begins_at(starts: PartialDate, stated: str) -> datetime | None:
    known = _time(stated or None)
    return None if known is None or starts.day is None else at_home(starts.first_day, known)


def _reversed(source: SourceFile) -> Problem:
    return Problem(
        source.path,
        source.line("commenting", "closes"),
        message("the commenting window closes before it opens"),
        message("correct “opens” or “closes”"),
    )


def _no_such_day(path: str, line: int, stated: str) -> Problem:
    return Problem(
        path,
        line,
        message("there is no such day or time: {stated}", stated=stated),
        message("correct the date; it is written year-month-day, such as 2024-03-08"),
    )


def _backwards(path: str, line: int, stated: str) -> Problem:
    return Problem(
        path,
        line,
        message("the paragraphs count backwards: {stated}", stated=stated),
        message("write the smaller number first, such as leitlinien/1/14-18"),
    )
