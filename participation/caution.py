"""Caution: what makes a contribution wait for a review, or its author send it again later.

Nothing here loses an honest text: at worst somebody at the desk reads it before everybody else.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

PERIOD = timedelta(minutes=10)  # within which contributions are counted
FASTEST = timedelta(seconds=2)  # from the form on the screen to sending it, for a person


class Doubt(StrEnum):
    """Why somebody should read a contribution before it is public."""

    TRAP = "trap"  # a field was filled in that no person sees
    TOO_FAST = "too-fast"
    MANY_FROM_ONE_PLACE = "many-from-one-place"
    MANY_AT_ONCE = "many-at-once"  # on the document, from whomever


@dataclass(frozen=True, slots=True)
class Ordinary:
    """How many contributions within PERIOD are nothing to wonder about.

    ``unproven`` from one place without any proof of work; ``from_one_place`` with it, beyond
    which nothing more is taken for a while; ``at_once`` on one document.
    """

    unproven: int = 60
    from_one_place: int = 600
    at_once: int = 200


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a contribution came in, and how many came within PERIOD before it.

    ``took`` is the time from when the form was handed out; None if nobody knows.
    """

    is_trapped: bool = False
    took: timedelta | None = None
    is_proven: bool = False
    from_one_place: int = 0
    on_document: int = 0


def doubts(how: Circumstances, ordinary: Ordinary) -> tuple[Doubt, ...]:
    """Return why a contribution should be read before it is public; mostly nothing."""
    told = {
        Doubt.TRAP: how.is_trapped,
        Doubt.TOO_FAST: how.took is not None and how.took < FASTEST,
        Doubt.MANY_FROM_ONE_PLACE: not how.is_proven and how.from_one_place >= ordinary.unproven,
        Doubt.MANY_AT_ONCE: how.on_document >= ordinary.at_once,
    }
    return tuple(doubt for doubt, is_so in told.items() if is_so)
