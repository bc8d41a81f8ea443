"""From one store to another: all that is kept, the log included, while the service goes on.

A copy that broke off goes on where it ended, and one that is repeated brings what is new. The
other store's log never says more than its contributions show: each change of one that is there
already is brought together with its entry.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from comment_service.storage.comparing import Compared, compare
from comment_service.storage.in_step import Later, contributions, in_step
from comment_service.storage.protocol import (
    ContributionStore,
    DuplicateContribution,
    Kept,
    Stock,
)
from participation.contribution import Contribution
from participation.log_entry import LogEntry
from participation.refusals import UnknownContribution

Seen = Callable[[int], None]


def copy(source: ContributionStore, target: ContributionStore, seen: Seen) -> None:
    """Bring everything that ``source`` keeps to ``target``; ``seen`` is told how many came by.

    Raises:
        StoreInUse: If the target keeps something of its own.
        DuplicateContribution: If it keeps something else under an idempotency key of the source.
    """
    target.adopt(source.secret())
    known = {entry.id for entry in target.log()}
    older: dict[str, Contribution] = {}  # what the target has in an older state, as it is now
    for part in in_step(source):
        if isinstance(part, Later):
            if not _append_later(target, part):
                return
        elif part.log:
            _append(target, [entry for entry in part.log if entry.id not in known], older)
        else:
            older |= _take(target, part.contributions)
        seen(_size(part))


def compare_stores(source: ContributionStore, target: ContributionStore, seen: Seen) -> Compared:
    """Compare all that two stores keep."""
    there = contributions(source), source.log()
    return compare(there, (contributions(target), target.log()), seen)


def _size(part: Stock | Later) -> int:
    return len(part.entries) if isinstance(part, Later) else len(part.contributions + part.log)


def _take(target: ContributionStore, part: Sequence[Kept]) -> dict[str, Contribution]:
    """Hand over contributions and return those that the target has in another state."""
    try:
        target.take_over(Stock(contributions=tuple(part)))
    except DuplicateContribution:
        return dict(_other_states(target, part))
    return {}


def _other_states(
    target: ContributionStore, part: Sequence[Kept]
) -> Iterable[tuple[str, Contribution]]:
    for kept in part:
        try:
            target.take_over(Stock(contributions=(kept,)))
        except DuplicateContribution:
            if not _has(target, kept.contribution.id):
                raise
            yield kept.contribution.id, kept.contribution


def _append_later(target: ContributionStore, later: Later) -> bool:
    try:
        _append(target, later.entries, later.contributions)
    except UnknownContribution:
        return False  # it came in meanwhile: it is brought next time, and all that was logged since
    return True


def _append(
    target: ContributionStore, entries: Iterable[LogEntry], now: Mapping[str, Contribution]
) -> None:
    for in_now, group in groupby(entries, lambda entry: entry.contribution_id in now):
        if in_now:
            for entry in group:
                _bring(target, entry, now[entry.contribution_id])
        else:
            target.take_over(Stock(log=tuple(group)))


def _bring(target: ContributionStore, entry: LogEntry, changed: Contribution) -> None:
    seen = target.get(changed.id)
    if seen == changed:
        target.take_over(Stock(log=(entry,)))
    else:
        target.change(seen, changed, entry)


def _has(target: ContributionStore, contribution_id: str) -> bool:
    try:
        target.get(contribution_id)
    except UnknownContribution:
        return False
    return True
