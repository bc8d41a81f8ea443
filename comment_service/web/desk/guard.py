"""The guard of the desk: every request passes it, before any page is asked."""

from http import HTTPStatus

from flask import g, redirect, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.desk.access import Open, asked_access, current_signed_in, let_pass
from comment_service.web.desk.cookie import read_cookie
from comment_service.web.desk.forgery import refuse_foreign, refuse_stale
from comment_service.web.desk.kept_form import here, sent_form
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.sign_in_page import sign_in_page

UPLOAD_LIMIT = 16 * 1024 * 1024  # bytes; a spreadsheet of 5,000 long contributions
STRANGERS_LIMIT = 256 * 1024  # bytes; a long form that is sent again after signing in
SAFE = {"GET", "HEAD", "OPTIONS"}


def guard() -> BaseResponse | None:
    """Let a request pass, or answer it with what has to come first.

    Raises:
        ForeignForm, StaleForm: If a form is not one of ours.
        NotPermitted: If the role does not permit it.
        RequestEntityTooLarge: If it is more than is read from whom it comes.
    """
    g.signed_in = made_of().signing_in.resume(read_cookie(request))
    access, signed_in = asked_access(), current_signed_in()
    if signed_in is None and access is not Open.TO_ALL and _is_larger(STRANGERS_LIMIT):
        return sign_in_page(lost=True, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if _is_larger(STRANGERS_LIMIT if signed_in is None else UPLOAD_LIMIT):
        raise RequestEntityTooLarge
    if request.method not in SAFE:
        refuse_foreign(request)
    if access is Open.TO_ALL:
        return None
    if signed_in is None:
        return _sign_in_first()
    if request.method not in SAFE:
        refuse_stale(request, signed_in)
    let_pass(signed_in.account, access)
    return None


def _is_larger(limit: int) -> bool:
    request.max_content_length = limit + 1  # see web/bodies.py
    if (request.content_length or 0) > limit:
        return True
    return len(request.get_data()) > limit


def _sign_in_first() -> BaseResponse:
    if request.method in SAFE:
        return redirect(url_for("desk.sign_in", next=here(request)), HTTPStatus.SEE_OTHER)
    return sign_in_page(kept=sent_form(request), status=HTTPStatus.FORBIDDEN)
