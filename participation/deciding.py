"""Deciding: how contributions get their answer, and how it changes and becomes public."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from participation.decision import Answer, Decision, DecisionStatus, Revision
from participation.log_entry import Role
from participation.refusals import DecisionIsDiscarded, DecisionIsPublic


@dataclass(frozen=True, slots=True)
class Hand:
    """Who decides as what, and when."""

    role: Role
    at: datetime


def decided(
    answer: Answer,
    place: tuple[str, int],
    contributions: Iterable[str],
    hand: Hand,
    *,
    decision_id: str,
) -> Decision:
    """Return a new draft that answers contributions on a version, ``place``: slug and number."""
    return Decision(
        id=decision_id,
        document=place[0],
        version=place[1],
        contributions=tuple(sorted(set(contributions))),
        answer=answer,
        status=DecisionStatus.DRAFT,
        role=hand.role,
        at=hand.at,
    )


def revised(
    decision: Decision, answer: Answer, contributions: Iterable[str], hand: Hand
) -> Decision:
    """Return the decision with another answer, or for others; what it said before is kept.

    Raises:
        DecisionIsDiscarded: If it was discarded.
    """
    _refuse_discarded(decision)
    together = tuple(sorted(set(contributions)))
    if (answer, together) == (decision.answer, decision.contributions):
        return decision
    before = Revision(decision.answer, decision.role, decision.at)
    return replace(
        decision,
        answer=answer,
        contributions=together,
        role=hand.role,
        at=hand.at,
        revisions=(*decision.revisions, before),
    )


def published(decision: Decision, hand: Hand) -> Decision:
    """Return the decision as everybody sees it from now on; a public one stays as it is.

    Raises:
        DecisionIsDiscarded: If it was discarded.
    """
    _refuse_discarded(decision)
    if decision.status is DecisionStatus.PUBLISHED:
        return decision
    return replace(
        decision,
        status=DecisionStatus.PUBLISHED,
        role=hand.role,
        at=hand.at,
        published_at=hand.at,
    )


def discarded(decision: Decision, hand: Hand) -> Decision:
    """Return a draft as one that answers nothing any more.

    Raises:
        DecisionIsPublic: If it is no draft: what was said in public can be revised only.
    """
    if decision.status is DecisionStatus.PUBLISHED:
        raise DecisionIsPublic(decision.id)
    return replace(decision, status=DecisionStatus.DISCARDED, role=hand.role, at=hand.at)


def answers(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision that answers each contribution, by its id; discarded ones answer none.

    If two answer the same one, what is public comes before a draft, then the later one.
    """
    live = [one for one in decisions if one.status is not DecisionStatus.DISCARDED]
    ranked = sorted(live, key=lambda one: (one.status is DecisionStatus.PUBLISHED, one.id))
    return {contribution: one for one in ranked for contribution in one.contributions}


def public_answers(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    """Return the public decision on each contribution that has one, by its id."""
    return answers(one for one in decisions if one.status is DecisionStatus.PUBLISHED)


def digest_of_answer(answer: Answer) -> str:
    """Return the SHA-256 of an answer, in hexadecimal: the same for the same words."""
    return _digest(_plain(answer))


def digest_of_decision(decision: Decision, *, with_status: bool = True) -> str:
    """Return the SHA-256 of all that an editor has to have seen before changing it."""
    said: list[object] = [_plain(decision.answer), list(decision.contributions)]
    return _digest([*said, decision.status.value] if with_status else said)


def _plain(answer: Answer) -> list[object]:
    meeting = None if answer.meeting is None else answer.meeting.isoformat()
    return [answer.outcome.value, answer.reason, meeting, [str(ref) for ref in answer.changes]]


def _digest(plain: object) -> str:
    return hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()


def _refuse_discarded(decision: Decision) -> None:
    if decision.status is DecisionStatus.DISCARDED:
        raise DecisionIsDiscarded(decision.id)
