"""The log: every change of a status, a text, a decision or an account, kept for good."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """As what somebody acts; the log names roles, not people."""

    AUTHOR = "author"
    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Changed(StrEnum):
    """What a change was made to."""

    STATUS = "status"
    TEXT = "text"
    DECISION = "decision"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change: when, by which role, of what, from what to what, and why.

    ``id`` is a UUIDv7; ``subject`` that of the contribution, decision or account that was changed.
    ``old`` and ``new`` are a status as it is, but of a text only the SHA-256 in hexadecimal: what
    is erased must not live on in the log.
    """

    id: str
    at: datetime
    role: Role
    subject: str
    changed: Changed
    old: str
    new: str
    reason: str | None = None
