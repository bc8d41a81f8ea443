"""The history of contributions: what the log says of each, found without reading all of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from comment_service.marks import Marks
from comment_service.storage.protocol import Store
from participation.log_entry import LogEntry

Entries = Mapping[str, tuple[LogEntry, ...]]  # by subject


@dataclass(frozen=True, slots=True)
class ChangeHistory:
    """Keeps the log by its subjects, as long as nothing changes on the document in question."""

    store: Store
    marks: Marks
    _kept: dict[str, tuple[str, Entries]] = field(default_factory=dict)

    def of(self, slug: str, subject: str) -> tuple[LogEntry, ...]:
        """Return the entries on a contribution or decision on a document, oldest first."""
        mark, kept = self.marks(slug, fresh=True), self._kept.get(slug)
        if kept is None or kept[0] != mark:
            kept = self._kept[slug] = (mark, self._by_subject())
        return kept[1].get(subject, ())

    def _by_subject(self) -> Entries:
        found: defaultdict[str, list[LogEntry]] = defaultdict(list)
        for logged in self.store.log():
            found[logged.entry.subject].append(logged.entry)
        return {subject: tuple(entries) for subject, entries in found.items()}
