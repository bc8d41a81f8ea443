"""Putting a changed contribution in the place of the one that was seen, with its log entry."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from comment_service.marks import Marks
from comment_service.storage.protocol import Change, Store
from participation.contribution import Contribution
from participation.log_entry import Changed, LogEntry, Role
from participation.refusals import ChangedMeanwhile, Refusal
from participation.text_digest import words_digest

Told = tuple[Changed, str, str]  # what was changed, from what to what


@dataclass(frozen=True, slots=True)
class Seen:
    """A contribution as somebody saw it when they decided; ``digest`` is of ``seen_digest``."""

    id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Treated:
    """What became of one of many: the contribution as it is now, or why it stayed as it was."""

    id: str
    contribution: Contribution | None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Changing:
    """What every change of a contribution goes through."""

    store: Store
    marks: Marks
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def look(self, seen: Seen) -> Contribution:
        """Return a contribution, if it still is as it was seen.

        Raises:
            UnknownContribution: If there is none of that id.
            ChangedMeanwhile: If it is no longer as it was seen.
        """
        now = self.store.get(seen.id)
        if seen_digest(now) != seen.digest:
            raise ChangedMeanwhile(seen.id)
        return now

    def put_status(
        self, before: Contribution, after: Contribution, role: Role, reason: str | None = None
    ) -> Contribution:
        """Keep a contribution of another status.

        Raises:
            ChangedMeanwhile: If it is no longer as ``before``.
        """
        return self._put(before, after, role, [_status(before, after)], reason)

    def put_text(
        self, before: Contribution, after: Contribution, role: Role, reason: str
    ) -> Contribution:
        """Keep a contribution of another text or name; the log gets digests of the texts.

        Where its status is another now, too, the log tells both.

        Raises:
            ChangedMeanwhile: If it is no longer as ``before``.
        """
        if after == before:
            return before
        told = [(Changed.TEXT, words_digest(before), words_digest(after))]
        told += [_status(before, after)] if after.status is not before.status else []
        return self._put(before, after, role, told, reason)

    def _put(
        self,
        before: Contribution,
        after: Contribution,
        role: Role,
        told: Sequence[Told],
        reason: str | None,
    ) -> Contribution:
        now = self.clock()
        entries = [LogEntry(self.new_id(), now, role, before.id, *one, reason) for one in told]
        self.store.change([Change(before, after)], entries)
        self.marks.forget(after.ref.document)
        return after


def _status(before: Contribution, after: Contribution) -> Told:
    return Changed.STATUS, before.status.value, after.status.value


def seen_digest(contribution: Contribution) -> str:
    """Return a name of all that a contribution is at this moment."""
    return hashlib.sha256(repr(contribution).encode()).hexdigest()[:32]


def tried(contribution_id: str, treat: Callable[[], Contribution]) -> Treated:
    """Treat one of many; a refusal keeps none of the others from being treated."""
    try:
        return Treated(contribution_id, treat())
    except Refusal as refusal:
        return Treated(contribution_id, None, refusal)
