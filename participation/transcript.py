"""Transcripts: contributions that came in on paper or by word of mouth, typed at the desk.

No window binds those who type them: a card from the workshop is taken whenever there is time.
What came in after the window is marked as late.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    Transcribed,
    name_problem,
    text_problem,
    tidy,
    wording_problem,
)
from participation.document import Version
from participation.paragraph import ParagraphRef
from participation.refusals import FieldProblem, InvalidInput, WindowNotOpen
from participation.window import HOME, Window, WindowState, opening

EVENT_LIMIT = 120  # characters; as long as a line in a minute's heading
MOST_PEOPLE = 100_000  # a city's petition; more is a slip of the fingers
CHANNELS = tuple(channel for channel in Channel if channel is not Channel.ONLINE)
KINDS = tuple(kind for kind in ContributionKind if kind is not ContributionKind.REPLY)
GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
NUMBER = re.compile(r"[0-9]{1,9}")
PARAGRAPH_NUMBER = re.compile(rf"(?:rn\.?|nr\.?|no\.?)?\s*({NUMBER.pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was typed of one card, letter or call, field by field, not yet looked at.

    ``document`` is a slug; ``number`` is that of the paragraph, such as ``14`` or ``Rn. 14``;
    ``came_on`` is a day such as ``13.03.2024`` or ``2024-03-13``, ``people`` a number.
    """

    document: str
    number: str
    kind: str
    channel: str
    text: str
    event: str = ""
    came_on: str = ""
    people: str = ""
    name: str = ""
    proposed_wording: str = ""


def transcribe(
    typed: Transcript,
    version: Version,
    *,
    by: str,
    now: datetime,
    contribution_id: str,
    receipt_digest: str,
) -> Contribution:
    """Take what was typed of a contribution on a paragraph of ``version``; it is public at once.

    Whether ``version`` takes contributions now does not matter, if it does at some time; ``by`` is
    who typed it, ``now`` the moment, aware.

    Raises:
        WindowNotOpen: If the version never takes contributions.
        InvalidInput: If fields cannot be taken; it names every such field.
    """
    if version.window is None:
        raise WindowNotOpen(None, None)
    _refuse_problems(typed, version, now)
    return Contribution(
        id=contribution_id,
        ref=ParagraphRef(typed.document, version.number, _read_number(typed.number)),
        kind=ContributionKind(typed.kind),
        text=tidy(typed.text),
        name=tidy(typed.name) or None,
        channel=Channel(typed.channel),
        received_at=now,
        status=ContributionStatus.PUBLISHED,  # whoever typed it has read it
        receipt_digest=receipt_digest,
        transcribed=_transcribed(typed, by, version.window, now),
        proposed_wording=tidy(typed.proposed_wording) or None,
    )


def read_day(text: str) -> date | None:
    """Read a day as people write it; none if nothing is written.

    Raises:
        ValueError: If it is no day.
    """
    written = text.strip()
    german = GERMAN_DAY.fullmatch(written)
    if german:
        day, month, year = german.groups()
        return date(int(year), int(month), int(day))
    return date.fromisoformat(written) if written else None


def _transcribed(typed: Transcript, by: str, window: Window, now: datetime) -> Transcribed:
    came_on = read_day(typed.came_on)
    return Transcribed(
        by=by,
        people=int(typed.people.strip() or 1),
        event=tidy(typed.event) or None,
        came_on=came_on,
        is_late=_is_late(came_on, window, now),
    )


def _refuse_problems(typed: Transcript, version: Version, now: datetime) -> None:
    found = {  # in the order of the form
        "number": _paragraph_problem(typed.number, version),
        "kind": _choice_problem(typed.kind, [str(kind) for kind in KINDS]),
        "channel": _choice_problem(typed.channel, [str(channel) for channel in CHANNELS]),
        "event": _event_problem(typed),
        "came_on": _day_problem(typed.came_on, now),
        "people": _people_problem(typed.people),
        "text": text_problem(tidy(typed.text)),
        "name": name_problem(tidy(typed.name) or None),
        "proposed_wording": _wording_problem(typed, version),
    }
    problems = {field: problem for field, problem in found.items() if problem is not None}
    if problems:
        raise InvalidInput(problems)


def _read_number(text: str) -> int:
    """Return the number of a paragraph.

    Raises:
        ValueError: If it is none.
    """
    number = PARAGRAPH_NUMBER.fullmatch(text.strip())
    if number is None:
        raise ValueError(text)
    return int(number[1])


def _paragraph_problem(text: str, version: Version) -> FieldProblem | None:
    try:
        number = _read_number(text)
    except ValueError:
        return FieldProblem("no-number")
    if not 1 <= number <= len(version.paragraphs):
        return FieldProblem("unknown-paragraph", what=text.strip())
    return None


def _wording_problem(typed: Transcript, version: Version) -> FieldProblem | None:
    if _paragraph_problem(typed.number, version) is not None:
        return None  # which wording it changes is not known
    now = version.paragraphs[_read_number(typed.number) - 1].text
    return wording_problem(typed.kind, tidy(typed.proposed_wording) or None, now)


def _choice_problem(chosen: str, offered: list[str]) -> FieldProblem | None:
    return None if chosen in offered else FieldProblem("unknown-choice")


def _event_problem(typed: Transcript) -> FieldProblem | None:
    event = tidy(typed.event)
    if not event and not typed.came_on.strip():
        return FieldProblem("no-origin")
    problem = name_problem(event or None)  # a name in one line, too, but for its length
    if problem is not None and problem.code != "too-long":
        return problem
    return FieldProblem("too-long", EVENT_LIMIT) if len(event) > EVENT_LIMIT else None


def _day_problem(text: str, now: datetime) -> FieldProblem | None:
    try:
        day = read_day(text)
    except ValueError:
        return FieldProblem("no-day")
    if day is not None and day > now.astimezone(HOME).date():
        return FieldProblem("in-the-future")
    return None


def _people_problem(text: str) -> FieldProblem | None:
    people = text.strip() or "1"
    if NUMBER.fullmatch(people) and 1 <= int(people) <= MOST_PEOPLE:
        return None
    return FieldProblem("no-count", MOST_PEOPLE)


def _is_late(came_on: date | None, window: Window, now: datetime) -> bool:
    """Say whether it came in after the window; of its last day, every hour counts as in time."""
    came_at = now if came_on is None else opening(came_on)
    return window.state(came_at) is WindowState.CLOSED
