"""From a store to a backup, while the service goes on; and from a backup to an empty store."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from comment_service.storage.backup_file import (
    FORMAT,
    Backup,
    ContributionLine,
    EntryLine,
    Head,
    Writer,
    new_backup,
)
from comment_service.storage.comparing import Compared, compare
from comment_service.storage.in_step import Later, contributions, in_step
from comment_service.storage.parts import parts
from comment_service.storage.protocol import ContributionStore, Stock, StoreInUse

Seen = Callable[[int], None]


def back_up(store: ContributionStore, path: Path, made_at: datetime, seen: Seen) -> Writer:
    """Write all that ``store`` keeps to a new file; what was acknowledged before is in it.

    Returns:
        The writer, which knows how many contributions and entries it wrote.

    Raises:
        FileExistsError: If there is a file of that name.
    """
    with new_backup(path) as writer:
        writer.write(Head(FORMAT, made_at, store.secret()))
        written: set[str] = set()
        for part in in_step(store):
            if isinstance(part, Later):
                _write_later(writer, part, written)
            else:
                _write(writer, part)
                written |= {kept.contribution.id for kept in part.contributions}
                seen(len(part.contributions + part.log))
    return writer


def restore(store: ContributionStore, backup: Backup, seen: Seen) -> Compared:
    """Fill an empty store from a backup and compare the two.

    Raises:
        StoreInUse: If the store keeps anything.
    """
    if next(store.stock(), None) is not None:
        raise StoreInUse("it keeps contributions already")
    store.adopt(backup.head.secret)
    for part in parts(backup.contributions(), backup.log):
        store.take_over(part)
        seen(len(part.contributions + part.log))
    here = contributions(store), store.log()
    return compare((backup.contributions(), backup.log), here, seen)


def _write(writer: Writer, part: Stock) -> None:
    for kept in part.contributions:
        writer.write(ContributionLine(kept.contribution, kept.once))
    for entry in part.log:
        writer.write(EntryLine(entry))


def _write_later(writer: Writer, later: Later, written: set[str]) -> None:
    for entry in later.entries:
        # What came in after the contributions were read is left out, with its entries.
        if entry.contribution_id in written:
            writer.write(EntryLine(entry, later.contributions[entry.contribution_id]))
