"""Changes of accounts, and what must not become of them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from participation.account import Account
from participation.log_entry import Role
from participation.refusals import FieldProblem, InvalidInput, LastAdministrator

NAME = re.compile(r"[\w.@+-]{1,80}")  # an e-mail address, too; no blanks, which nobody sees
NAME_LIMIT = 80  # characters
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256  # characters; source: docs/decisions/0027
AT_THE_DESK = (Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR)


def refuse_unfit_name(name: str) -> None:
    """Return if somebody can sign in with a tidy name.

    Raises:
        InvalidInput: If it has blanks or signs that are hard to tell apart, or is too long.
    """
    if not NAME.fullmatch(name):
        raise InvalidInput({"name": FieldProblem("unfit-name", NAME_LIMIT)})


def refuse_unfit_password(password: str) -> None:
    """Return if a password is long enough; nothing else is asked of it.

    Raises:
        InvalidInput: If it is too short or too long.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput({"password": FieldProblem("too-short", SHORTEST_PASSWORD)})
    if len(password) > LONGEST_PASSWORD:
        raise InvalidInput({"password": FieldProblem("too-long", LONGEST_PASSWORD)})


def read_role(word: str) -> Role:
    """Return the role of that name in which somebody works at the desk.

    Raises:
        InvalidInput: If there is none.
    """
    if word not in set(AT_THE_DESK):
        raise InvalidInput({"role": FieldProblem("unknown-choice")})
    return Role(word)


def with_role(account: Account, role: Role) -> Account:
    """Return the account in another role."""
    return replace(account, role=role)


def locked(account: Account) -> Account:
    """Return the account locked, and signed out everywhere."""
    return replace(account, is_locked=True, sessions=())


def unlocked(account: Account) -> Account:
    """Return the account as it can be used again, at once."""
    return replace(account, is_locked=False, failures=0, next_try_at=None)


def with_password(account: Account, password_hash: str) -> Account:
    """Return the account with another password, signed out everywhere."""
    return replace(account, password_hash=password_hash, failures=0, next_try_at=None, sessions=())


def reset(account: Account, password_hash: str) -> Account:
    """Return the account with another password and without a second factor."""
    return replace(with_password(account, password_hash), totp_secret=None, totp_step=None)


def another_administrator(accounts: Iterable[Account], besides: Account) -> Account:
    """Return an administrator who remains if ``besides`` is none any more.

    Raises:
        LastAdministrator: If there is none.
    """
    for account in accounts:
        if account.id != besides.id and _administers(account):
            return account
    raise LastAdministrator(besides.name)


def ends_administrating(seen: Account, changed: Account) -> bool:
    """Say whether an administrator stops being one by a change."""
    return _administers(seen) and not _administers(changed)


def _administers(account: Account) -> bool:
    return account.role is Role.ADMINISTRATOR and not account.is_locked
