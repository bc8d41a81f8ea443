"""Decisions: what the working group answers to contributions, and what follows in the text."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from participation.log_entry import Role
from participation.paragraph import ParagraphRef


class Outcome(StrEnum):
    """What became of what was asked for."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"
    NOTED = "noted"
    ANSWERED = "answered"


class DecisionStatus(StrEnum):
    """Who sees a decision: only what is published is public."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of a decision.

    ``meeting`` is the day of the meeting that decided, as its minutes are named; ``changes`` are
    the paragraphs of later versions in which the text changed because of it.
    """

    outcome: Outcome
    reason: str
    meeting: date | None = None
    changes: tuple[ParagraphRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """What a decision said before, and by which role and when it was put so."""

    answer: Answer
    role: Role
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one or many contributions on one version of a document.

    ``id`` is a UUIDv7; ``contributions`` are ids, ascending, at least one; ``role`` and ``at``
    tell who put it as it is now, and when; ``revisions`` is what was before, oldest first;
    ``published_at`` is when it was published first.
    """

    id: str
    document: str
    version: int
    contributions: tuple[str, ...]
    answer: Answer
    status: DecisionStatus
    role: Role
    at: datetime
    published_at: datetime | None = None
    revisions: tuple[Revision, ...] = field(default=())
