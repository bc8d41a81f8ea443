"""What a record carries: the rows that one transaction put, as JSON of a fixed layout.

``{"contributions":[{…},{…}],"log":[{…}]}``, without a blank: so each row's place is known.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

BEGIN, BETWEEN, END = b'{"contributions":[', b'],"log":[', b"]}"


class Placed(NamedTuple):
    """A row and where it begins, in bytes from the beginning of the payload."""

    at: int
    row: bytes


class _Payload(msgspec.Struct, gc=False):
    contributions: list[msgspec.Raw]
    log: list[msgspec.Raw]


_DECODER = msgspec.json.Decoder(_Payload)


def payload_of(contributions: Iterable[bytes], log: Iterable[bytes]) -> bytes:
    """Return the payload that carries these rows."""
    return b"".join((BEGIN, b",".join(contributions), BETWEEN, b",".join(log), END))


def rows_of(payload: bytes) -> tuple[Iterator[Placed], Iterator[Placed]]:
    """Return contributions and log entries, each with its place."""
    rows = _DECODER.decode(payload)
    contributions, log = map(bytes, rows.contributions), [*map(bytes, rows.log)]
    size_of_log = sum(map(len, log)) + max(0, len(log) - 1)
    return (
        _placed(contributions, len(BEGIN)),
        _placed(log, len(payload) - len(END) - size_of_log),
    )


def _placed(rows: Iterable[bytes], at: int) -> Iterator[Placed]:
    for row in rows:
        yield Placed(at, row)
        at += len(row) + 1
