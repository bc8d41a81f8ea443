"""Looking after accounts: who may work at the desk, as what, and with which password.

Each change stands in the log with the role of whoever made it. What the log says of an account is
its role, that it is locked or not, and that it got another password or second factor: no name.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from comment_service.accounts import Accounts, tidy_name
from comment_service.passwords import Passwords
from comment_service.second_factor import step_of
from comment_service.storage.protocol import Change
from participation.account import Account
from participation.account_changes import (
    another_administrator,
    ends_administrating,
    locked,
    refuse_unfit_name,
    refuse_unfit_password,
    reset,
    unlocked,
    with_password,
    with_role,
)
from participation.log_entry import Changed, LogEntry, Role
from participation.refusals import FieldProblem, InvalidInput

Words = tuple[str, str]  # what the log says: before, after
NEW_PASSWORD: Words = ("password", "other password")
SECOND_FACTOR: Words = ("no second factor", "second factor")
SUBJECT: Words = ("no single sign-on", "single sign-on")


@dataclass(frozen=True, slots=True)
class Administering:
    """The use cases of accounts, with all they lean on handed in.

    ``by`` is the role of whoever does it; operators at the command line act as administrators.
    """

    accounts: Accounts
    passwords: Passwords
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def add(
        self,
        name: str,
        role: Role,
        *,
        by: Role,
        password: str | None = None,
        subject: str | None = None,
    ) -> Account:
        """Make an account; without a password its owner signs in with a provider.

        Raises:
            InvalidInput: If name or password is unfit.
            AccountNameTaken: If another account has that name or subject.
        """
        tidy = tidy_name(name)
        refuse_unfit_name(tidy)
        hashed = None if password is None else self._hash(password)
        account = Account(self.new_id(), tidy, role, password_hash=hashed, subject=subject or None)
        entry = self._entry(account, ("", role), by)
        self.accounts.store.change([Change(None, account)], [entry])
        return account

    def change_role(self, account_id: str, role: Role, *, by: Role, force: bool = False) -> Account:
        """Give an account another role.

        Raises:
            UnknownAccount: If there is none of that id.
            LastAdministrator: If nobody else could look after accounts, unless forced.
        """
        seen = self.accounts.store.account(account_id)
        return self._change(seen, with_role(seen, role), (seen.role, role), by=by, force=force)

    def lock(self, account_id: str, *, by: Role, force: bool = False) -> Account:
        """Lock an account for good; whoever is signed in with it is signed out.

        Raises:
            UnknownAccount: If there is none of that id.
            LastAdministrator: If nobody else could look after accounts, unless forced.
        """
        seen = self.accounts.store.account(account_id)
        return self._change(seen, locked(seen), ("open", "locked"), by=by, force=force)

    def unlock(self, account_id: str, *, by: Role) -> Account:
        """Open an account that was locked, or that has to wait after wrong tries.

        Raises:
            UnknownAccount: If there is none of that id.
        """
        seen = self.accounts.store.account(account_id)
        return self._change(seen, unlocked(seen), ("locked", "open"), by=by)

    def reset(self, account_id: str, password: str, *, by: Role) -> Account:
        """Give an account another password, take its second factor, and sign it out everywhere.

        Raises:
            UnknownAccount: If there is none of that id.
            InvalidInput: If the password is unfit.
        """
        seen = self.accounts.store.account(account_id)
        return self._change(seen, reset(seen, self._hash(password)), NEW_PASSWORD, by=by)

    def change_password(self, account: Account, old: str, new: str) -> Account:
        """Let somebody change their own password; all their browsers are signed out.

        Raises:
            InvalidInput: If the old one is another, or the new one is unfit.
        """
        if not self.passwords.fits(account.password_hash, old):
            raise InvalidInput({"old": FieldProblem("wrong-password")})
        seen = self.accounts.store.account(account.id)
        changed = with_password(seen, self._hash(new))
        return self._change(seen, changed, NEW_PASSWORD, by=account.role)

    def set_up_second_factor(self, account: Account, secret: str, code: str) -> Account:
        """Let somebody set up a second factor, if their app already makes the right code.

        Raises:
            InvalidInput: If it does not, or one is set up already.
        """
        seen = self.accounts.store.account(account.id)
        step = step_of(secret, code, self.clock(), after=None)
        if step is None or seen.totp_secret is not None:
            raise InvalidInput({"code": FieldProblem("wrong-code")})
        changed = replace(seen, totp_secret=secret, totp_step=step)
        return self._change(seen, changed, SECOND_FACTOR, by=account.role)

    def bind(self, account: Account, subject: str) -> Account:
        """Note what the provider of single sign-on calls the owner of an account."""
        changed = replace(account, subject=subject)
        return self._change(account, changed, SUBJECT, by=account.role)

    def _change(
        self, seen: Account, changed: Account, words: Words, *, by: Role, force: bool = False
    ) -> Account:
        if changed == seen:
            return seen
        changes = [Change(seen, changed)]
        if ends_administrating(seen, changed) and not force:
            # Compared in the same transaction: two who lock each other do not both succeed.
            other = another_administrator(self.accounts.store.accounts(), besides=seen)
            changes.append(Change(other, other))
        self.accounts.store.change(changes, [self._entry(seen, words, by)])
        return changed

    def _entry(self, account: Account, words: Words, by: Role) -> LogEntry:
        old, new = words
        return LogEntry(
            self.new_id(), self.clock(), by, account.id, Changed.ACCOUNT, str(old), str(new)
        )

    def _hash(self, password: str) -> str:
        refuse_unfit_password(password)
        return self.passwords.hash(password)
