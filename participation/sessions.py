"""Sessions: for how long, and in how many browsers, somebody is signed in."""

from dataclasses import replace
from datetime import datetime, timedelta
from hmac import compare_digest

from participation.account import Account, Session

LENGTH = timedelta(hours=8)  # a day of work
MOST = 20  # browsers in which one account is signed in; the oldest is signed out for another one


def is_signed_in(account: Account, digest: str, now: datetime) -> bool:
    """Say whether the session of that digest holds at ``now``; of a locked account none does."""
    return not account.is_locked and any(
        compare_digest(session.digest, digest) for session in _living(account, now)
    )


def signed_in(account: Account, digest: str, now: datetime) -> Account:
    """Return the account with one more session, and without those that have ended."""
    kept = _living(account, now)[-(MOST - 1) :]
    return replace(account, sessions=(*kept, Session(digest, now, now + LENGTH)))


def signed_out(account: Account, digest: str) -> Account:
    """Return the account without the session of that digest."""
    kept = tuple(one for one in account.sessions if not compare_digest(one.digest, digest))
    return replace(account, sessions=kept)


def _living(account: Account, now: datetime) -> tuple[Session, ...]:
    return tuple(one for one in account.sessions if one.began_at <= now < one.ends_at)
