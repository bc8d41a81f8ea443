"""Drafts of answers: what somebody typed for the working group, and how it is read."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from participation.contribution import text_problem, tidy
from participation.decision import Answer, Outcome
from participation.document import Document
from participation.paragraph import ParagraphRef
from participation.refusals import FieldProblem, InvalidInput, UnknownParagraph, UnknownVersion

# "2/15", or "15" for the version that comes next; several with commas, semicolons or blanks.
CHANGE = re.compile(r"(?:([1-9]\d{0,5})/)?([1-9]\d{0,5})")
BETWEEN = re.compile(r"[,;\s]+")
DAYS = ("%Y-%m-%d", "%d.%m.%Y")  # as programs and as people write them


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer as it was typed, not yet looked at: "adopted", "…", "2024-03-21", "2/15, 2/16"."""

    outcome: str
    reason: str
    meeting: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer to contributions on ``version`` may refer to."""

    document: Document
    version: int
    meetings: Collection[date]


def read_answer(draft: AnswerDraft, ground: Ground) -> Answer:
    """Return the answer that was typed.

    Raises:
        InvalidInput: If a field cannot be taken; it names every such field.
    """
    reason, stated = tidy(draft.reason), tidy(draft.meeting)
    meeting = _day(stated)
    changes, wrong = _changes(draft.changes, ground)
    problems = {
        "outcome": None if draft.outcome in set(Outcome) else FieldProblem("unknown-choice"),
        "reason": text_problem(reason),
        "meeting": _meeting_problem(stated, meeting, ground),
        "changes": wrong,
    }
    errors = {field: problem for field, problem in problems.items() if problem is not None}
    if errors:
        raise InvalidInput(errors)
    return Answer(Outcome(draft.outcome), reason, meeting, changes)


def plain_changes(changes: Collection[ParagraphRef]) -> str:
    """Return paragraphs as they are typed: "2/15, 2/16"."""
    return ", ".join(f"{ref.version}/{ref.number}" for ref in changes)


def _day(stated: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(stated, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def _meeting_problem(stated: str, meeting: date | None, ground: Ground) -> FieldProblem | None:
    if not stated or meeting in ground.meetings:
        return None
    return FieldProblem("unknown-meeting", what=stated)


def _changes(stated: str, ground: Ground) -> tuple[tuple[ParagraphRef, ...], FieldProblem | None]:
    """Return the paragraphs in the order of the text, and what is wrong with the first bad one."""
    refs = set[ParagraphRef]()
    for one in _named(stated):
        ref = _ref(one, ground)
        if isinstance(ref, FieldProblem):
            return (), ref
        refs.add(ref)
    return tuple(sorted(refs)), None


def _named(stated: str) -> Iterator[str]:
    return (one for one in BETWEEN.split(tidy(stated)) if one)


def _ref(stated: str, ground: Ground) -> ParagraphRef | FieldProblem:
    found, document = CHANGE.fullmatch(stated), ground.document
    if found is None:
        return FieldProblem("no-paragraph", what=stated)
    version = int(found[1]) if found[1] else _next_version(ground)
    if version <= ground.version:
        return FieldProblem("not-later", what=stated)
    try:
        document.paragraph(version, int(found[2]))
    except (UnknownVersion, UnknownParagraph):
        return FieldProblem("unknown-paragraph", what=stated)
    return ParagraphRef(document.slug, version, int(found[2]))


def _next_version(ground: Ground) -> int:
    later = [one.number for one in ground.document.versions if one.number > ground.version]
    return min(later, default=ground.version + 1)
