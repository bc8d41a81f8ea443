"""Accounts as they are kept: found by name, and changed whoever else changes them."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from comment_service.storage.protocol import Change, Store
from participation.account import Account
from participation.refusals import ChangedMeanwhile

ATTEMPTS = 20  # to change an account that others change at the same moment


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a store."""

    store: Store

    def named(self, name: str) -> Account | None:
        """Return the account of that name, however it is typed."""
        wanted = tidy_name(name)
        return next((one for one in self.store.accounts() if one.name == wanted), None)

    def of_subject(self, subject: str) -> Account | None:
        """Return the account of whom the provider of single sign-on calls so."""
        return next((one for one in self.store.accounts() if one.subject == subject), None)

    def edit(self, account_id: str, edit: Callable[[Account], Account]) -> Account:
        """Put an account in the place of what it is at that moment, and return it.

        This is for what comes and goes by itself, sessions and tries: it is not in the log.

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
                self.store.change([Change(seen, changed)], [])
            except ChangedMeanwhile:
                continue
            return changed
        raise ChangedMeanwhile(account_id)


def tidy_name(name: str) -> str:
    """Return a name to sign in with as it is kept: composed, without capitals or blank rim."""
    return unicodedata.normalize("NFC", name).strip().casefold()
