"""The log of a store without its chain, and with it."""

from comment_service.storage.protocol import Store
from participation.log_chain import Logged, chained
from participation.log_entry import LogEntry


def logged(store: Store) -> list[LogEntry]:
    """Return the entries by themselves."""
    return [one.entry for one in store.log()]


def chain(*entries: LogEntry) -> tuple[Logged, ...]:
    """Return entries as the first ones of a log."""
    return tuple(chained(entries))
