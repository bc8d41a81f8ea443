"""From a store to a backup, while the service goes on; and from a backup to an empty store."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from comment_service.storage.backup_file import FORMAT, Backup, Writer, new_backup
from comment_service.storage.backup_lines import (
    AccountLine,
    ContributionLine,
    DecisionLine,
    EntryLine,
    Head,
    Line,
    SupportLine,
)
from comment_service.storage.comparing import Compared, compare
from comment_service.storage.in_step import Later, in_step, records
from comment_service.storage.parts import parts
from comment_service.storage.protocol import Kept, KeptRecord, Store, StoreInUse
from participation.account import Account
from participation.decision import Decision
from participation.support import Support

Seen = Callable[[int], None]


def back_up(store: Store, path: Path, made_at: datetime, seen: Seen) -> Writer:
    """Write all that ``store`` keeps to a new file; what was acknowledged before is in it.

    Returns:
        The writer, which knows how much of what it wrote.

    Raises:
        FileExistsError: If there is a file of that name.
    """
    with new_backup(path) as writer:
        writer.write(Head(FORMAT, made_at, store.secret()))
        for part in in_step(store):
            if isinstance(part, Later):
                log, changed = part.entries, list(part.records.values())
            else:
                log, changed = part.log, list(part.records)
            for logged in log:
                writer.write(EntryLine(logged.entry, logged.digest))
            for kept in changed:
                writer.write(_line(kept))
            seen(len(log) + len(changed))
    return writer


def restore(store: Store, backup: Backup, seen: Seen) -> Compared:
    """Fill an empty store from a backup and compare the two.

    Raises:
        StoreInUse: If the store keeps anything.
    """
    if next(store.stock(), None) is not None:
        raise StoreInUse("it keeps contributions already")
    store.adopt(backup.head.secret)
    for part in parts(
        backup.contributions(),
        backup.decisions(),
        backup.accounts(),
        backup.log,
        supports=backup.supports(),
    ):
        store.take_over(part)
        seen(len(part))
    return compare((backup.records(), backup.log), (records(store), store.log()), seen)


def _line(kept: KeptRecord) -> Line:
    match kept:
        case Kept():
            return ContributionLine(kept.contribution, kept.once)
        case Decision():
            return DecisionLine(kept)
        case Account():
            return AccountLine(kept)
        case Support():
            return SupportLine(kept)
