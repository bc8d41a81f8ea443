"""What has happened to the public contributions on a document, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from participation.public_contributions import PublicContribution


class Happening(StrEnum):
    """What can be new about a contribution."""

    RECEIVED = "received"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a contribution at a moment."""

    at: datetime
    what: Happening
    contribution: PublicContribution


def changes(contributions: Iterable[PublicContribution], most: int) -> tuple[Change, ...]:
    """Return the ``most`` latest changes, newest first."""
    found = [change for one in contributions for change in _of(one)]
    return tuple(sorted(found, key=lambda change: change.at, reverse=True)[:most])


def _of(one: PublicContribution) -> Iterator[Change]:
    yield Change(one.received_at, Happening.RECEIVED, one)
    if one.answered_at is not None:
        yield Change(one.answered_at, Happening.ANSWERED, one)
