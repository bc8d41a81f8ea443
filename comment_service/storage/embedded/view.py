"""A journal as one process knows it: its file, the index, and how far both were followed."""

from collections.abc import Iterator, Mapping

from comment_service.storage.embedded.index import Index, offset_of, size_of
from comment_service.storage.embedded.journal import FORMAT, HEADER, Record
from comment_service.storage.embedded.journal_file import JournalFile
from comment_service.storage.embedded.recovery import damaged
from comment_service.storage.embedded.tables import StoredRows, Tables, Transaction
from comment_service.storage.embedded.turns import Position, position_of

LITTLE = 1 << 16  # bytes; about a millisecond


class View:
    """What is kept, up to ``end``; ``mark`` is the mark of the position that was followed last."""

    def __init__(self, file: JournalFile) -> None:
        self.file = file
        self.index = Index()
        self.end = HEADER
        self.mark = b""
        self._stored: Tables = {
            name: StoredRows(rows, file.read) for name, rows in self.index.tables.items()
        }

    @property
    def position(self) -> Position:
        """Return the position to which everything was followed."""
        return Position(self.file.format.journal_id, self.file.inode, self.end)

    def is_of(self, position: Position | None) -> bool:
        """Say whether a position is one in this file."""
        return position is not None and (position.journal_id, position.inode) == (
            self.file.format.journal_id,
            self.file.inode,
        )

    @property
    def is_old(self) -> bool:
        """Say whether the journal is of a format that is no longer written."""
        return self.file.format.number < FORMAT

    def is_whole_at(self, mark: bytes) -> bool:
        """Say whether all was followed, nothing lies behind what is safe, and nothing is old."""
        return self.mark == mark and self.file.size == self.end and not self.is_old

    def lags_little(self, mark: bytes) -> bool:
        """Say whether following up to the position of a mark would take no time."""
        position = None if mark == self.mark else position_of(mark)
        return position is None or (self.is_of(position) and position.end - self.end < LITTLE)

    def follow(self, end: int) -> None:
        """Take in what is safe up to ``end``.

        Raises:
            StoreUnavailable: If the journal is damaged.
        """
        for record in self.file.records(self.end, end):
            self.take_in(record)
        if self.end != end:
            raise damaged(self.file, self.end, f"all was safe up to byte {end}")

    def take_in(self, record: Record) -> None:
        """Take in a record that follows the last one."""
        self.index.apply(record)
        self.end = record.end

    def transaction(self) -> Transaction:
        """Return a transaction on top of what is kept."""
        return Transaction(self._stored, self.index.requests, self.index.tip)

    def content(self, place: int) -> bytes:
        """Return the JSON of a row."""
        return self.file.read(offset_of(place), size_of(place))

    def contents(self, places: Mapping[str, int]) -> Iterator[bytes]:
        """Yield the JSON of all rows of a table, as it is when the first one is asked for."""
        for place in list(places.values()):
            yield self.content(place)

    @property
    def waste(self) -> int:
        """Return how many bytes of the file are no longer needed."""
        return self.end - HEADER - self.index.live
