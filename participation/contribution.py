"""Contributions: what residents hand in on a paragraph, and how it is taken."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from participation.document import Moderation, Version
from participation.paragraph import ParagraphRef
from participation.permissions import Verb, admit
from participation.refusals import FieldProblem, InvalidInput

TEXT_LIMIT = 4000  # characters, not bytes; source: docs/decisions/0005
NAME_LIMIT = 80  # characters; source: docs/decisions/0005

# All of Unicode's Cc, control characters, and Cs, lone surrogates, which no UTF-8 can hold.
FOREIGN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
FOREIGN_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # but tab and line feed


class ContributionKind(StrEnum):
    """What a contribution wants."""

    COMMENT = "comment"
    QUESTION = "question"


class ContributionStatus(StrEnum):
    """Who sees a contribution: only what is published is public."""

    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How a contribution came in."""

    ONLINE = "online"
    WORKSHOP = "workshop"
    LETTER = "letter"
    MAIL = "mail"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a resident hands in, as it came: not yet looked at."""

    ref: ParagraphRef
    kind: str
    text: str
    name: str | None = None


class HidingReason(StrEnum):
    """Why a contribution is not shown."""

    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off-topic"
    PERSONAL_DATA = "personal-data"
    DUPLICATE = "duplicate"
    UNLAWFUL = "unlawful"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hiding:
    """Why a contribution is hidden; its author reads both."""

    reason: HidingReason
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Transcribed:
    """How a contribution from elsewhere was taken in.

    ``by`` is who typed it; ``people`` how many stand behind it; ``event`` the workshop, and
    ``came_on`` the day of the letter or event; ``is_late`` if that was after the window.
    """

    by: str
    people: int = 1
    event: str | None = None
    came_on: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """A contribution that was taken.

    ``ref`` is the paragraph it was made on and never changes; ``id`` is a UUIDv7;
    ``receipt_digest`` is the SHA-256 of the receipt code, which itself is not kept;
    ``is_blacked_out`` if runs of U+2588 stand in the text for what must not be read; of what
    was erased at ``erased_at``, text and name are gone.
    """

    id: str
    ref: ParagraphRef
    kind: ContributionKind
    text: str
    name: str | None
    channel: Channel
    received_at: datetime
    status: ContributionStatus
    receipt_digest: str
    transcribed: Transcribed | None = None
    hidden: Hiding | None = None
    is_blacked_out: bool = False
    erased_at: datetime | None = None


def take(
    draft: Draft, version: Version, *, now: datetime, contribution_id: str, receipt_digest: str
) -> Contribution:
    """Take a resident's draft on a paragraph of ``version``.

    Raises:
        WindowNotOpen: If the version takes no contributions at ``now``.
        InvalidInput: If a field cannot be taken; it names every such field.
    """
    admit(Verb.CONTRIBUTE, version, now=now)
    text, name = tidy(draft.text), tidy(draft.name or "") or None
    _refuse_problems(
        kind=_kind_problem(draft.kind), text=text_problem(text), name=name_problem(name)
    )
    return Contribution(
        id=contribution_id,
        ref=draft.ref,
        kind=ContributionKind(draft.kind),
        text=text,
        name=name,
        channel=Channel.ONLINE,
        received_at=now,
        status=_first_status(version),
        receipt_digest=receipt_digest,
    )


def tidy(text: str) -> str:
    """Return the text as it is kept: composed characters (NFC), LF line ends, no blank rim."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip()


def text_problem(text: str) -> FieldProblem | None:
    """Say what keeps a tidy text from being taken, if anything."""
    if FOREIGN_IN_TEXT.search(text):
        return FieldProblem("control-character")
    if not _has_visible(text):
        return FieldProblem("empty")
    if len(text) > TEXT_LIMIT:
        return FieldProblem("too-long", TEXT_LIMIT)
    return None


def name_problem(name: str | None) -> FieldProblem | None:
    """Say what keeps a tidy name from being taken, if anything; no name is fine."""
    if name is None:
        return None
    if FOREIGN.search(name):
        return FieldProblem("control-character")
    if not _has_visible(name):
        return FieldProblem("empty")
    if len(name) > NAME_LIMIT:
        return FieldProblem("too-long", NAME_LIMIT)
    return None


def _kind_problem(kind: str) -> FieldProblem | None:
    return None if kind in set(ContributionKind) else FieldProblem("unknown-choice")


def _refuse_problems(**problems: FieldProblem | None) -> None:
    errors = {field: problem for field, problem in problems.items() if problem is not None}
    if errors:
        raise InvalidInput(errors)


def _first_status(version: Version) -> ContributionStatus:
    if version.moderation is Moderation.BEFORE:
        return ContributionStatus.PENDING
    return ContributionStatus.PUBLISHED


def _has_visible(text: str) -> bool:
    # Cf holds zero-width characters, Z all spaces: neither can be read.
    return any(unicodedata.category(character)[0] not in "CZM" for character in text)
