"""One's own account: password, second factor, and the browsers that are signed in."""

import secrets
from http import HTTPStatus

from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from comment_service import second_factor as factor
from comment_service.web.desk.access import current_account, current_signed_in, open_to_accounts
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.cookie import drop_cookie, put_cookie
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.must_set_up import must_set_up
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import field_messages
from comment_service.web.spoken import spoken
from participation.refusals import InvalidInput

OWN, SECOND_FACTOR = "/konto", "/konto/zweiter-faktor"
ISSUER = "Randnotiz"  # as the app lists it


@bp.get(OWN)
@open_to_accounts
def own_account() -> Response:
    """Answer one's own account."""
    return _own()


@bp.post(f"{OWN}/passwort")
@open_to_accounts
def change_password() -> BaseResponse:
    """Change one's password: this browser is signed in anew, all others are signed out."""
    account, typed = current_account(), request.form
    try:
        changed = made_of().administering.change_password(
            account, typed.get("old", ""), typed.get("password", "")
        )
    except InvalidInput as refusal:
        return _own(refusal)
    answer = redirect(url_for("desk.own_account", done="password"), HTTPStatus.SEE_OTHER)
    put_cookie(answer, made_of().signing_in.welcome(changed))
    return answer


@bp.post(f"{OWN}/ueberall-abmelden")
@open_to_accounts
def sign_out_everywhere() -> BaseResponse:
    """Sign out of every browser."""
    made_of().signing_in.sign_out_everywhere(current_account())
    answer = redirect(url_for("desk.sign_in"), HTTPStatus.SEE_OTHER)
    drop_cookie(answer)
    return answer


@bp.get(SECOND_FACTOR)
@open_to_accounts
def second_factor() -> Response:
    """Answer how to set up a second factor: a picture for the app, and a field for its code."""
    return _set_up(secrets.token_urlsafe(12))


@bp.post(SECOND_FACTOR)
@open_to_accounts
def set_up_second_factor() -> BaseResponse:
    """Set up the second factor that was offered, if the app makes its codes."""
    nonce = request.form.get("nonce", "")
    code = request.form.get("code", "")
    try:
        made_of().administering.set_up_second_factor(current_account(), _secret(nonce), code)
    except InvalidInput as refusal:
        return _set_up(nonce, refusal)
    words = spoken().gettext("Your second factor is set up. From now on you need its code.")
    return redirect_telling(url_for("desk.own_account"), words)


def _own(refusal: InvalidInput | None = None) -> Response:
    page = render_template(
        "desk/own_account.html",
        fields=field_messages(refusal) if refusal else {},
        is_changed=request.args.get("done") == "password",
    )
    return Response(page, status=_status(refusal), mimetype="text/html")


def _set_up(nonce: str, refusal: InvalidInput | None = None) -> Response:
    account, secret = current_account(), _secret(nonce)
    page = render_template(
        "desk/second_factor.html",
        nonce=nonce,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=_picture(factor.address(secret, account.name, ISSUER)),
        has_to=must_set_up(account),
        fields=field_messages(refusal) if refusal else {},
    )
    return Response(page, status=_status(refusal), mimetype="text/html")


def _secret(nonce: str) -> str:
    signed_in = current_signed_in()
    return factor.secret_from(signed_in.token if signed_in else "", nonce)


def _picture(address: str) -> Markup:
    # Only who sets one up waits for this import.
    import segno  # noqa: PLC0415

    drawn = segno.make(address, error="m").svg_inline(omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704  # drawn by us, from an address that is percent-encoded


def _status(refusal: InvalidInput | None) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
