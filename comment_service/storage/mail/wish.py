"""Wishes to be told of an answer by mail, and what is known of the way to the mail server."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Letter(StrEnum):
    """What is sent: the link with which an address is confirmed, and word of the answer."""

    CONFIRMATION = "confirmation"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody's wish to be told when a contribution is answered, and the letter that is due.

    ``letter`` is to be sent since ``letter_at`` and tried at ``due_at``, after ``tries`` that did
    not succeed; ``sent_at`` is when the link to confirm the address was sent last.
    """

    id: str
    contribution: str
    document: str
    address: str = field(repr=False)
    language: str
    asked_at: datetime
    confirmed_at: datetime | None = None
    sent_at: datetime | None = None
    letter: Letter | None = None
    letter_at: datetime | None = None
    due_at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many letters may be asked for under one key on one day; keys are keyed digests."""

    key: str
    limit: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A letter that was given up, without the address to which it should have gone."""

    id: str
    at: datetime
    letter: Letter
    reply: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """The mail server takes nothing since ``since``; it is asked again at ``next_try_at``."""

    since: datetime
    tries: int
    next_try_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Moments before which something is too old to be kept; ``day`` is today, as in a count."""

    sent: datetime  # a link to confirm that nobody has followed
    asked: datetime  # a wish whose link could not even be sent
    confirmed: datetime  # a confirmed wish whose contribution nobody has answered
    given_up: datetime
    day: str
