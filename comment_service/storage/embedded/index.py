"""Where each row stands in the journal: all that is kept in memory, some 400 bytes for each."""

import msgspec

from comment_service.storage.embedded.journal import HEAD, Record
from comment_service.storage.embedded.payload import BEGIN, ONE, rows_of

SIZE_BITS = 24  # a row is shorter than 16 MiB

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
    once: _Request | None = None


class _Entry(msgspec.Struct, gc=False):
    id: str


class _Payload(msgspec.Struct, gc=False):
    contributions: list[_Contribution]
    log: list[_Entry]


_PAYLOAD = msgspec.json.Decoder(_Payload)


class Index:
    """The places of the newest rows by id, by document and by key of their request.

    A place is one number, offset and size in bytes: a tuple would take three times the memory.
    One thread writes; others may read meanwhile.
    """

    def __init__(self) -> None:
        self.contributions: dict[str, int] = {}
        self.log: dict[str, int] = {}  # in the order in which entries were appended
        self.documents: dict[str, Paragraphs] = {}  # by slug
        self.requests: dict[str, str] = {}  # key → id of the contribution that came by it
        self.changed: dict[str, int] = {}  # slug → where its newest row stands
        self.live = 0  # bytes of the file that are needed

    def apply(self, record: Record) -> None:
        """Take in a record."""
        payload = record.payload
        new = _PAYLOAD.decode(payload)
        if len(new.contributions) == 1 and not new.log:  # nearly always: it goes twice as fast
            size = len(payload) - len(BEGIN) - len(ONE)
            self._put(new.contributions[0], record.body + len(BEGIN), size)
            return
        contributions, log = rows_of(payload)
        for row, (at, content) in zip(new.contributions, contributions, strict=True):
            self._put(row, record.body + at, len(content))
        for entry, (at, content) in zip(new.log, log, strict=True):
            self._append(entry.id, record.body + at, len(content))

    def _put(self, row: _Contribution, offset: int, size: int) -> None:
        known, ref = self.contributions.get(row.id), row.ref
        self.contributions[row.id] = place_of(offset, size)
        if known is None:
            on_it = self.documents.setdefault(ref.document, {})
            on_it.setdefault((ref.version, ref.number), []).append(row.id)
            self.live += HEAD + size
        else:
            self.live += size - size_of(known)
        if row.once:
            self.requests[row.once.key] = row.id
        # Last: who sees the new mark sees the new row.
        self.changed[ref.document] = offset

    def _append(self, entry_id: str, offset: int, size: int) -> None:
        if entry_id not in self.log:
            self.log[entry_id] = place_of(offset, size)
            self.live += HEAD + size

    def of_document(self, slug: str) -> list[str]:
        """Return the ids of all contributions on a document."""
        paragraphs = list(self.documents.get(slug, {}).values())
        return [contribution_id for ids in paragraphs for contribution_id in list(ids)]

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
