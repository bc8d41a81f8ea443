"""A whole stock in step with its log, although the service goes on changing both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, takewhile

from comment_service.storage.parts import parts
from comment_service.storage.protocol import ContributionStore, Kept, Stock
from participation.contribution import Contribution
from participation.log_entry import LogEntry


@dataclass(frozen=True, slots=True)
class Later:
    """What was changed while the stock was read: the entries, and what each contribution is now.

    A contribution that came in meanwhile may be among them without having been in the stock.
    """

    entries: tuple[LogEntry, ...]
    contributions: Mapping[str, Contribution]


def in_step(store: ContributionStore) -> Iterator[Stock | Later]:
    """Return all that is kept: contributions by id, then the log, then what changed meanwhile.

    The log is read before the contributions, so that none is older than the log says; then
    it is read again until nothing is new. In the end all changes are there, with what they made.
    """
    entries = store.log()
    yield from (Stock(contributions=part.contributions) for part in _with_contributions(store))
    yield from parts((), entries)
    read = len(entries)
    while new := tuple(store.log()[read:]):
        yield Later(new, {each: store.get(each) for each in {e.contribution_id for e in new}})
        read += len(new)


def contributions(store: ContributionStore) -> Iterator[Kept]:
    """Return all contributions by id."""
    return chain.from_iterable(part.contributions for part in _with_contributions(store))


def _with_contributions(store: ContributionStore) -> Iterator[Stock]:
    return takewhile(lambda part: part.contributions, store.stock())
