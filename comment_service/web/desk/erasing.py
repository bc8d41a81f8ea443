"""Erasing what somebody wrote: found by receipt code or chosen, looked at, confirmed."""

from http import HTTPStatus

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.contribution_words import contribution_words
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.at_work import at_work
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.log_words import log_words
from comment_service.web.desk.seen_field import read_chosen, seen_field
from comment_service.web.desk.stayed import stayed_words
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import STATUS_OF
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.contribution import Contribution
from participation.permissions import Action
from participation.refusals import UnknownContribution, UnknownReceipt

ADDRESS = "/loeschen"


@bp.get(ADDRESS)
@permitted(Action.ERASE)
def erase_chosen() -> str:
    """Answer the form for a receipt code, and what was chosen to be erased."""
    return _page(_found(request.args.getlist("chosen")))


@bp.post(ADDRESS)
@permitted(Action.ERASE)
def erase() -> BaseResponse:
    """Show what would be erased; once that is confirmed, erase it."""
    code, chosen = request.form.get("code", ""), request.form.getlist("chosen")
    if code:
        return _of_receipt(code)
    if "confirmed" not in request.form:
        return Response(_page(_found(chosen)), mimetype="text/html")
    treated = at_work().erasing.erase_all(read_chosen(chosen), current_account().role)
    stayed = [stayed_words(one.id, one.refusal) for one in treated if one.refusal is not None]
    words = _done_words(len(treated) - len(stayed))
    if not stayed:
        return redirect_telling(url_for("desk.queue"), words)
    page = _page(_found([one[0] for one in stayed]), stayed=stayed, done=words)
    return Response(page, status=HTTPStatus.CONFLICT, mimetype="text/html")


def _of_receipt(code: str) -> Response:
    try:
        found = [at_work().erasing.of_receipt(code)]
    except UnknownReceipt as refusal:
        page = _page([], code=code, problem=" ".join(meaning(refusal.code, spoken())))
        return Response(page, status=STATUS_OF[type(refusal)], mimetype="text/html")
    return Response(_page(found), mimetype="text/html")


def _found(chosen: list[str]) -> list[Contribution]:
    """Return what was chosen, as it is now; what is not there is left out."""
    found = []
    for one in read_chosen(chosen):
        try:
            found.append(commenting().store.get(one.id))
        except UnknownContribution:
            continue
    return found


def _page(found: list[Contribution], **told: object) -> str:
    return render_template(
        "desk/erase.html",
        **{"stayed": (), "code": "", "problem": None, **told},
        found=[one for one in found if one.erased_at is None],
        erased=[one for one in found if one.erased_at is not None],
        words=contribution_words,
        seen_field=seen_field,
        log_words=log_words,
    )


def _done_words(count: int) -> str:
    language = spoken()
    words = language.ngettext(
        "%(num)s contribution was erased.", "%(num)s contributions were erased.", count
    )
    return words % {"num": count}
