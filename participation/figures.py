"""Figures: how many contributions came in on a text, and what became of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from participation.contribution import Contribution, ContributionStatus, HidingReason
from participation.decision import Decision, DecisionStatus

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the contributions on a version, or on a whole document.

    ``received`` is the sum of ``pending``, ``published``, ``hidden`` and ``withdrawn``; ``erased``
    and ``answered`` are counted in it once more. ``median_days`` is from receipt to the first
    answer, to one decimal; None: nothing is answered.
    """

    received: int
    pending: int
    published: int
    hidden: Mapping[HidingReason, int]
    withdrawn: int
    erased: int
    answered: int
    median_days: float | None


def figures(contributions: Iterable[Contribution], decisions: Iterable[Decision]) -> Figures:
    """Count contributions; of decisions, published ones are their answers."""
    counted = list(contributions)
    statuses = Counter(one.status for one in counted)
    reasons = Counter(_reason(one) for one in counted if one.status is ContributionStatus.HIDDEN)
    answered_at = _first_answers(decisions)
    days = [
        (answered_at[one.id] - one.received_at) / _DAY for one in counted if one.id in answered_at
    ]
    return Figures(
        received=len(counted),
        pending=statuses[ContributionStatus.PENDING],
        published=statuses[ContributionStatus.PUBLISHED],
        hidden={reason: reasons[reason] for reason in HidingReason if reasons[reason]},
        withdrawn=statuses[ContributionStatus.WITHDRAWN],
        erased=sum(one.erased_at is not None for one in counted),
        answered=len(days),
        median_days=round(median(days), 1) if days else None,
    )


def _first_answers(decisions: Iterable[Decision]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for decision in decisions:
        at = decision.published_at
        if decision.status is DecisionStatus.PUBLISHED and at is not None:
            found |= {one: min(at, found.get(one, at)) for one in decision.contributions}
    return found


def _reason(one: Contribution) -> HidingReason:
    # What was hidden by a release that knew no reasons has none.
    return HidingReason.OTHER if one.hidden is None else one.hidden.reason
