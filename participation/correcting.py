"""Correcting: authors change the words of a contribution of their own; what stood there is kept."""

from dataclasses import dataclass, replace
from datetime import datetime

from participation.contribution import (
    Contribution,
    ContributionStatus,
    EarlierText,
    name_problem,
    refuse_problems,
    text_problem,
    tidy,
    wording_problem,
)
from participation.document import Version
from participation.permissions import Verb, admit
from participation.refusals import AlreadyAnswered, FieldProblem, StatusForbids
from participation.taking import first_status

CORRECTIONS_LIMIT = 20  # earlier texts that are kept of one contribution; source: decisions/0030
ACT = "correct"
FINAL = {ContributionStatus.HIDDEN, ContributionStatus.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Correction:
    """What its author wants to stand there, as it came: not yet looked at."""

    text: str
    name: str | None = None
    proposed_wording: str | None = None


def corrected(
    contribution: Contribution,
    correction: Correction,
    version: Version,
    *,
    now: datetime,
    is_answered: bool = False,
    review_first: bool = False,
) -> Contribution:
    """Return the contribution with the words of its author's correction.

    Where contributions are looked at before they appear, it waits again; one that waits goes on
    waiting. Without a change it stays as it is.

    Raises:
        WindowNotOpen: If the version takes no contributions at ``now``.
        StatusForbids: If it is hidden, withdrawn, erased or blacked out.
        AlreadyAnswered: If an answer would stand below other words than it answers.
        InvalidInput: If a field cannot be taken; it names every such field.
    """
    refuse_correcting(contribution, version, now=now, is_answered=is_answered)
    text, name = tidy(correction.text), tidy(correction.name or "") or None
    wording = tidy(correction.proposed_wording or "") or None
    before = (contribution.text, contribution.name, contribution.proposed_wording)
    if (text, name, wording) == before:
        return contribution
    refuse_problems(
        text=text_problem(text) or _number_problem(contribution),
        name=name_problem(name),
        proposed_wording=wording_problem(
            contribution.kind, wording, version.paragraphs[contribution.ref.number - 1].text
        ),
    )
    return replace(
        contribution,
        text=text,
        name=name,
        proposed_wording=wording,
        edited_at=now,
        earlier_texts=(*contribution.earlier_texts, EarlierText(*before, until=now)),
        status=_status(contribution, version, review_first=review_first),
    )


def refuse_correcting(
    contribution: Contribution, version: Version, *, now: datetime, is_answered: bool
) -> None:
    """Return if its author may change the words of a contribution now.

    Raises:
        WindowNotOpen, StatusForbids, AlreadyAnswered: As above.
    """
    admit(Verb.CORRECT, version, now=now)
    if contribution.erased_at is not None or contribution.is_blacked_out:
        raise StatusForbids(ACT, "erased" if contribution.erased_at else "blacked-out")
    if contribution.status in FINAL:
        raise StatusForbids(ACT, contribution.status)
    if is_answered:
        raise AlreadyAnswered(contribution.id)


def _number_problem(contribution: Contribution) -> FieldProblem | None:
    if len(contribution.earlier_texts) < CORRECTIONS_LIMIT:
        return None
    return FieldProblem("too-often", CORRECTIONS_LIMIT)


def _status(
    contribution: Contribution, version: Version, *, review_first: bool
) -> ContributionStatus:
    if contribution.status is ContributionStatus.PENDING:
        return ContributionStatus.PENDING
    return first_status(version, review_first=review_first)
