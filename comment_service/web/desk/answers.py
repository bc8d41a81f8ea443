"""The lists of answers: by version, with what is still open; and the drafts, to be published."""

from http import HTTPStatus

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.answer_search import AnswerState, FoundAnswers, WantedAnswers
from comment_service.answering import SeenDecision
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.addresses import changed
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.desk.wanted import read_number
from comment_service.web.errors import STATUS_OF
from comment_service.web.messages import gettext_noop
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.deciding import digest_of_decision
from participation.permissions import Action
from participation.refusals import (
    ChangedMeanwhile,
    DecisionIsDiscarded,
    InvalidInput,
    Refusal,
    UnknownDecision,
)

TOGETHER = 500  # contributions that one form answers at most
ANSWERS, PLACE = "/antworten", "/antworten/<slug>/<number:version>"
STATES = {
    AnswerState.OPEN: gettext_noop("without an answer"),
    AnswerState.DRAFT: gettext_noop("answered in a draft"),
    AnswerState.PUBLISHED: gettext_noop("answered in public"),
    AnswerState.ALONG: gettext_noop("replies, answered along"),
}


@bp.get(ANSWERS)
@permitted(Action.ANSWER)
def answers() -> str:
    """Answer all versions that have contributions, with how far their answers have come."""
    documents = commenting().published().documents.values()
    listed = [
        (document, version, found)
        for document in documents
        for version in reversed(document.versions)
        if (found := _found(WantedAnswers(document.slug, version.number))).entries
    ]
    return render_template("desk/answers.html", listed=listed, states=STATES)


@bp.get(PLACE)
@permitted(Action.ANSWER)
def answers_of_version(slug: str, version: int) -> str:
    """Answer the contributions on a version with their answers, to be chosen and answered."""
    document = commenting().published().document(slug)
    seen, wanted = document.version(version), read_wanted_answers(slug, version)
    found = _found(wanted)
    page = min(max(read_number(request.args.get("page", "")) or 1, 1), found.pages)
    return render_template(
        "desk/answers_of_version.html",
        document=document,
        version=seen,
        wanted=wanted,
        found=found,
        entries=found.page(page),
        page=page,
        drafts=len(at_work().answers.drafts(slug, version)),
        states=STATES,
        changed=changed,
        at_most=TOGETHER,
    )


@bp.get(f"{PLACE}/entwuerfe")
@permitted(Action.PUBLISH_ANSWERS)
def drafts(slug: str, version: int) -> Response:
    """Answer all drafts of a version, to be looked at once more."""
    return _drafts(slug, version)


@bp.post(f"{PLACE}/entwuerfe")
@permitted(Action.PUBLISH_ANSWERS)
def publish_drafts(slug: str, version: int) -> BaseResponse:
    """Publish the drafts that were chosen, all of them or none."""
    chosen = [SeenDecision(*_parted(one)) for one in request.form.getlist("entwurf")]
    try:
        made = at_work().answering.publish(current_account(), chosen)
    except (ChangedMeanwhile, DecisionIsDiscarded, InvalidInput, UnknownDecision) as refusal:
        return _drafts(slug, version, refusal)
    words = spoken().ngettext(
        "%(num)s answer is public now.", "%(num)s answers are public now.", len(made)
    )
    address = url_for("desk.answers_of_version", slug=slug, version=version)
    return redirect_telling(address, words % {"num": len(made)})


def read_wanted_answers(slug: str, version: int) -> WantedAnswers:
    """Read what is looked for; what makes no sense counts as not said."""
    query, states = request.args, set(AnswerState)
    state = query.get("state", "")
    return WantedAnswers(
        slug,
        version,
        number=read_number(query.get("number", "")),
        state=AnswerState(state) if state in states else None,
        words=query.get("words", "").strip(),
    )


def _drafts(slug: str, version: int, refusal: Refusal | None = None) -> Response:
    document = commenting().published().document(slug)
    document.version(version)
    found = at_work().answers.drafts(slug, version)
    ids = [one for draft in found for one in draft.contributions]
    page = render_template(
        "desk/drafts.html",
        document=document,
        version=version,
        drafts=found,
        entries={one.contribution.id: one for one in at_work().answers.chosen(slug, ids)},
        problem="" if refusal is None else " ".join(meaning(refusal.code, spoken())),
        digest=digest_of_decision,
    )
    status = HTTPStatus.OK if refusal is None else STATUS_OF[type(refusal)]
    return Response(page, status=status, mimetype="text/html")


def _found(wanted: WantedAnswers) -> FoundAnswers:
    return at_work().answers.find(wanted)


def _parted(value: str) -> tuple[str, str]:
    decision_id, _, digest = value.partition(":")
    return decision_id, digest
