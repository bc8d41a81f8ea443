"""Accounts in memory, until the stores keep them."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from participation.account import Account
from participation.log_entry import LogEntry
from participation.refusals import AccountNameTaken, ChangedMeanwhile, UnknownAccount


@dataclass(frozen=True, slots=True)
class Change:
    """The wish to put ``changed`` in the place of ``seen``; where nothing was seen, it is new."""

    seen: Account | None
    changed: Account


class AccountsInMemory:
    """Keeps accounts in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[str, Account] = {}
        self._log: list[LogEntry] = []
        self._lock = Lock()

    def account(self, account_id: str) -> Account:
        """Return one account."""
        try:
            return self._kept[account_id]
        except KeyError:
            raise UnknownAccount(account_id) from None

    def accounts(self) -> list[Account]:
        """Return all accounts, by name."""
        return sorted(self._kept.values(), key=lambda one: one.name)

    def change(self, changes: Sequence[Change], entries: Sequence[LogEntry]) -> None:
        """Carry out the changes and append the entries to the log."""
        with self._lock:
            for one in changes:
                if self._kept.get(one.changed.id) != one.seen:
                    raise ChangedMeanwhile(one.changed.id)
                if any(
                    a.id != one.changed.id
                    and (
                        a.name == one.changed.name
                        or (a.subject and a.subject == one.changed.subject)
                    )
                    for a in self._kept.values()
                ):
                    raise AccountNameTaken(one.changed.name)
            self._kept |= {one.changed.id: one.changed for one in changes}
            self._log.extend(entries)
