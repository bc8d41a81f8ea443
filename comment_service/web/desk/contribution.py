"""One contribution at the desk: beside its paragraph as it stood, with all that was done to it."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.contribution_words import contribution_words
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.hiding_form import ACTS, read_act, read_hiding
from comment_service.web.desk.log_words import log_words
from comment_service.web.desk.seen_field import read_seen, seen_field
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import field_messages
from comment_service.web.place_of import place_of
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from participation.contribution import Contribution, HidingReason
from participation.log_entry import LogEntry
from participation.moderation import NOTE_LIMIT, is_possible
from participation.permissions import Action
from participation.refusals import ChangedMeanwhile, InvalidInput

ADDRESS = "/beitraege/<contribution_id>"


@bp.get(ADDRESS)
@permitted(Action.SEE_DESK)
def contribution(contribution_id: str) -> Response:
    """Answer a contribution."""
    return _page("desk/contribution.html", contribution_id)


@bp.post(ADDRESS)
@permitted(Action.MODERATE)
def act_on_one(contribution_id: str) -> BaseResponse:
    """Publish, hide or restore a contribution."""
    field = read_seen(contribution_id, request.form.get("seen", ""))
    try:
        act, why = read_act(request.form), read_hiding(request.form)
        after = at_work().moderating.act(field.seen, act, current_account().role, why)
    except (ChangedMeanwhile, InvalidInput) as refusal:
        return _again("desk/contribution.html", contribution_id, refusal)
    words = contribution_words(after.status)
    said = spoken().gettext("The contribution is now: %(state)s.") % {"state": words}
    return redirect_telling(url_for("desk.contribution", contribution_id=after.id), said)


@bp.get(f"{ADDRESS}/schwaerzen")
@permitted(Action.BLACK_OUT)
def black_out(contribution_id: str) -> Response:
    """Answer the form in which words are named that nobody may read."""
    return _page("desk/black_out.html", contribution_id)


@bp.post(f"{ADDRESS}/schwaerzen")
@permitted(Action.BLACK_OUT)
def black_out_words(contribution_id: str) -> BaseResponse:
    """Show what would be left; once that is confirmed, black it out."""
    field = read_seen(contribution_id, request.form.get("seen", ""))
    words, moderating = request.form.get("words", ""), at_work().moderating
    try:
        if "confirmed" not in request.form:
            preview = moderating.preview(field.seen, words)
            return _page("desk/black_out.html", contribution_id, preview=preview)
        after = moderating.black_out(field.seen, words, current_account().role)
    except (ChangedMeanwhile, InvalidInput) as refusal:
        return _again("desk/black_out.html", contribution_id, refusal)
    said = spoken().gettext("The words are blacked out.")
    return redirect_telling(url_for("desk.contribution", contribution_id=after.id), said)


def _again(
    template: str, contribution_id: str, refusal: ChangedMeanwhile | InvalidInput
) -> Response:
    """Answer with what was typed: and with what is wrong, or what changed meanwhile."""
    if isinstance(refusal, InvalidInput):
        return _page(
            template,
            contribution_id,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            fields=field_messages(refusal),
        )
    return _page(template, contribution_id, status=HTTPStatus.CONFLICT, is_conflict=True)


def _page(
    template: str, contribution_id: str, *, status: int = HTTPStatus.OK, **shown: object
) -> Response:
    one = commenting().store.get(contribution_id)
    history = at_work().history.of(one.id)
    field = read_seen(contribution_id, request.form.get("seen", ""))
    page = render_template(
        template,
        **{"fields": {}, "preview": None, "is_conflict": False, **shown},
        one=one,
        place=place_of(commenting().published(), one.ref),
        decision=at_work().answers.decision_on(one.ref.document, one.id),
        history=history,
        **_beside(one),
        meanwhile=field.since(history),
        **_choices(one, history),
    )
    return Response(page, status=status, mimetype="text/html")


def _beside(one: Contribution) -> Mapping[str, object]:
    """Return what it replies to, the replies to it, and how many support it."""
    store = commenting().store
    there = store.on_paragraphs([one.ref])
    supports = store.supports(one.ref.document, one.id)
    return {
        "answered": next((each for each in there if each.id == one.in_reply_to), None),
        "replies": [each for each in there if each.in_reply_to == one.id],
        "supports": sum(not each.is_withdrawn for each in supports),
    }


def _choices(one: Contribution, history: tuple[LogEntry, ...]) -> Mapping[str, object]:
    return {
        "ordinal": at_work().search.ordinal(one),
        "seen": seen_field(one, len(history)),
        "possible": {name for name, act in ACTS.items() if is_possible(act, one)},
        "reasons": list(HidingReason),
        "note_limit": NOTE_LIMIT,
        "sent": request.form,
        "words": contribution_words,
        "log_words": log_words,
    }
