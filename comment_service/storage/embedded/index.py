"""Where each row stands in the journal: all that is kept in memory, some 400 bytes for each."""

from array import array
from bisect import bisect_left, insort
from datetime import datetime

import msgspec

from comment_service.storage.embedded.journal import HEAD, Record
from comment_service.storage.embedded.payload import BEGIN, ONE, rows_of
from participation.contribution import Channel
from participation.log_chain import BEGINNING

SIZE_BITS = 24  # a row is shorter than 16 MiB
ONLINE = str(Channel.ONLINE)
SHORT = 16  # hexadecimal digits of a receipt's digest: 64 bits tell millions apart

Paragraphs = dict[tuple[int, int], list[str]]  # version and number → ids of contributions


class _Ref(msgspec.Struct, gc=False):
    document: str
    version: int
    number: int


class _Request(msgspec.Struct, gc=False):
    key: str


class _Contribution(msgspec.Struct, gc=False):
    id: str
    ref: _Ref
    received_at: datetime
    channel: str
    receipt_digest: str = ""
    once: _Request | None = None
    erased_at: str | None = None
    is_blacked_out: bool = False


class _Entry(msgspec.Struct, gc=False):
    id: str
    digest: str = ""  # there is none in format 2


class _Account(msgspec.Struct, gc=False):
    id: str


class _Decision(msgspec.Struct, gc=False):
    id: str
    document: str


class _Support(msgspec.Struct, gc=False):
    id: str
    document: str
    contribution: str


class _Payload(msgspec.Struct, gc=False):
    contributions: list[_Contribution]
    log: list[_Entry]
    decisions: tuple[_Decision, ...] = ()
    accounts: tuple[_Account, ...] = ()
    supports: tuple[_Support, ...] = ()


_PAYLOAD = msgspec.json.Decoder(_Payload)


