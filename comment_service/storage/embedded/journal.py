"""The format of the journal: a line that says which journal it is, then a line for each change.

::

    randnotiz-journal 4 8c3f5a0d9b7e6142 1f0c93aa
    00000000002e 00000000002e 000001c4 5e0d7f21 {"contributions":[{…}],"log":[{…}]}

A record says where it stands, up to where all lay safe when it was written (both in bytes from
the beginning), how many bytes its JSON has, and the CRC-32 of all that, all in hexadecimal. The
checksum is seeded with the journal's id, so that no other journal's record fits in.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from participation.faults import StoreUnavailable

# 1 was one JSON file, replaced whole; 2 knew contributions only, and no chained log; 3 no supports,
# which a release that does not know them would lose.
FORMAT = 4
OLDEST = 2  # that is read, to be written anew
NAME = b"randnotiz-journal "
HEADER = len(NAME) + 2 + 16 + 1 + 8 + 1  # bytes
HEAD = 12 + 1 + 12 + 1 + 8 + 1 + 8 + 1  # bytes of a record before its JSON
CHUNK = 1 << 20  # bytes that are read at once

Read = Callable[[int, int], bytes]  # offset, size → content


class Record(NamedTuple):
    """A whole record: one transaction."""

    offset: int
    safe: int  # up to this byte all lay on the disk before the record was written
    payload: bytes

    @property
    def body(self) -> int:
        """Where the JSON begins in the file."""
        return self.offset + HEAD

    @property
    def end(self) -> int:
        """Where the next record begins."""
        return self.offset + HEAD + len(self.payload) + 1


@dataclass(frozen=True, slots=True)
class Format:
    """How one journal is written: its id and what its checksums begin with."""

    journal_id: str
    number: int = FORMAT

    @property
    def seed(self) -> int:
        """Return what the checksums of this journal begin with."""
        return crc32(self.journal_id.encode())

    def header(self) -> bytes:
        """Return the first line."""
        front = NAME + f"{self.number} {self.journal_id}".encode()
        return b"%b %08x\n" % (front, crc32(front))

    def frame(self, offset: int, safe: int, payload: bytes) -> bytes:
        """Return a record as it stands in the file."""
        place = b"%012x %012x %08x" % (offset, safe, len(payload))
        return b"%b %08x %b\n" % (place, crc32(payload, crc32(place, self.seed)), payload)


def new_format() -> Format:
    """Return the format of a journal that does not exist yet."""
    return Format(secrets.token_hex(8))


def read_header(content: bytes) -> Format:
    """Return how the journal that begins with ``content`` is written.

    Raises:
        StoreUnavailable: If it is no journal, one of another format, or damaged; without a path.
    """
    front, _, checksum = content[: HEADER - 1].rpartition(b" ")
    if not content.startswith(NAME):
        raise StoreUnavailable(
            "is not a journal of Randnotiz; put the right file back, or name another folder"
        )
    number = content.removeprefix(NAME).split(b" ")[0]
    if number.isdigit() and int(number) > FORMAT:
        raise StoreUnavailable(
            f"has format {int(number)}, this release knows up to {FORMAT}; update the service"
        )
    is_known = number.isdigit() and int(number) >= OLDEST
    if not is_known or checksum != b"%08x" % crc32(front):
        raise StoreUnavailable("is damaged in its first line; restore the folder from a backup")
    return Format(front[-16:].decode(), int(number))


def whole_record(seed: int, content: bytes, at: int, offset: int) -> Record | None:
    """Return the record at ``content[at:]``, which is the file from ``offset`` on; None: none."""
    body = at + HEAD
    try:
        stands, safe = int(content[at : at + 12], 16), int(content[at + 13 : at + 25], 16)
        end, checksum = body + int(content[at + 26 : at + 34], 16), int(content[at + 35 : body], 16)
    except ValueError:
        return None
    if stands != offset or content[end : end + 1] != b"\n":
        return None
    payload = content[body:end]
    place = crc32(content[at : at + 34], seed)
    return Record(offset, safe, payload) if crc32(payload, place) == checksum else None


def records(read: Read, seed: int, start: int, end: int) -> Iterator[Record]:
    """Yield the records from ``start`` on, up to ``end`` or the first that is not whole."""
    offset, size = start, CHUNK
    while offset < end:
        content, at = read(offset, min(size, end - offset)), 0
        while (record := whole_record(seed, content, at, offset + at)) is not None:
            yield record
            at = record.end - offset
        if at == 0 and size >= end - offset:
            return
        offset, size = (offset + at, CHUNK) if at else (offset, size * 2)


def records_beyond(read: Read, seed: int, start: int, end: int) -> Iterator[Record]:
    """Yield what is whole after a record that is not: every line is tried."""
    content = read(start, end - start)
    at = content.find(b"\n") + 1
    while at:
        record = whole_record(seed, content, at, start + at)
        if record is not None:
            yield record
        at = content.find(b"\n", at) + 1
