"""TinyDB, extended where it is meant to be: tables whose updates cost what they change.

TinyDB's own tables read and write everything with each update. These hand on the rows that an
update puts, and the storage collects them for one record of the journal.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from copy import deepcopy
from functools import cached_property
from typing import Any

from tinydb.storages import Storage
from tinydb.table import Table

from comment_service.storage.embedded.index import offset_of, size_of
from comment_service.storage.embedded.payload import payload_of
from comment_service.storage.embedded.rows import Row, read_row, write_row
from participation.log_chain import BEGINNING

CONTRIBUTIONS, LOG, DECISIONS, ACCOUNTS = "contributions", "log", "decisions", "accounts"
SUPPORTS = "supports"

Tables = Mapping[str, Mapping[str, Row]]


class StoredRows(Mapping[str, Row]):
    """The rows of a table in the journal, each read when it is asked for."""

    def __init__(self, places: Mapping[str, int], read: Callable[[int, int], bytes]) -> None:
        self._places = places
        self._read = read

    def __getitem__(self, row_id: str) -> Row:
        place = self._places[row_id]
        return read_row(self._read(offset_of(place), size_of(place)))

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Overlay(Mapping[str, Row]):
    """A table with rows put on top of it; the table itself stays as it is."""

    def __init__(self, table: Mapping[str, Row]) -> None:
        self._table = table
        self.put: dict[str, Row] = {}

    def __getitem__(self, row_id: str) -> Row:
        return self.put[row_id] if row_id in self.put else self._table[row_id]

    def __contains__(self, row_id: object) -> bool:
        return row_id in self.put or row_id in self._table

    def __iter__(self) -> Iterator[str]:
        yield from self._table
        yield from (row_id for row_id in self.put if row_id not in self._table)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Changes(Overlay, MutableMapping[str, Row]):
    """What TinyDB's updates work on: rows are put, or changed where they are given out."""

    def __init__(self, table: Mapping[str, Row]) -> None:
        super().__init__(table)
        self._given: dict[str, Row] = {}

    def __getitem__(self, row_id: str) -> Row:
        if row_id in self.put:
            return self.put[row_id]
        if row_id not in self._given:
            self._given[row_id] = deepcopy(self._table[row_id])
        return self._given[row_id]

    def __setitem__(self, row_id: str, row: Row) -> None:
        self.put[row_id] = row

    def __delitem__(self, row_id: str) -> None:
        raise TypeError("nothing is taken out of the journal; give the row another content")

    def changed(self) -> dict[str, Row]:
        """Return all rows that are to be written."""
        given = {row_id: row for row_id, row in self._given.items() if row != self._table[row_id]}
        return given | self.put


class Transaction(Storage):
    """TinyDB's storage for one transaction: it collects rows on top of what is kept.

    ``tip`` is the digest of the last entry of the log, those of the transaction included.
    """

    def __init__(self, tables: Tables, requests: Mapping[str, str], tip: str = BEGINNING) -> None:
        self.tip = tip
        self._tables = _Overlays(tables)
        self.requests = _Requests(requests)

    @cached_property
    def contributions(self) -> "Rows":
        """The table of contributions."""
        return Rows(self, CONTRIBUTIONS)

    @cached_property
    def log(self) -> "Rows":
        """The table of log entries."""
        return Rows(self, LOG)

    @cached_property
    def decisions(self) -> "Rows":
        """The table of decisions."""
        return Rows(self, DECISIONS)

    @cached_property
    def accounts(self) -> "Rows":
        """The table of accounts."""
        return Rows(self, ACCOUNTS)

    @cached_property
    def supports(self) -> "Rows":
        """The table of supports."""
        return Rows(self, SUPPORTS)

    def nested(self) -> "Transaction":
        """Return a transaction on top of this one."""
        return Transaction(self._tables, self.requests, self.tip)

    def read(self) -> dict[str, Any]:
        """Return the tables as they are within the transaction."""
        return self._tables

    def write(self, data: Mapping[str, Mapping[str, Row]]) -> None:
        """Put rows; what is not among them stays as it is."""
        for name, rows in data.items():
            for row_id, row in rows.items():
                self._tables[name].put[row_id] = row
                self.requests.note(row_id, row)
                self.tip = row.get("digest", self.tip)

    @property
    def put(self) -> dict[str, dict[str, Row]]:
        """Return the rows that were put, by table."""
        return {name: rows.put for name, rows in self._tables.items() if rows.put}

    def payload(self) -> bytes:
        """Return the JSON of the record that this transaction is."""
        return payload_of(
            **{name: map(write_row, rows.values()) for name, rows in self.put.items()}
        )


class Rows(Table):
    """A table whose rows bear the ids of what they keep.

    TinyDB's own ids count up in the memory of each process, so that two processes would
    overwrite each other's rows.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB's type says int, its code does not care

    def __init__(self, storage: Storage, name: str) -> None:
        # The cache of queries would not see what other processes write.
        super().__init__(storage, name, cache_size=0)

    def row(self, row_id: str) -> Row | None:
        """Return a row, None if there is none."""
        found: Row | None = self.get(doc_id=row_id)  # type: ignore[call-overload]  # see above
        return found

    def has(self, row_id: str) -> bool:
        """Say whether there is such a row, without reading it."""
        return row_id in self._read_table()

    def put(self, row_id: str, row: Row) -> None:
        """Put a whole row; TinyDB's upsert would keep the fields that the new one lacks."""
        self._storage.write({self.name: {row_id: row}})

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        table: Any = self._read_table()
        changes: Any = Changes(table)  # TinyDB's types ask for dict, its code for a mapping
        updater(changes)
        self._storage.write({self.name: changes.changed()})
        self.clear_cache()


class _Overlays(dict[str, Overlay]):
    """Overlays of tables, each made when it is first asked for: most take one of five."""

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self._below = tables

    def __missing__(self, name: str) -> Overlay:
        self[name] = Overlay(self._below[name])
        return self[name]


class _Requests(Mapping[str, str]):
    """The ids of contributions by the keys of their requests, with those of a transaction."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._new: dict[str, str] = {}

    def note(self, row_id: str, row: Row) -> None:
        """Note the request of a row, if it came by one."""
        if row.get("once"):
            self._new[row["once"]["key"]] = row_id

    def __getitem__(self, key: str) -> str:
        return self._new[key] if key in self._new else self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **self._new})

    def __len__(self) -> int:
        return sum(1 for _ in self)
