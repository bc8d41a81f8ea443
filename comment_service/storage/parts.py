"""The stock of a store, cut into parts that fit into memory and into one transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from comment_service.storage.protocol import PART, Kept, Stock
from participation.account import Account
from participation.decision import Decision
from participation.log_chain import Logged
from participation.support import Support

T = TypeVar("T")


def parts(
    contributions: Iterable[Kept] = (),
    decisions: Iterable[Decision] = (),
    accounts: Iterable[Account] = (),
    log: Iterable[Logged] = (),
    *,
    supports: Iterable[Support] = (),
) -> Iterator[Stock]:
    """Return records in the order of a stock, then log entries, in parts of at most PART."""
    yield from (Stock(contributions=part) for part in _cut(contributions))
    yield from (Stock(decisions=part) for part in _cut(decisions))
    yield from (Stock(accounts=part) for part in _cut(accounts))
    yield from (Stock(supports=part) for part in _cut(supports))
    yield from (Stock(log=part) for part in _cut(log))


def _cut(entries: Iterable[T]) -> Iterator[tuple[T, ...]]:
    rest = iter(entries)
    while part := tuple(islice(rest, PART)):
        yield part
