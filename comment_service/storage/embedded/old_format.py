"""What earlier releases wrote, as payloads of a journal of today.

Format 1 was one JSON file, ``contributions.json``, that was replaced whole with every write;
format 2 a journal whose log was of contributions only, and not chained; format 3 had no supports.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from comment_service.storage.embedded.journal import HEADER
from comment_service.storage.embedded.payload import payload_of
from comment_service.storage.embedded.rows import Row, kept_of, read_row, row_of_entry, write_row
from comment_service.storage.embedded.view import View
from comment_service.storage.older_entries import entry_of_old
from participation.faults import StoreUnavailable
from participation.log_chain import chained

UNCHAINED = 2  # the format of journals whose log is not chained
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
            *_chained(tables.get("log", {}).values()),
        ]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise StoreUnavailable(f"{path} is damaged: {error}; restore it from a backup") from error


def payloads_of_older(view: View) -> Iterator[bytes]:
    """Yield what a journal of format 2 or 3 keeps as payloads of a journal of today."""
    if view.file.format.number == UNCHAINED:
        yield from _payloads_of_format_2(view)
    else:
        yield from (record.payload for record in view.file.records(HEADER, view.end))


def _payloads_of_format_2(view: View) -> Iterator[bytes]:
    for content in view.contents(view.index.contributions):
        yield payload_of(contributions=[content])
    yield from _chained(map(read_row, view.contents(view.index.log)))


def _contribution(row: Row) -> bytes:
    kept_of(row)  # what cannot be read is not carried along
    return payload_of(contributions=[write_row(row)])


def _chained(rows: Iterable[Row]) -> Iterator[bytes]:
    for logged in chained(map(entry_of_old, rows)):
        yield payload_of(log=[write_row(row_of_entry(logged))])
