"""Signing in at the editorial desk: by name, password and, where it is set up, a second factor."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from comment_service.accounts import Accounts, tidy_name
from comment_service.passwords import Passwords
from comment_service.second_factor import step_of
from comment_service.tries import Tries
from participation.account import Account
from participation.back_off import FREE, wait_after
from participation.refusals import SignInRefused, TooManyTries, UnknownAccount
from participation.sessions import is_signed_in, signed_in, signed_out

FREE_OF_ADDRESS = 20  # a whole office may share one address


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody signs in with; ``sender`` is the address from which it comes."""

    name: str
    password: str
    code: str
    sender: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account in one browser; ``token`` is what only that browser has."""

    account: Account
    token: str

    def key(self) -> str:
        """Return what the browser sends with every request."""
        return f"{self.account.id}.{self.token}"


@dataclass(frozen=True, slots=True)
class SigningIn:
    """The use cases of signing in and out, with all they lean on handed in."""

    accounts: Accounts
    passwords: Passwords
    tries: Tries
    clock: Callable[[], datetime]

    def sign_in(self, attempt: Attempt) -> SignedIn:
        """Begin a session. Whatever is wrong, it is refused in the same words and time.

        Raises:
            TooManyTries: If there were too many wrong ones with this name or from this address.
            SignInRefused: If name, password or code is wrong, or the account is locked.
        """
        now = self.clock()
        self.tries.allow(_from(attempt), now)
        account = self.accounts.named(attempt.name)
        counted = self._count(account, attempt, now)
        fits = self.passwords.fits(_hash(counted), attempt.password)
        if counted is None or not fits or counted.is_locked:
            raise self._refusal(attempt, now)
        return self._begin(counted, attempt, now)

    def welcome(self, account: Account) -> SignedIn:
        """Begin a session of somebody whom a provider of single sign-on vouches for.

        Raises:
            SignInRefused: If the account is locked.
        """
        return self._open(account, self.clock(), lambda seen: seen)

    def resume(self, key: str) -> SignedIn | None:
        """Return whoever is signed in with what a browser sent; None if nobody is any more."""
        account_id, _, token = key.rpartition(".")
        try:
            account = self.accounts.store.account(account_id)
        except UnknownAccount:
            return None
        known = is_signed_in(account, digest_of_token(token), self.clock())
        return SignedIn(account, token) if known else None

    def sign_out(self, one: SignedIn) -> None:
        """End the session of one browser."""
        digest = digest_of_token(one.token)
        self.accounts.edit(one.account.id, lambda seen: signed_out(seen, digest))

    def sign_out_everywhere(self, account: Account) -> None:
        """End all sessions of an account."""
        self.accounts.edit(account.id, lambda seen: replace(seen, sessions=()))

    def _count(self, account: Account | None, attempt: Attempt, now: datetime) -> Account | None:
        """Count the try before it is looked at: many at once must not get more than in a row."""
        if account is None:
            self.tries.allow(_nobody(attempt), now)
            self.tries.count(_nobody(attempt), now, free=FREE)
            return None
        return self.accounts.edit(account.id, lambda seen: _tried(seen, now))

    def _begin(self, account: Account, attempt: Attempt, now: datetime) -> SignedIn:
        def look(seen: Account) -> Account:
            if seen.totp_secret is None:
                return seen
            step = step_of(seen.totp_secret, attempt.code, now, after=seen.totp_step)
            if step is None:
                raise self._refusal(attempt, now)
            return replace(seen, totp_step=step)

        begun = self._open(account, now, look)
        self.tries.forget(_from(attempt), now)
        return begun

    def _open(
        self, account: Account, now: datetime, look: Callable[[Account], Account]
    ) -> SignedIn:
        token = secrets.token_urlsafe(32)

        def open_session(seen: Account) -> Account:
            if seen.is_locked:
                raise SignInRefused
            known = replace(look(seen), failures=0, next_try_at=None)
            return signed_in(known, digest_of_token(token), now)

        return SignedIn(self.accounts.edit(account.id, open_session), token)

    def _refusal(self, attempt: Attempt, now: datetime) -> SignInRefused:
        self.tries.count(_from(attempt), now, free=FREE_OF_ADDRESS)
        return SignInRefused()


def digest_of_token(token: str) -> str:
    """Return what is kept of a session's token: a SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


def _hash(account: Account | None) -> str | None:
    return None if account is None else account.password_hash


def _tried(account: Account, now: datetime) -> Account:
    if account.next_try_at is not None and now < account.next_try_at:
        raise TooManyTries(account.next_try_at)
    failures = account.failures + 1
    wait = wait_after(failures)
    return replace(account, failures=failures, next_try_at=None if wait is None else now + wait)


def _from(attempt: Attempt) -> str:
    return f"address {attempt.sender}"


def _nobody(attempt: Attempt) -> str:
    return f"name {tidy_name(attempt.name)}"
