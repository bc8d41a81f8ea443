"""What it means to carry out a change, for stores that hold the turn while they do it."""

from collections.abc import Iterable
from typing import Protocol

from comment_service.storage.protocol import Change, DuplicateRecord, Record
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.refusals import (
    AccountNameTaken,
    ChangedMeanwhile,
    Refusal,
    UnknownAccount,
    UnknownContribution,
    UnknownDecision,
)
from participation.support import Support


class Records(Protocol):
    """What is kept, as a transaction sees it."""

    def found(self, like: Record) -> Record | None:
        """Return the record of the kind and id of another one, if there is one."""

    def accounts(self) -> Iterable[Account]:
        """Return all accounts."""

    def put(self, record: Record) -> None:
        """Put a record where there is none, or another one of that id."""


def carry_out(change: Change, records: Records) -> None:
    """Put what is new or changed in its place.

    Raises:
        UnknownContribution, UnknownDecision, UnknownAccount: If what was seen is not there.
        ChangedMeanwhile: If it is no longer as it was seen.
        AccountNameTaken: If another account has that name or subject.
        DuplicateRecord: If the id of a new record is taken.
    """
    known = records.found(change.changed)
    if change.seen is None and known is not None:
        raise DuplicateRecord(change.changed.id)
    if change.seen is not None and known is None:
        raise unknown(change.seen)
    if known != change.seen:
        raise ChangedMeanwhile(change.changed.id)
    put(change.changed, records)


def put(record: Record, records: Records) -> None:
    """Put a record in its place.

    Raises:
        AccountNameTaken: If another account has that name or subject.
    """
    if isinstance(record, Account) and any(is_same(record, one) for one in records.accounts()):
        raise AccountNameTaken(record.name)
    records.put(record)


def take_over(record: Record, records: Records) -> None:
    """Put a record of another store, unless it is here.

    Raises:
        DuplicateRecord: If something else is here under its id or name.
    """
    known = records.found(record)
    if known not in {None, record}:
        raise DuplicateRecord(record.id)
    if known is None:
        try:
            put(record, records)
        except AccountNameTaken:
            raise DuplicateRecord(record.id) from None


def is_same(account: Account, other: Account) -> bool:
    """Say whether the two cannot be told apart when somebody signs in."""
    same_subject = account.subject is not None and account.subject == other.subject
    return account.id != other.id and (account.name == other.name or same_subject)


def unknown(record: Record) -> Refusal:
    """Return the refusal that says that there is no such record."""
    match record:
        case Contribution():
            return UnknownContribution(record.id)
        case Decision():
            return UnknownDecision(record.id)
        case Account():
            return UnknownAccount(record.id)
        case Support():
            return UnknownContribution(record.contribution)
