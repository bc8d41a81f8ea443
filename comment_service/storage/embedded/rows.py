"""Contributions and log entries as rows of JSON, and back."""

from typing import Any

import msgspec

from comment_service.storage.protocol import Kept, Once
from participation.contribution import Contribution
from participation.log_entry import LogEntry

Row = dict[str, Any]

_CONTRIBUTION = msgspec.json.Decoder(Contribution)
_ENTRY = msgspec.json.Decoder(LogEntry)
_ROW = msgspec.json.Decoder(Row)


class _OnceOnly(msgspec.Struct):
    once: Once | None = None


_ONCE = msgspec.json.Decoder(_OnceOnly)


def row_of(kept: Kept) -> Row:
    """Return a contribution and its request as plain values."""
    row: Row = msgspec.to_builtins(kept.contribution)
    return row | {"once": msgspec.to_builtins(kept.once)}


def row_of_entry(entry: LogEntry) -> Row:
    """Return a log entry as plain values."""
    row: Row = msgspec.to_builtins(entry)
    return row


def kept_of(row: Row) -> Kept:
    """Return what ``row_of`` made plain."""
    return Kept(msgspec.convert(row, Contribution), msgspec.convert(row["once"], Once | None))


def read_row(content: bytes) -> Row:
    """Return a row from its JSON."""
    return _ROW.decode(content)


def read_contribution(content: bytes) -> Contribution:
    """Return a contribution from the JSON of its row."""
    return _CONTRIBUTION.decode(content)


def read_once(content: bytes) -> Once | None:
    """Return the request from the JSON of its row, if there was one."""
    return _ONCE.decode(content).once


def read_kept(content: bytes) -> Kept:
    """Return a contribution and its request from the JSON of its row."""
    return Kept(read_contribution(content), read_once(content))


def read_entry(content: bytes) -> LogEntry:
    """Return a log entry from the JSON of its row."""
    return _ENTRY.decode(content)


def write_row(row: Row) -> bytes:
    """Return the JSON of a row."""
    return msgspec.json.encode(row)
