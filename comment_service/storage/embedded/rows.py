"""Records and log entries as rows of JSON, and back."""

from typing import Any

import msgspec

from comment_service.storage.protocol import Kept, Once
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_chain import Logged
from participation.log_entry import LogEntry
from participation.support import Support

Row = dict[str, Any]

_CONTRIBUTION = msgspec.json.Decoder(Contribution)
_ENTRY = msgspec.json.Decoder(LogEntry)
_DECISION = msgspec.json.Decoder(Decision)
_ACCOUNT = msgspec.json.Decoder(Account)
_SUPPORT = msgspec.json.Decoder(Support)
_ROW = msgspec.json.Decoder(Row)
_RARE = (  # left out where they say nothing
    "transcribed",
    "hidden",
    "is_blacked_out",
    "erased_at",
    "proposed_wording",
    "in_reply_to",
    "edited_at",
    "earlier_texts",
    "author_mark",
    "waiting_because",
)


class _OnceOnly(msgspec.Struct):
    once: Once | None = None


class _DigestOnly(msgspec.Struct):
    digest: str


_ONCE = msgspec.json.Decoder(_OnceOnly)
_DIGEST = msgspec.json.Decoder(_DigestOnly)


def row_of(kept: Kept) -> Row:
    """Return a contribution and its request as plain values."""
    row: Row = msgspec.to_builtins(kept.contribution)
    for name in _RARE:
        if not row[name] and row[name] != "":  # an empty text is not none
            del row[name]
    row["once"] = msgspec.to_builtins(kept.once)
    return row


def row_of_record(record: Decision | Account | Support) -> Row:
    """Return a decision, an account or a support as plain values."""
    row: Row = msgspec.to_builtins(record)
    return row


def row_of_entry(logged: Logged) -> Row:
    """Return a log entry and its digest as plain values."""
    row: Row = msgspec.to_builtins(logged.entry)
    return row | {"digest": logged.digest}


def kept_of(row: Row) -> Kept:
    """Return what ``row_of`` made plain."""
    return Kept(msgspec.convert(row, Contribution), msgspec.convert(row["once"], Once | None))


def decision_of(row: Row) -> Decision:
    """Return the decision that ``row_of_record`` made plain."""
    return msgspec.convert(row, Decision)


def account_of(row: Row) -> Account:
    """Return the account that ``row_of_record`` made plain."""
    return msgspec.convert(row, Account)


def support_of(row: Row) -> Support:
    """Return the support that ``row_of_record`` made plain."""
    return msgspec.convert(row, Support)


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


def read_decision(content: bytes) -> Decision:
    """Return a decision from the JSON of its row."""
    return _DECISION.decode(content)


def read_account(content: bytes) -> Account:
    """Return an account from the JSON of its row."""
    return _ACCOUNT.decode(content)


def read_support(content: bytes) -> Support:
    """Return a support from the JSON of its row."""
    return _SUPPORT.decode(content)


def read_entry(content: bytes) -> Logged:
    """Return a log entry and its digest from the JSON of its row."""
    return Logged(_ENTRY.decode(content), _DIGEST.decode(content).digest)


def write_row(row: Row) -> bytes:
    """Return the JSON of a row."""
    return msgspec.json.encode(row)
