"""What a record carries: the rows that one transaction put, as JSON of a fixed layout.

``{"contributions":[{…},{…}],"log":[{…}]}``, and behind the log, if there are any,
``,"decisions":[{…}],"accounts":[{…}]``; without a blank: so each row's place is known.
"""

from collections.abc import Iterable

import msgspec

BEGIN, LOG, END = b'{"contributions":[', b'],"log":[', b"]}"
DECISIONS, ACCOUNTS = b'],"decisions":[', b'],"accounts":['
ONE = LOG + END  # after the only contribution

Placed = tuple[int, bytes]  # where a row begins, in bytes from the beginning of the payload; itself


class _Payload(msgspec.Struct, gc=False):
    contributions: list[msgspec.Raw]
    log: list[msgspec.Raw]
    decisions: list[msgspec.Raw] = []
    accounts: list[msgspec.Raw] = []


_DECODER = msgspec.json.Decoder(_Payload)


def payload_of(
    contributions: Iterable[bytes] = (),
    log: Iterable[bytes] = (),
    decisions: Iterable[bytes] = (),
    accounts: Iterable[bytes] = (),
) -> bytes:
    """Return the payload that carries these rows."""
    front = (BEGIN, b",".join(contributions), LOG, b",".join(log))
    behind = b",".join(decisions), b",".join(accounts)
    if not any(behind):
        return b"".join((*front, END))
    return b"".join((*front, DECISIONS, behind[0], ACCOUNTS, behind[1], END))


def rows_of(payload: bytes) -> tuple[list[Placed], list[Placed], list[Placed], list[Placed]]:
    """Return contributions, log entries, decisions and accounts, each with its place."""
    rows = _DECODER.decode(payload)
    contributions, at = _placed(rows.contributions, len(BEGIN))
    log, at = _placed(rows.log, at + len(LOG))
    decisions, at = _placed(rows.decisions, at + len(DECISIONS))
    accounts, at = _placed(rows.accounts, at + len(ACCOUNTS))
    return contributions, log, decisions, accounts


def _placed(raw: list[msgspec.Raw], at: int) -> tuple[list[Placed], int]:
    """Return rows with their places, and where the last one ends."""
    placed = []
    for row in map(bytes, raw):
        placed.append((at, row))
        at += len(row) + 1
    return placed, at - 1 if placed else at
