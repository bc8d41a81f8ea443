"""Contributions: what residents hand in on a paragraph, and what may stand in their fields."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from participation.caution import Doubt
from participation.paragraph import ParagraphRef
from participation.refusals import FieldProblem, InvalidInput

TEXT_LIMIT = 4000  # characters, not bytes; source: docs/decisions/0005
WORDING_LIMIT = 8000  # characters of a proposed wording; source: docs/decisions/0030
NAME_LIMIT = 80  # characters; source: docs/decisions/0005

# All of Unicode's Cc, control characters, and Cs, lone surrogates, which no UTF-8 can hold.
FOREIGN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
FOREIGN_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # but tab and line feed


class ContributionKind(StrEnum):
    """What a contribution wants."""

    COMMENT = "comment"
    QUESTION = "question"
    PROPOSAL = "proposal"
    REPLY = "reply"


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
    """What a resident hands in, as it came: not yet looked at.

    Of a change proposal ``text`` is the reason and ``proposed_wording`` the whole new wording of
    the paragraph; ``in_reply_to`` is the id of the contribution that a reply answers.
    """

    ref: ParagraphRef
    kind: str
    text: str
    name: str | None = None
    proposed_wording: str | None = None
    in_reply_to: str | None = None


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
class EarlierText:
    """What its author had written before a correction, which came at ``until``."""

    text: str
    name: str | None
    proposed_wording: str | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Contribution:
    """A contribution that was taken.

    ``ref`` is the paragraph it was made on and never changes; ``id`` is a UUIDv7;
    ``receipt_digest`` is the SHA-256 of the receipt code, which itself is not kept;
    ``is_blacked_out`` if runs of U+2588 stand in the text for what must not be read; of what
    was erased at ``erased_at``, text, wording and name are gone, earlier ones, too.
    ``edited_at`` is when its author last corrected it, ``earlier_texts`` what stood there
    before, oldest first. ``author_mark`` is a keyed digest of the author's browser token and the
    id, so that nobody supports their own; it links no two contributions. ``waiting_because`` says
    why it was to be read before it was public, besides what its version says.
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
    proposed_wording: str | None = None
    in_reply_to: str | None = None
    edited_at: datetime | None = None
    earlier_texts: tuple[EarlierText, ...] = ()
    author_mark: str | None = None
    waiting_because: tuple[Doubt, ...] = ()


def tidy(text: str) -> str:
    """Return the text as it is kept: composed characters (NFC), LF line ends, no blank rim."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip()


def text_problem(text: str, limit: int = TEXT_LIMIT) -> FieldProblem | None:
    """Say what keeps a tidy text from being taken, if anything."""
    if FOREIGN_IN_TEXT.search(text):
        return FieldProblem("control-character")
    if not _has_visible(text):
        return FieldProblem("empty")
    if len(text) > limit:
        return FieldProblem("too-long", limit)
    return None


def wording_problem(kind: str, wording: str | None, now: str) -> FieldProblem | None:
    """Say what keeps a tidy proposed wording from being taken, if anything.

    ``now`` is the text of the paragraph; only a change proposal has a wording, and needs one.
    """
    if kind != ContributionKind.PROPOSAL:
        return None if wording is None else FieldProblem("only-proposals")
    if wording is None:
        return FieldProblem("empty")
    if wording.split() == now.split():
        return FieldProblem("unchanged")
    return text_problem(wording, WORDING_LIMIT)


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


def refuse_problems(**problems: FieldProblem | None) -> None:
    """Return if no field has a problem.

    Raises:
        InvalidInput: If fields have; it names every such field.
    """
    errors = {field: problem for field, problem in problems.items() if problem is not None}
    if errors:
        raise InvalidInput(errors)


def _has_visible(text: str) -> bool:
    # Cf holds zero-width characters, Z all spaces: neither can be read.
    return any(unicodedata.category(character)[0] not in "CZM" for character in text)
