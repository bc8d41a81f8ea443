"""The stock of a store, cut into parts that fit into memory and into one transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from comment_service.storage.protocol import PART, Kept, Stock
from participation.log_entry import LogEntry

T = TypeVar("T")


def parts(contributions: Iterable[Kept], log: Iterable[LogEntry]) -> Iterator[Stock]:
    """Return contributions, then log entries, in parts of at most PART."""
    yield from (Stock(contributions=part) for part in _cut(contributions))
    yield from (Stock(log=part) for part in _cut(log))


def _cut(entries: Iterable[T]) -> Iterator[tuple[T, ...]]:
    rest = iter(entries)
    while part := tuple(islice(rest, PART)):
        yield part
