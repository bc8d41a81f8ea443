"""The guard of the desk: every request passes it, before any page is asked."""

from http import HTTPStatus

from flask import g, redirect, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from comment_service.web.desk.access import Access, Open, asked_access, let_pass
from comment_service.web.desk.cookie import read_cookie
from comment_service.web.desk.forgery import refuse_foreign, refuse_stale
from comment_service.web.desk.kept_form import here, sent_form
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.must_set_up import must_set_up
from comment_service.web.desk.sign_in_page import sign_in_page
from comment_service.web.desk.uploads import STRANGERS_LIMIT, UPLOAD_LIMIT, refuse_larger
from participation.account import Account

SAFE = {"GET", "HEAD", "OPTIONS"}


def guard() -> BaseResponse | None:
    """Let a request pass, or answer it with what has to come first.

    Raises:
        ForeignForm, StaleForm: If a form is not one of ours.
        NotPermitted: If the role does not permit it.
        RequestEntityTooLarge: If it is more than is read from whom it comes.
    """
    g.signed_in = signed_in = made_of().signing_in.resume(read_cookie(request))
    access = asked_access()
    if access is Open.TO_ALL:
        _let_stranger_in()
        return None
    if signed_in is None:
        return _sign_in_first()
    refuse_larger(UPLOAD_LIMIT)
    if request.method not in SAFE:
        refuse_foreign(request)
        refuse_stale(request, signed_in)
    return _let_account_in(signed_in.account, access)


def _let_stranger_in() -> None:
    refuse_larger(STRANGERS_LIMIT)
    if request.method not in SAFE:
        refuse_foreign(request)


def _sign_in_first() -> BaseResponse:
    if request.method in SAFE:
        return redirect(url_for("desk.sign_in", next=here(request)), HTTPStatus.SEE_OTHER)
    try:
        refuse_larger(STRANGERS_LIMIT)
    except RequestEntityTooLarge:
        return sign_in_page(lost=True, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    refuse_foreign(request)
    return sign_in_page(kept=sent_form(request), status=HTTPStatus.FORBIDDEN)


def _let_account_in(account: Account, access: Access) -> BaseResponse | None:
    let_pass(account, access)
    if access is not Open.TO_ACCOUNTS and must_set_up(account):
        return redirect(url_for("desk.second_factor"), HTTPStatus.SEE_OTHER)
    return None
