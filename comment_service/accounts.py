"""Accounts as they are kept: found by name, and changed whoever else changes them."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from comment_service.storage.accounts_in_memory import Change
from participation.account import Account
from participation.log_entry import LogEntry
from participation.refusals import ChangedMeanwhile

ATTEMPTS = 20  # to change an account that others change at the same moment


class KeepsAccounts(Protocol):
    """What is asked of a store here; see ``storage/protocol.py``."""

    def account(self, account_id: str) -> Account:
        """Return one account."""

    def accounts(self) -> list[Account]:
        """Return all accounts, by name."""

    def change(self, changes: Sequence[Change], entries: Sequence[LogEntry]) -> None:
        """Carry out the changes and append the entries to the log."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a store."""

    store: KeepsAccounts

    def named(self, name: str) -> Account | None:
        """Return the account of that name, however it is typed."""
        wanted = tidy_name(name)
        return next((one for one in self.store.accounts() if one.name == wanted), None)

    def of_subject(self, subject: str) -> Account | None:
        """Return the account of whom the provider of single sign-on calls so."""
        return next((one for one in self.store.accounts() if one.subject == subject), None)

    def edit(
        self,
        account_id: str,
        edit: Callable[[Account], Account],
        entries: Callable[[Account, Account], Sequence[LogEntry]] = lambda _, __: (),
    ) -> Account:
        """Put an account in the place of what it is at that moment, and return it.

        Raises:
            UnknownAccount: If there is none of that id.
            ChangedMeanwhile: If others change it all the time.
        """
        for _ in range(ATTEMPTS):
            seen = self.store.account(account_id)
            changed = edit(seen)
            if changed == seen:
                return seen
            try:
                self.store.change([Change(seen, changed)], entries(seen, changed))
            except ChangedMeanwhile:
                continue
            return changed
        raise ChangedMeanwhile(account_id)


def tidy_name(name: str) -> str:
    """Return a name to sign in with as it is kept: composed, without capitals or blank rim."""
    return unicodedata.normalize("NFC", name).strip().casefold()
