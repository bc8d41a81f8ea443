"""One answer of the working group: written, revised, published, discarded."""

from collections.abc import Callable

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.answering import SeenDecision
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.answer_form import (
    CHOSEN,
    Told,
    TypedAnswer,
    answer_page,
    read_typed,
    typed_before,
)
from comment_service.web.desk.answers import PLACE, TOGETHER, read_wanted_answers
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import STATUS_OF, field_messages
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.deciding import answers as answers_of
from participation.decision import Decision, DecisionStatus
from participation.permissions import Action
from participation.refusals import (
    AlreadyAnswered,
    ChangedMeanwhile,
    DecisionIsDiscarded,
    DecisionIsPublic,
    InvalidInput,
    Refusal,
    UnknownContribution,
)

NEW, ANSWER = f"{PLACE}/neu", "/antworten/antwort/<decision_id>"
REFUSED = (
    AlreadyAnswered,
    ChangedMeanwhile,
    DecisionIsDiscarded,
    DecisionIsPublic,
    InvalidInput,
    UnknownContribution,
)


@bp.get(NEW)
@permitted(Action.ANSWER)
def new_answer(slug: str, version: int) -> Response:
    """Answer the form for a new answer to the contributions that were chosen, or found."""
    chosen = request.args.getlist(CHOSEN)
    if request.args.get("alle"):
        found = at_work().answers.find(read_wanted_answers(slug, version)).entries
        chosen = [one.contribution.id for one in found if one.decision is None][:TOGETHER]
    return answer_page((slug, version), TypedAnswer(tuple(dict.fromkeys(chosen))))


@bp.post(NEW)
@permitted(Action.ANSWER)
def add_answer(slug: str, version: int) -> BaseResponse:
    """Keep a new answer, as a draft or in public."""
    typed = read_typed(request)

    def keep() -> Decision:
        at_work().answering.refuse_reworded(typed.worded)
        return at_work().answering.answer(
            current_account(), typed.chosen, typed.draft(), publish=_is_to_be_public()
        )

    return _kept(keep, (slug, version), typed)


@bp.get(ANSWER)
@permitted(Action.ANSWER)
def answer(decision_id: str) -> Response:
    """Answer one decision: the form to revise it, and what it said before."""
    return _shown(commenting().store.decision(decision_id))


@bp.post(ANSWER)
@permitted(Action.ANSWER)
def revise_answer(decision_id: str) -> BaseResponse:
    """Keep a revised answer."""
    typed, now = read_typed(request), commenting().store.decision(decision_id)

    def keep() -> Decision:
        at_work().answering.refuse_reworded(typed.worded)
        return at_work().answering.revise(
            current_account(),
            _seen(decision_id),
            typed.chosen,
            typed.draft(),
            publish=_is_to_be_public(),
        )

    return _kept(keep, (now.document, now.version), typed, now)


@bp.post(f"{ANSWER}/verwerfen")
@permitted(Action.ANSWER)
def discard_answer(decision_id: str) -> BaseResponse:
    """Discard a draft."""
    now = commenting().store.decision(decision_id)

    def discard() -> Decision:
        return at_work().answering.discard(current_account(), _seen(decision_id))

    return _kept(discard, (now.document, now.version), typed_before(now), now)


def _kept(
    keep: Callable[[], Decision],
    place: tuple[str, int],
    typed: TypedAnswer,
    now: Decision | None = None,
) -> BaseResponse:
    """Lead to what was kept; or show the form again with all that was typed, and why."""
    try:
        made = keep()
    except REFUSED as refusal:
        return answer_page(
            place, typed, decision=now, told=_told(refusal), status=STATUS_OF[type(refusal)]
        )
    return redirect_telling(_next(made), _done_words(made))


def _told(refusal: Refusal) -> Told:
    problem = " ".join(meaning(refusal.code, spoken()))
    if isinstance(refusal, InvalidInput):
        return Told(problem, field_messages(refusal))
    if isinstance(refusal, AlreadyAnswered):
        slug = commenting().store.get(refusal.contribution_id).ref.document
        known = answers_of(commenting().store.decisions(slug))
        return Told(problem, other=known.get(refusal.contribution_id))
    return Told(problem)


def _shown(decision: Decision) -> Response:
    return answer_page(
        (decision.document, decision.version), typed_before(decision), decision=decision
    )


def _seen(decision_id: str) -> SeenDecision:
    return SeenDecision(decision_id, request.form.get("seen", ""))


def _is_to_be_public() -> bool:
    return request.form.get("do") == "publish"


def _next(made: Decision) -> str:
    if made.status is DecisionStatus.DISCARDED:
        return url_for("desk.answers_of_version", slug=made.document, version=made.version)
    return url_for("desk.answer", decision_id=made.id)


def _done_words(made: Decision) -> str:
    language = spoken()
    match made.status:
        case DecisionStatus.DRAFT:
            return language.gettext("The answer is kept as a draft.")
        case DecisionStatus.PUBLISHED:
            return language.gettext("The answer is public.")
        case DecisionStatus.DISCARDED:
            return language.gettext("The draft was discarded.")
