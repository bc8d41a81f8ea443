"""The lines of a backup, and how much they are."""

from collections import Counter
from datetime import datetime

import msgspec

from comment_service.storage.comparing import place_of
from comment_service.storage.protocol import Kept, KeptRecord, Once
from participation.account import Account
from participation.contribution import Contribution
from participation.decision import Decision
from participation.log_entry import LogEntry
from participation.support import Support


class Head(msgspec.Struct, frozen=True, tag_field="is", tag="randnotiz-backup"):
    """What the file is; ``secret`` keys the receipt codes."""

    format: int
    made_at: datetime
    secret: bytes


class ContributionLine(msgspec.Struct, frozen=True, tag_field="is", tag="contribution"):
    """One contribution, and the request by which it came."""

    contribution: Contribution
    once: Once | None


class DecisionLine(msgspec.Struct, frozen=True, tag_field="is", tag="decision"):
    """One decision."""

    decision: Decision


class AccountLine(msgspec.Struct, frozen=True, tag_field="is", tag="account"):
    """One account."""

    account: Account


class SupportLine(msgspec.Struct, frozen=True, tag_field="is", tag="support"):
    """One support."""

    support: Support


class EntryLine(msgspec.Struct, frozen=True, tag_field="is", tag="entry"):
    """One entry of the log, and its digest in the chain."""

    entry: LogEntry
    digest: str


class End(msgspec.Struct, frozen=True, tag_field="is", tag="end", forbid_unknown_fields=True):
    """What was before it: how many, and the SHA-256 of all lines in hexadecimal."""

    contributions: int
    decisions: int
    accounts: int
    entries: int
    sha256: str
    supports: int = 0  # there were none in format 2


RecordLine = ContributionLine | DecisionLine | AccountLine | SupportLine
Line = Head | ContributionLine | DecisionLine | AccountLine | SupportLine | EntryLine | End


_DECODER = msgspec.json.Decoder(Line)


def read_line(content: bytes) -> list[Line]:
    """Return what a line says."""
    return [_DECODER.decode(content)]


def kept_in(line: RecordLine) -> KeptRecord:
    """Return the record of a line."""
    match line:
        case ContributionLine():
            return Kept(line.contribution, line.once)
        case DecisionLine():
            return line.decision
        case AccountLine():
            return line.account
        case SupportLine():
            return line.support


class Counted:
    """How much there is in a backup, each record once."""

    def __init__(self) -> None:
        self._ids: set[tuple[int, str]] = set()
        self.entries = 0

    def count(self, line: Line) -> None:
        """Count a line."""
        if isinstance(line, EntryLine):
            self.entries += 1
        elif isinstance(line, RecordLine):
            self._ids.add(place_of(kept_in(line)))

    def end(self, sha256: str) -> End:
        """Return the last line."""
        kinds = Counter(rank for rank, _ in self._ids)
        return End(kinds[0], kinds[1], kinds[2], self.entries, sha256, kinds[3])
