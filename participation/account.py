"""Accounts: who works at the editorial desk, as what, and where they are signed in."""

from dataclasses import dataclass
from datetime import datetime

from participation.log_entry import Role


@dataclass(frozen=True, slots=True)
class Session:
    """A browser in which somebody is signed in; of its token only the SHA-256 is kept."""

    digest: str
    began_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the city office or the working group; residents have none.

    ``id`` is a UUIDv7; ``name`` is what they sign in with; ``password_hash`` is none for those
    who sign in elsewhere, whose ``subject`` is what the provider calls them; ``totp_secret`` is
    none until a second factor is set up, and ``totp_step`` the last step of it that was used;
    ``failures`` counts wrong tries in a row, after which nothing is tried before ``next_try_at``;
    ``is_locked`` is what an administrator has locked for good.
    """

    id: str
    name: str
    role: Role
    password_hash: str | None = None
    subject: str | None = None
    totp_secret: str | None = None
    totp_step: int | None = None
    failures: int = 0
    next_try_at: datetime | None = None
    is_locked: bool = False
    sessions: tuple[Session, ...] = ()