class Index:
    """The places of the newest rows by id, by document and by key of their request.

    A place is one number, offset and size in bytes: a tuple would take three times the memory.
    One thread writes; others may read meanwhile.
    """

    def __init__(self) -> None:
        self.contributions: dict[str, int] = {}
        self.log: dict[str, int] = {}  # in the order in which entries were appended
        self.tip = BEGINNING  # the digest of the last entry
        self.decisions: dict[str, int] = {}
        self.accounts: dict[str, int] = {}
        self.documents: dict[str, Paragraphs] = {}  # by slug
        self.decided: dict[str, dict[str, None]] = {}  # slug → ids of decisions
        self.supports: dict[str, int] = {}
        self.supported: dict[str, dict[str, list[str]]] = {}  # slug → contribution → supports
        self.requests: dict[str, str] = {}  # key → id of the contribution that came by it
        self.receipts: dict[str, str] = {}  # short digest of a receipt code → id, the first one's
        self.came_online: dict[str, array[float]] = {}  # slug → seconds since 1970, in order
        self.changed: dict[str, int] = {}  # slug → where its newest row stands
        self.live = 0  # bytes of the file that are needed
        self.must_forget = False  # are there rows that somebody wanted gone?

    @property
    def tables(self) -> dict[str, dict[str, int]]:
        """Return the places by table, the tables as they are called in the journal."""
        return {
            "contributions": self.contributions,
            "log": self.log,
            "decisions": self.decisions,
            "accounts": self.accounts,
            "supports": self.supports,
        }

    def apply(self, record: Record) -> None:
        """Take in a record."""
        payload = record.payload
        new = _PAYLOAD.decode(payload)
        if payload.endswith(ONE) and len(new.contributions) == 1:  # nearly always: twice as fast
            size = len(payload) - len(BEGIN) - len(ONE)
            self._put(new.contributions[0], record.body + len(BEGIN), size)
            return
        contributions, log, decisions, accounts, supports = rows_of(payload)
        for row, (at, content) in zip(new.contributions, contributions, strict=True):
            self._put(row, record.body + at, len(content))
        for decision, (at, content) in zip(new.decisions, decisions, strict=True):
            self._decide(decision, record.body + at, len(content))
        for account, (at, content) in zip(new.accounts, accounts, strict=True):
            self._place(self.accounts, account.id, record.body + at, len(content))
        for support, (at, content) in zip(new.supports, supports, strict=True):
            self._support(support, record.body + at, len(content))
        for entry, (at, content) in zip(new.log, log, strict=True):
            self._append(entry, record.body + at, len(content))

    def _put(self, row: _Contribution, offset: int, size: int) -> None:
        ref = row.ref
        if self._place(self.contributions, row.id, offset, size):
            on_it = self.documents.setdefault(ref.document, {})
            on_it.setdefault((ref.version, ref.number), []).append(row.id)
            self.receipts.setdefault(row.receipt_digest[:SHORT], row.id)
            if row.channel == ONLINE:
                self._came_online(ref.document, row.received_at.timestamp())
        elif row.erased_at or row.is_blacked_out:
            self.must_forget = True
        if row.once:
            self.requests[row.once.key] = row.id
        # Last: who sees the new mark sees the new row.
        self.changed[ref.document] = offset

    def _came_online(self, slug: str, seconds: float) -> None:
        moments = self.came_online.get(slug)
        if moments is None:
            moments = self.came_online[slug] = array("d")
        if not moments or moments[-1] <= seconds:  # nearly always
            moments.append(seconds)
        else:
            insort(moments, seconds)

    def _decide(self, row: _Decision, offset: int, size: int) -> None:
        if self._place(self.decisions, row.id, offset, size):
            self.decided.setdefault(row.document, {})[row.id] = None
        self.changed[row.document] = offset

    def _support(self, row: _Support, offset: int, size: int) -> None:
        if self._place(self.supports, row.id, offset, size):
            of_document = self.supported.setdefault(row.document, {})
            of_document.setdefault(row.contribution, []).append(row.id)
        self.changed[row.document] = offset

    def _place(self, table: dict[str, int], row_id: str, offset: int, size: int) -> bool:
        """Note where a row stands, and return whether it is a new one."""
        known = table.get(row_id)
        table[row_id] = place_of(offset, size)
        self.live += HEAD + size if known is None else size - size_of(known)
        return known is None

    def _append(self, entry: _Entry, offset: int, size: int) -> None:
        if entry.id not in self.log:
            self._place(self.log, entry.id, offset, size)
            self.tip = entry.digest

    def of_document(self, slug: str) -> list[str]:
        """Return the ids of all contributions on a document."""
        paragraphs = list(self.documents.get(slug, {}).values())
        return [contribution_id for ids in paragraphs for contribution_id in list(ids)]

    def of_decisions(self, slug: str) -> list[str]:
        """Return the ids of all decisions on a document, in their order."""
        return sorted(self.decided.get(slug, {}).copy())

    def came_since(self, slug: str, moment: datetime) -> int:
        """Return how many contributions on a document came in online since a moment."""
        moments = self.came_online.get(slug, array("d"))
        return len(moments) - bisect_left(moments, moment.timestamp())

    def of_supports(self, slug: str, contribution_id: str | None) -> list[str]:
        """Return the ids of all supports on a document, or of one contribution, in their order."""
        known = self.supported.get(slug, {})
        if contribution_id is not None:
            return sorted(known.get(contribution_id, ()))
        return sorted(one for ids in list(known.values()) for one in list(ids))

    def on_paragraph(self, slug: str, version: int, number: int) -> list[str]:
        """Return the ids of all contributions on a paragraph."""
        return list(self.documents.get(slug, {}).get((version, number), ()))


def place_of(offset: int, size: int) -> int:
    """Return offset and size as one number."""
    return offset << SIZE_BITS | size


def offset_of(place: int) -> int:
    """Return where a row begins in the file, in bytes."""
    return place >> SIZE_BITS


def size_of(place: int) -> int:
    """Return how long a row is, in bytes."""
    return place & ((1 << SIZE_BITS) - 1)
