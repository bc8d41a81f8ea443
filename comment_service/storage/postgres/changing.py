"""Changes of any record, in a transaction of several statements."""

from collections.abc import Sequence

from comment_service.storage.changing import unknown
from comment_service.storage.postgres import statements
from comment_service.storage.postgres.database import Session
from comment_service.storage.postgres.rows import (
    Plain,
    account_of,
    contribution_of,
    decision_of,
    entry_of,
    row_of,
    row_of_account,
    row_of_decision,
    row_of_support,
    support_of,
)
from comment_service.storage.protocol import Change, DuplicateRecord, Record
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_entry import LogEntry
from participation.refusals import AccountNameTaken, ChangedMeanwhile
from participation.support import Support


def change(
    changes: Sequence[Change],
    entries: Sequence[LogEntry],
    session: Session,
    repeated: bool,  # noqa: FBT001  # Work hands it over
) -> None:
    """Carry out the changes, one after the other, and append the entries."""
    if repeated and _is_done(changes, entries, session):
        return
    for each in changes:
        if each.seen is None:
            add(each.changed, session)
        else:
            _replace(each.seen, each.changed, session)
    # Last: nobody else can append an entry until this is committed.
    session.write(statements.LOG_ENTRY, [statements.appending(entry) for entry in entries])


def found(like: Record, session: Session) -> Record | None:
    """Return the record of the kind and id of another one, if there is one."""
    wanted = {"record_id": like.id}
    match like:
        case Contribution():
            return next(map(contribution_of, session.rows(statements.GET, wanted)), None)
        case Decision():
            return next(map(decision_of, session.rows(statements.GET_DECISION, wanted)), None)
        case Account():
            return next(map(account_of, session.rows(statements.GET_ACCOUNT, wanted)), None)
        case Support():
            return next(map(support_of, session.rows(statements.GET_SUPPORT, wanted)), None)


def add(new: Record, session: Session) -> None:
    """Add a record.

    Raises:
        DuplicateRecord: If its id is taken.
        AccountNameTaken: If another account has that name or subject.
    """
    match new:
        case Contribution():
            statement, columns = statements.ADD, row_of(new)
        case Decision():
            statement, columns = statements.ADD_DECISION, row_of_decision(new)
        case Support():
            statement, columns = statements.ADD_SUPPORT, row_of_support(new)
        case Account():
            _add_account(new, session)
            return
    if not session.rows(statement, columns | statements.step(new.id)):
        raise DuplicateRecord(new.id)


def _add_account(new: Account, session: Session) -> None:
    if found(new, session) is not None:
        raise DuplicateRecord(new.id)
    _refuse_same_name(new, session)
    session.rows(statements.ADD_ACCOUNT, row_of_account(new))


def _replace(seen: Record, changed: Record, session: Session) -> None:
    if isinstance(changed, Account):  # what the name is refused for comes last
        _refuse_other(seen, session)
        _refuse_same_name(changed, session)
    statement, seen_row, changed_row = _put(seen, changed)
    parameters = statements.replacing(seen_row, changed_row) | statements.step(str(changed))
    if not session.rows(statement, parameters):
        _refuse_other(seen, session)
        raise ChangedMeanwhile(seen.id)


def _refuse_other(seen: Record, session: Session) -> None:
    here = found(seen, session)
    if here is None:
        raise unknown(seen)
    if here != seen:
        raise ChangedMeanwhile(seen.id)


def _put(seen: Record, changed: Record) -> tuple[bytes, Plain, Plain]:
    match seen, changed:
        case Contribution(), Contribution():
            return statements.PUT, row_of(seen), row_of(changed)
        case Decision(), Decision():
            return statements.PUT_DECISION, row_of_decision(seen), row_of_decision(changed)
        case Account(), Account():
            return statements.PUT_ACCOUNT, row_of_account(seen), row_of_account(changed)
        case Support(), Support():
            return statements.PUT_SUPPORT, row_of_support(seen), row_of_support(changed)
    raise TypeError(seen)


def _refuse_same_name(record: Record, session: Session) -> None:
    if isinstance(record, Account):
        asked = {"id": record.id, "name": record.name, "subject": record.subject}
        if session.rows(statements.SAME_NAME, asked):
            raise AccountNameTaken(record.name)


def _is_done(changes: Sequence[Change], entries: Sequence[LogEntry], session: Session) -> bool:
    """Say whether all was done before its answer was lost."""
    if entries:
        return is_logged(entries[0], session)
    return all(found(each.changed, session) == each.changed for each in changes)


def is_logged(entry: LogEntry, session: Session) -> bool:
    """Return whether an entry is in the log."""
    rows = session.rows(statements.ENTRY, {"entry_id": entry.id})
    return bool(rows) and entry_of(rows[0]).entry == entry
