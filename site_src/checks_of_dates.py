"""Checks of dates: windows, publications, answers and the schedule, each date written once."""

from collections.abc import Iterator, Sequence
from datetime import date

from participation.schedule import PartialDate
from site_src.editions import Edition
from site_src.messages import Message, message
from site_src.problems import Problem
from site_src.source_files import SourceFile
from site_src.source_values import SourceDate, SourceDocument
from site_src.sources import SCHEDULE, Sources
from site_src.words_of_versions import first_day, last_day


def check_dates(sources: Sources, editions: Sequence[Edition]) -> Iterator[Problem]:
    """Yield what is wrong with the dates of documents and of the schedule."""
    for document in sources.documents:
        yield from _check_document(document)
    yield from _check_repeated(sources.schedule, sources.dates)
    for entry in sources.dates:
        yield from _check_written_once(sources, editions, entry)


def _check_document(document: SourceDocument) -> Iterator[Problem]:
    window, source = document.window, document.file
    if window is None:
        return
    closes = last_day(window)
    if document.answers and document.answers < (closes or first_day(window)):
        yield Problem(
            source.path,
            source.line("commenting", "answers"),
            message("the answers come before the commenting window closes"),
            message("correct “answers” or “closes”"),
        )
    if document.published and first_day(window) < document.published:
        yield Problem(
            source.path,
            source.line("commenting", "opens"),
            message("the commenting window opens before the text is published"),
            message("correct “opens” or “published”"),
        )


def _check_repeated(schedule: SourceFile, dates: Sequence[SourceDate]) -> Iterator[Problem]:
    seen: dict[tuple[PartialDate, str], int] = {}
    for entry in dates:
        key = (entry.event.starts, entry.event.title)
        first = seen.setdefault(key, entry.index)
        if first != entry.index:
            yield Problem(
                SCHEDULE,
                schedule.line("dates", entry.index, "date"),
                message(
                    "this date stands in line {line} already",
                    line=schedule.line("dates", first, "date"),
                ),
                message("delete one of the two"),
            )


def _check_written_once(
    sources: Sources, editions: Sequence[Edition], entry: SourceDate
) -> Iterator[Problem]:
    for what, where in _written_elsewhere(sources, editions, entry):
        yield Problem(
            SCHEDULE,
            sources.schedule.line("dates", entry.index, "date"),
            message("{what} stands in {where} already", what=what, where=where),
            message(
                "delete it here, the schedule shows it anyway; "
                "if it is another event on the same day, add its “time”"
            ),
        )


def _written_elsewhere(
    sources: Sources, editions: Sequence[Edition], entry: SourceDate
) -> Iterator[tuple[Message, str]]:
    """Yield what the entry repeats: a time of its own makes it an event of its own."""
    event = entry.event
    for source in sources.meetings:
        meeting = source.meeting
        starts = meeting.starts.strftime("%H:%M") if meeting.starts else ""
        if _is_day(event.starts, meeting.date) and event.time in {"", starts}:
            yield message("the meeting of that day"), source.file.path
    for edition in editions:
        if not event.time:
            yield from _repeats_edition(event.starts, edition)


def _repeats_edition(day: PartialDate, edition: Edition) -> Iterator[tuple[Message, str]]:
    window, path = edition.version.window, edition.source.file.path
    if _is_day(day, edition.version.published):
        yield message("the publication of that day"), path
    elif window and _is_day(day, first_day(window)):
        yield message("the beginning of the commenting window"), path
    elif window and _is_day(day, last_day(window)):
        yield message("the end of the commenting window"), path


def _is_day(known: PartialDate, day: date | None) -> bool:
    return known.day is not None and known.first_day == day
