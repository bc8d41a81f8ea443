"""The pages of mail: leave an address, confirm it, have it deleted; without JavaScript.

What a link leads to changes nothing before its one button is used: programs that look for harm
in mail follow every link.
"""

from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.mailing import Mailing, MailState
from comment_service.web.errors import STATUS_OF, field_messages, log_fault
from comment_service.web.headers import for_one_reader
from comment_service.web.post_office import PostOffice
from comment_service.web.receipt_tries import restrain_tries
from comment_service.web.service import service
from comment_service.web.spoken import chosen, spoken
from comment_service.web.wording import meaning
from participation.faults import Fault
from participation.refusals import InvalidInput, Refusal, StatusForbids, UnknownReceipt

bp = Blueprint("mail", __name__)
bp.after_request(for_one_reader)
restrain_tries(bp)
ADDRESS = "/beitrag/mail/adresse"
CONFIRM, STOP = "/beitrag/mail/bestaetigen/<token>", "/beitrag/mail/abmelden/<token>"


@bp.get(ADDRESS)
def receipt() -> BaseResponse:
    """Lead whoever loads the answer to the form anew to the page of receipts."""
    return redirect(url_for("own.receipt", lang=chosen()), HTTPStatus.SEE_OTHER)


@bp.post(ADDRESS)
def leave() -> str:
    """Take an address; what is answered is the same whether or not it is known."""
    code, address = request.form.get("code", ""), request.form.get("address", "")
    if request.form.get("act") == "delete":
        _mailing().take_back(code)
        return _page("deleted")
    _mailing().leave(code, address, spoken().code)
    return _page("asked", address=address.strip())


@bp.get(CONFIRM)
def confirm(token: str) -> str:
    """Answer the page with the button that confirms an address, as long as it is not."""
    wish = _mailing().look(token)
    return _page("confirmed" if wish.confirmed_at else "confirm", address=wish.address)


@bp.post(CONFIRM)
def confirmed(token: str) -> str:
    """Note that an address is confirmed."""
    _mailing().confirm(token)
    return _page("confirmed")


@bp.get(STOP)
def stop(token: str) -> str:
    """Answer the page with the button that deletes an address."""
    del token
    return _page("stop")


@bp.post(STOP)
def stopped(token: str) -> str:
    """Delete an address at once, as mail programs ask for it by themselves (RFC 8058)."""
    _mailing().stop(token)
    return _page("deleted")


@bp.errorhandler(InvalidInput)
@bp.errorhandler(UnknownReceipt)
@bp.errorhandler(StatusForbids)
def typed_again(refusal: Refusal) -> Response:
    """Answer a refused form with what was typed, and what to do about it."""
    typed = {name: request.form.get(name, "") for name in ("code", "address")}
    fields = field_messages(refusal) if isinstance(refusal, InvalidInput) else {}
    problem = fields.get("address") or " ".join(meaning(refusal.code, spoken()))
    page = _page("refused", problem=problem, fields=fields, **typed)
    return Response(page, status=STATUS_OF[type(refusal)], mimetype="text/html")


@bp.url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link; there is no cookie for it."""
    if endpoint.startswith("mail."):
        values.setdefault("lang", chosen())


@bp.app_context_processor
def offered() -> dict[str, Any]:
    """Have the pages with a receipt offer mail (``mail_form.html``)."""
    return {"mail_state": _state}


def _state(contribution_id: str) -> MailState | None:
    try:
        return _mailing().state(contribution_id)
    except Fault as fault:  # a trouble with mail must not cost the page of the receipt
        log_fault(fault)
        return None


def _mailing() -> Mailing:
    # These pages are there only where mail is set up.
    return cast("PostOffice", service().post_office).mailing


def _page(state: str, **shown: Any) -> str:
    return render_template("mail.html", state=state, **shown)
