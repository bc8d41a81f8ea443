"""The log at the desk: what is new in it is read, what was read is remembered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from comment_service.storage.protocol import Store
from participation.log_chain import Logged
from participation.log_entry import LogEntry


@dataclass(frozen=True, slots=True)
class ChangeHistory:
    """Remembers the log, and which of its entries are on what; it only ever grows."""

    store: Store
    _read: list[Logged] = field(default_factory=list)
    _of: defaultdict[str, list[LogEntry]] = field(default_factory=lambda: defaultdict(list))
    _reading: Lock = field(default_factory=Lock)

    def of(self, subject: str) -> tuple[LogEntry, ...]:
        """Return the entries on a contribution, decision or account, oldest first."""
        self._read_on()
        return tuple(self._of.get(subject, ()))

    def all(self) -> Sequence[Logged]:
        """Return all entries, oldest first."""
        return self._read_on()

    def _read_on(self) -> Sequence[Logged]:
        with self._reading:
            for logged in self.store.log(len(self._read)):
                self._read.append(logged)
                self._of[logged.entry.subject].append(logged.entry)
            return tuple(self._read)
