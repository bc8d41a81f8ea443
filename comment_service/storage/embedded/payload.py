"""What a record carries: the rows that one transaction put, as JSON of a fixed layout.

``{"contributions":[{…},{…}],"log":[{…}]}``, and behind the log, if there are any,
``,"decisions":[{…}],"accounts":[{…}],"supports":[{…}]``; without a blank: so each row's place is
known.
"""

from collections.abc import Iterable

import msgspec

BEGIN, LOG, END = b'{"contributions":[', b'],"log":[', b"]}"
DECISIONS, ACCOUNTS, SUPPORTS = b'],"decisions":[', b'],"accounts":[', b'],"supports":['
ONE = LOG + END  # after the only contribution

Placed = tuple[int, bytes]  # where a row begins, in bytes from the beginning of the payload; itself


class _Payload(msgspec.Struct, gc=False):
    contributions: list[msgspec.Raw]
    log: list[msgspec.Raw]
    decisions: list[msgspec.Raw] = []
    accounts: list[msgspec.Raw] = []
    supports: list[msgspec.Raw] = []


_DECODER = msgspec.json.Decoder(_Payload)


def payload_of(
    contributions: Iterable[bytes] = (),
    log: Iterable[bytes] = (),
    decisions: Iterable[bytes] = (),
    accounts: Iterable[bytes] = (),
    supports: Iterable[bytes] = (),
) -> bytes:
    """Return the payload that carries these rows."""
    front = (BEGIN, b",".join(contributions), LOG, b",".join(log))
    behind = b",".join(decisions), b",".join(accounts), b",".join(supports)
    if not any(behind):
        return b"".join((*front, END))
    all_behind = (DECISIONS, behind[0], ACCOUNTS, behind[1], SUPPORTS, behind[2])
    return b"".join((*front, *all_behind, END))


def rows_of(
    payload: bytes,
) -> tuple[list[Placed], list[Placed], list[Placed], list[Placed], list[Placed]]:
    """Return contributions, log entries, decisions, accounts, supports, each with its place."""
    rows = _DECODER.decode(payload)
    contributions, at = _placed(rows.contributions, len(BEGIN))
    log, at = _placed(rows.log, at + len(LOG))
    decisions, at = _placed(rows.decisions, at + len(DECISIONS))
    accounts, at = _placed(rows.accounts, at + len(ACCOUNTS))
    supports, at = _placed(rows.supports, at + len(SUPPORTS))
    return contributions, log, decisions, accounts, supports


def _placed(raw: list[msgspec.Raw], at: int) -> tuple[list[Placed], int]:
    """Return rows with their places, and where the last one ends."""
    placed = []
    for row in map(bytes, raw):
        placed.append((at, row))
        at += len(row) + 1
    return placed, at - 1 if placed else at
