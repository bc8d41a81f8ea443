"""Revisions: when something was announced, and how often it has changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self


@dataclass(frozen=True, slots=True)
class Revision:
    """``first`` is the moment of the announcement, ``last`` that of the newest of its changes.

    ``number`` counts the changes.
    """

    first: datetime
    last: datetime
    number: int = 0

    @classmethod
    def once(cls, moment: datetime) -> Self:
        """Return the announcement itself."""
        return cls(moment, moment)

    def later(self, moment: datetime) -> "Revision":
        """Return the change that follows, at a moment."""
        return replace(self, last=max(self.last, moment), number=self.number + 1)


def revisions(states: Iterable[tuple[datetime, Mapping[str, object]]]) -> dict[str, Revision]:
    """Return the revision of each thing by its key, from what was said of all, oldest first.

    What was gone for a while and comes back counts on.
    """
    said: dict[str, object] = {}
    found: dict[str, Revision] = {}
    for moment, state in states:
        for key, value in state.items():
            if key not in found:
                found[key] = Revision.once(moment)
            elif said[key] != value:
                found[key] = found[key].later(moment)
            said[key] = value
    return found
