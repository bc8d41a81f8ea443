"""The form in which the working group's answer is written, with what helps to write it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Request, Response, render_template

from comment_service.answer_search import ToAnswer
from comment_service.web.desk.at_work import at_work
from comment_service.web.place_of import place_of
from comment_service.web.service import commenting
from participation.answer_draft import AnswerDraft, plain_changes
from participation.deciding import digest_of_decision
from participation.decision import Decision, Outcome
from participation.proposing import Proposal, proposals
from participation.text_digest import words_digest

CHOSEN = "beitrag"  # the contributions, by their ids
WORDED = "worded"  # what they said when the form was shown: an id and a digest


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What stands in the form: ``ticked`` of the proposals, ``others`` beside them."""

    chosen: tuple[str, ...]
    outcome: str = ""
    reason: str = ""
    meeting: str = ""
    ticked: tuple[str, ...] = ()
    others: str = ""
    worded: Mapping[str, str] = field(default_factory=dict)  # digests of what was read, by id

    def draft(self) -> AnswerDraft:
        """Return what was typed, for the rules to read."""
        changes = ", ".join([*self.ticked, self.others])
        return AnswerDraft(self.outcome, self.reason, self.meeting, changes)


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of a form that was not taken: beside it, and by field."""

    problem: str = ""
    fields: Mapping[str, str] | None = None
    other: Decision | None = None  # that stands in the way


def read_typed(request: Request) -> TypedAnswer:
    """Read the form."""
    sent = request.form
    return TypedAnswer(
        tuple(dict.fromkeys(sent.getlist(CHOSEN))),
        sent.get("outcome", ""),
        sent.get("reason", ""),
        sent.get("meeting", ""),
        tuple(sent.getlist("ticked")),
        sent.get("changes", ""),
        dict(_worded(sent.getlist(WORDED), sent.getlist(CHOSEN))),
    )


def _worded(read: Sequence[str], chosen: Sequence[str]) -> Iterator[tuple[str, str]]:
    for one in read:
        contribution_id, _, digest = one.partition(" ")
        if contribution_id in chosen:
            yield contribution_id, digest


def typed_before(decision: Decision) -> TypedAnswer:
    """Return what a decision says, as it would be typed."""
    answer = decision.answer
    offered = {
        _short(one)
        for one in _proposals(decision.document, decision.version, decision.contributions)
    }
    named = [plain_changes([ref]) for ref in answer.changes]
    return TypedAnswer(
        decision.contributions,
        answer.outcome.value,
        answer.reason,
        "" if answer.meeting is None else answer.meeting.isoformat(),
        tuple(one for one in named if one in offered),
        ", ".join(one for one in named if one not in offered),
    )


def answer_page(
    place: tuple[str, int],
    typed: TypedAnswer,
    *,
    decision: Decision | None = None,
    told: Told = Told(),  # it is frozen
    status: int = 200,
) -> Response:
    """Return the page of an answer that is written or revised.

    Raises:
        UnknownDocument, UnknownVersion: If there is no such ``place``.
    """
    slug, version = place
    ground = at_work().answering.ground(slug, version)
    shown = {*typed.chosen, *(decision.contributions if decision else ())}
    entries = at_work().answers.chosen(slug, shown)
    page = render_template(
        "desk/answer.html",
        document=ground.document,
        version=version,
        entries=entries,
        stands=_places_of(entries),
        typed=typed,
        decision=decision,
        seen=decision and digest_of_decision(decision),
        trouble=told,
        fields=told.fields or {},
        outcomes=list(Outcome),
        meetings=reversed(commenting().published().meetings),
        proposals=_proposals(slug, version, shown),
        short=_short,
        words_digest=words_digest,
    )
    return Response(page, status=status, mimetype="text/html")


def _proposals(slug: str, version: int, ids: Sequence[str] | set[str]) -> tuple[Proposal, ...]:
    numbers = {one.contribution.ref.number for one in at_work().answers.chosen(slug, ids)}
    return proposals(commenting().published().document(slug), version, numbers)


def _places_of(entries: Sequence[ToAnswer]) -> dict[int, object]:
    """Return where the contributions stand, by numbers of paragraphs."""
    catalogue = commenting().published()
    refs = {one.contribution.ref.number: one.contribution.ref for one in entries}
    return {number: place_of(catalogue, refs[number]) for number in sorted(refs)}


def _short(proposal: Proposal) -> str:
    return f"{proposal.version}/{proposal.paragraph.number}"
