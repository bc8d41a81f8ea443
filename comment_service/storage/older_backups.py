"""Backups of format 1, of contributions with a log that was not chained, as lines of today."""

from typing import Any

import msgspec

from comment_service.storage.backup_lines import ContributionLine, End, EntryLine, Line
from comment_service.storage.older_entries import entry_of_old
from comment_service.storage.protocol import Once
from participation.contribution import Contribution
from participation.log_chain import BEGINNING, digest_of


class _Entry(msgspec.Struct, frozen=True, tag_field="is", tag="entry"):
    """One entry of the log; ``changed`` is its contribution if the line above is outdated."""

    entry: dict[str, Any]
    changed: Contribution | None = None


class _End(msgspec.Struct, frozen=True, tag_field="is", tag="end"):
    """What was before it."""

    contributions: int
    entries: int
    sha256: str


_DECODER = msgspec.json.Decoder(ContributionLine | _Entry | _End)


class OldLines:
    """Reads all lines of such a backup but the first, one after the other."""

    def __init__(self) -> None:
        self._digest = BEGINNING
        self._once: dict[str, Once | None] = {}  # by the contribution that came by it

    def read(self, content: bytes) -> list[Line]:
        """Return what a line says, as lines of today."""
        line = _DECODER.decode(content)
        if isinstance(line, ContributionLine):
            self._once[line.contribution.id] = line.once
            return [line]
        if isinstance(line, _Entry):
            return [self._chained(line), *self._changed(line)]
        return [End(line.contributions, 0, 0, line.entries, line.sha256)]

    def _chained(self, line: _Entry) -> EntryLine:
        entry = entry_of_old(line.entry)
        self._digest = digest_of(self._digest, entry)
        return EntryLine(entry, self._digest)

    def _changed(self, line: _Entry) -> list[Line]:
        if line.changed is None:
            return []
        return [ContributionLine(line.changed, self._once.get(line.changed.id))]
