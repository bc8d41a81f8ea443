"""How a resident's draft becomes a contribution."""

from dataclasses import dataclass
from datetime import datetime

from participation.caution import Doubt
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    Draft,
    name_problem,
    refuse_problems,
    text_problem,
    tidy,
    wording_problem,
)
from participation.document import Moderation, Version
from participation.permissions import Verb, admit
from participation.refusals import FieldProblem, UnknownContribution


@dataclass(frozen=True, slots=True)
class Given:
    """What a contribution gets besides the words of its draft; see ``Contribution``.

    With ``doubts`` it waits for a moderator, whatever its version says.
    """

    contribution_id: str
    receipt_digest: str
    author_mark: str | None = None
    doubts: tuple[Doubt, ...] = ()


def take(
    draft: Draft,
    version: Version,
    given: Given,
    *,
    now: datetime,
    answered: Contribution | None = None,
) -> Contribution:
    """Take a resident's draft on a paragraph of ``version``.

    ``answered`` is what a reply answers, if it was found.

    Raises:
        WindowNotOpen: If the version takes no contributions at ``now``.
        InvalidInput: If a field cannot be taken; it names every such field.
        UnknownContribution: If a reply answers what is not public.
    """
    admit(_verb(draft.kind), version, now=now)
    text, name = tidy(draft.text), tidy(draft.name or "") or None
    wording = tidy(draft.proposed_wording or "") or None
    refuse_problems(
        kind=_kind_problem(draft.kind),
        text=text_problem(text),
        name=name_problem(name),
        proposed_wording=wording_problem(
            draft.kind, wording, version.paragraphs[draft.ref.number - 1].text
        ),
        in_reply_to=_reply_problem(draft, answered),
    )
    return Contribution(
        id=given.contribution_id,
        ref=draft.ref,
        kind=ContributionKind(draft.kind),
        text=text,
        name=name,
        channel=Channel.ONLINE,
        received_at=now,
        status=first_status(version, review_first=bool(given.doubts)),
        receipt_digest=given.receipt_digest,
        proposed_wording=wording,
        in_reply_to=draft.in_reply_to or None,
        author_mark=given.author_mark,
        waiting_because=given.doubts,
    )


def first_status(version: Version, *, review_first: bool) -> ContributionStatus:
    """Return the status of what was just written on ``version``."""
    if review_first or version.moderation is Moderation.BEFORE:
        return ContributionStatus.PENDING
    return ContributionStatus.PUBLISHED


def _verb(kind: str) -> Verb:
    return Verb.REPLY if kind == ContributionKind.REPLY else Verb.CONTRIBUTE


def _kind_problem(kind: str) -> FieldProblem | None:
    return None if kind in set(ContributionKind) else FieldProblem("unknown-choice")


def _reply_problem(draft: Draft, answered: Contribution | None) -> FieldProblem | None:
    """Say what keeps a reply from standing under what it answers.

    Raises:
        UnknownContribution: If that is not public, or not there: nobody is told which.
    """
    if draft.kind != ContributionKind.REPLY:
        return FieldProblem("only-replies") if draft.in_reply_to else None
    if not draft.in_reply_to:
        return FieldProblem("missing")
    if answered is None or answered.status is not ContributionStatus.PUBLISHED:
        raise UnknownContribution(draft.in_reply_to)
    if answered.ref != draft.ref:
        return FieldProblem("other-paragraph")
    if answered.kind is ContributionKind.REPLY:
        return FieldProblem("is-reply")
    return None
