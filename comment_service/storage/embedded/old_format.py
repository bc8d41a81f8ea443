"""Format 1: one JSON file, ``contributions.json``, that was replaced whole with every write."""

from pathlib import Path

import msgspec

from comment_service.storage.embedded.payload import payload_of
from comment_service.storage.embedded.rows import Row, kept_of, write_row
from participation.faults import StoreUnavailable
from participation.log_entry import LogEntry

Tables = dict[str, dict[str, Row]]
EXPORTED = "journal"  # the table that tells an export of the journal from a file of format 1


def payloads_of_format_1(path: Path) -> list[bytes]:
    """Return what the file holds as payloads of a journal.

    Raises:
        StoreUnavailable: If it is damaged or something else, or only a copy of a lost journal.
    """
    try:
        tables = msgspec.json.decode(path.read_bytes(), type=Tables)
        if EXPORTED in tables:
            raise StoreUnavailable(
                f"{path} is only a copy, and the journal beside it is gone; restore the folder "
                "from a backup"
            )
        return [
            *map(_contribution, tables.get("contributions", {}).values()),
            *map(_entry, tables.get("log", {}).values()),
        ]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise StoreUnavailable(f"{path} is damaged: {error}; restore it from a backup") from error


def _contribution(row: Row) -> bytes:
    kept_of(row)  # what cannot be read is not carried along
    return payload_of([write_row(row)], [])


def _entry(row: Row) -> bytes:
    msgspec.convert(row, LogEntry)
    return payload_of([], [write_row(row)])
