"""What a record carries: the rows that one transaction put, as JSON of a fixed layout.

``{"contributions":[{…},{…}],"log":[{…}]}``, without a blank: so each row's place is known.
"""

from collections.abc import Iterable

import msgspec

BEGIN, BETWEEN, END = b'{"contributions":[', b'],"log":[', b"]}"
ONE = BETWEEN + END  # after the only contribution

Placed = tuple[int, bytes]  # where a row begins, in bytes from the beginning of the payload; itself


class _Payload(msgspec.Struct, gc=False):
    contributions: list[msgspec.Raw]
    log: list[msgspec.Raw]


_DECODER = msgspec.json.Decoder(_Payload)


def payload_of(contributions: Iterable[bytes], log: Iterable[bytes]) -> bytes:
    """Return the payload that carries these rows."""
    return b"".join((BEGIN, b",".join(contributions), BETWEEN, b",".join(log), END))


def rows_of(payload: bytes) -> tuple[list[Placed], list[Placed]]:
    """Return contributions and log entries, each with its place."""
    rows = _DECODER.decode(payload)
    contributions, log = list(map(bytes, rows.contributions)), list(map(bytes, rows.log))
    size_of_log = sum(map(len, log)) + max(0, len(log) - 1)
    return (
        _placed(contributions, len(BEGIN)),
        _placed(log, len(payload) - len(END) - size_of_log),
    )


def _placed(rows: list[bytes], at: int) -> list[Placed]:
    placed = []
    for row in rows:
        placed.append((at, row))
        at += len(row) + 1
    return placed
