"""From one store to another: all that is kept, the log included, while the service goes on.

A copy that broke off goes on where it ended, and one that is repeated brings what is new. The
other store's log never says more than its records show: each change of one that is there
already is brought together with its entry.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from comment_service.storage.comparing import Compared, compare
from comment_service.storage.in_step import (
    Later,
    found,
    in_step,
    records,
    stock_of,
)
from comment_service.storage.protocol import (
    Change,
    DuplicateRecord,
    KeptRecord,
    Stock,
    Store,
    record_of,
)
from participation.log_chain import Logged

Seen = Callable[[int], None]


def copy(source: Store, target: Store, seen: Seen) -> None:
    """Bring everything that ``source`` keeps to ``target``; ``seen`` is told how many came by.

    Raises:
        StoreInUse: If the target keeps something of its own.
        DuplicateRecord: If it keeps something else under a key or a name of the source.
    """
    target.adopt(source.secret())
    known = {logged.entry.id for logged in target.log()}
    older: dict[str, KeptRecord] = {}  # what the target has in an older state, as it is now
    for part in in_step(source):
        if isinstance(part, Later):
            older |= part.records
            _append(target, part.entries, part.records)
        elif part.log:
            _append(target, [one for one in part.log if one.entry.id not in known], older)
        else:
            older |= _take(target, part)
        seen(len(part.entries) if isinstance(part, Later) else len(part))
    for kept in older.values():
        _bring(target, kept)


def compare_stores(source: Store, target: Store, seen: Seen) -> Compared:
    """Compare all that two stores keep."""
    there = records(source), source.log()
    return compare(there, (records(target), target.log()), seen)


def _take(target: Store, part: Stock) -> dict[str, KeptRecord]:
    """Hand over records and return those that the target has in another state."""
    try:
        target.take_over(part)
    except DuplicateRecord:
        return dict(_other_states(target, part))
    return {}


def _other_states(target: Store, part: Stock) -> Iterator[tuple[str, KeptRecord]]:
    for kept in part.records:
        try:
            target.take_over(stock_of(kept))
        except DuplicateRecord:
            record = record_of(kept)
            if found(target, record.id) is None:
                raise
            yield record.id, kept


def _append(target: Store, log: Iterable[Logged], now: Mapping[str, KeptRecord]) -> None:
    for in_now, group in groupby(log, lambda logged: logged.entry.subject in now):
        if in_now:
            for logged in group:
                _bring(target, now[logged.entry.subject], logged)
        else:
            target.take_over(Stock(log=tuple(group)))


def _bring(target: Store, kept: KeptRecord, *log: Logged) -> None:
    """Put a record as it is now, together with the log of its changes."""
    changed = record_of(kept)
    here = found(target, changed.id)
    if here is None:
        target.take_over(replace(stock_of(kept), log=log))
    elif record_of(here) == changed:
        target.take_over(Stock(log=log))
    else:
        change = Change(record_of(here), changed)
        target.change([change], [logged.entry for logged in log])
