"""The list of contributions: what waits, what is new, what is looked for; and acts on many."""

from http import HTTPStatus

from flask import Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.contribution_words import contribution_words
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.addresses import changed
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.hiding_form import read_act, read_hiding
from comment_service.web.desk.log_words import log_words
from comment_service.web.desk.seen_field import read_chosen, seen_field
from comment_service.web.desk.stayed import stayed_words
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.desk.wanted import read_number, read_wanted
from comment_service.web.errors import field_messages
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from participation.contribution import (
    Channel,
    ContributionKind,
    ContributionStatus,
    HidingReason,
)
from participation.moderation import NOTE_LIMIT
from participation.permissions import Action
from participation.refusals import InvalidInput

ADDRESS = "/beitraege"


@bp.get(ADDRESS)
@permitted(Action.SEE_DESK)
def queue() -> str:
    """Answer a page of the contributions that are looked for."""
    return _queue()


@bp.post(ADDRESS)
@permitted(Action.MODERATE)
def act_on_chosen() -> BaseResponse:
    """Do the same to all that were chosen; what others changed meanwhile is listed."""
    try:
        act, chosen = read_act(request.form), read_chosen(request.form.getlist("chosen"))
        why = read_hiding(request.form)
    except InvalidInput as refusal:
        page = _queue(fields=field_messages(refusal), chosen_ids=_chosen_ids())
        return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY, mimetype="text/html")
    treated = at_work().moderating.act_on_all(chosen, act, current_account().role, why)
    stayed = [stayed_words(one.id, one.refusal) for one in treated if one.refusal is not None]
    words = _done_words(len(treated) - len(stayed))
    if not stayed:
        return redirect_telling(changed(), words)
    page = _queue(stayed=stayed, done=words)
    return Response(page, status=HTTPStatus.CONFLICT, mimetype="text/html")


def _queue(**told: object) -> str:
    wanted = read_wanted(request.args)
    documents = commenting().published().documents
    return render_template(
        "desk/queue.html",
        **{"fields": {}, "stayed": (), "chosen_ids": (), **told},
        wanted=wanted,
        found=at_work().search.find(wanted, read_number(request.args.get("page", "")) or 1),
        documents=documents,
        document=documents.get(wanted.document or ""),
        kinds=list(ContributionKind),
        statuses=list(ContributionStatus),
        channels=list(Channel),
        reasons=list(HidingReason),
        note_limit=NOTE_LIMIT,
        words=contribution_words,
        changed=changed,
        seen_field=seen_field,
        sent=request.form,
        log_words=log_words,
    )


def _chosen_ids() -> set[str]:
    return {seen.id for seen in read_chosen(request.form.getlist("chosen"))}


def _done_words(count: int) -> str:
    language = spoken()
    words = language.ngettext(
        "%(num)s contribution was changed.", "%(num)s contributions were changed.", count
    )
    return words % {"num": count}
