"""Signing in and out, and going on where a session has ended."""

from http import HTTPStatus

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.signing_in import Attempt, SignedIn
from comment_service.web.desk.access import current_signed_in, open_to_accounts, open_to_all
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.cookie import drop_cookie, put_cookie
from comment_service.web.desk.kept_form import KeptForm, read_kept, safe_target
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.sign_in_page import sign_in_page
from comment_service.web.errors import STATUS_OF
from comment_service.web.sender import sender
from comment_service.web.service import service
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.refusals import Refusal, SignInRefused, TooManyTries


@bp.get("/anmelden")
@open_to_all
def sign_in() -> BaseResponse:
    """Answer the page to sign in; whoever is signed in already goes on."""
    target = safe_target(request.args.get("next", ""))
    if current_signed_in() is not None:
        return redirect(target, HTTPStatus.SEE_OTHER)
    return sign_in_page(target=target)


@bp.post("/anmelden")
@open_to_all
def begin_session() -> BaseResponse:
    """Sign somebody in; then go on, or show the form in whose middle the session had ended."""
    before = current_signed_in()
    if before is not None and request.form.get("go") == "on":
        return go_on(before, _kept(), safe_target(request.form.get("next", "")))
    signed_in = made_of().signing_in.sign_in(_attempt())
    if before is not None:
        made_of().signing_in.sign_out(before)
    return go_on(signed_in, _kept(), safe_target(request.form.get("next", "")))


@bp.errorhandler(SignInRefused)
@bp.errorhandler(TooManyTries)
def not_signed_in(refusal: Refusal) -> BaseResponse:
    """Answer that it was wrong; all that was typed stays, but for password and code."""
    problem = " ".join(meaning(refusal.code, spoken()))
    answer = sign_in_page(
        name=request.form.get("name", ""),
        target=safe_target(request.form.get("next", "")),
        kept=_kept(),
        problem=problem,
        status=STATUS_OF[type(refusal)],
    )
    if isinstance(refusal, TooManyTries):
        wait = refusal.until - made_of().signing_in.clock()
        answer.headers["Retry-After"] = str(max(1, round(wait.total_seconds())))
    return answer


@bp.post("/abmelden")
@open_to_accounts
def sign_out() -> BaseResponse:
    """Sign somebody out of this browser."""
    signed_in = current_signed_in()
    if signed_in is not None:
        made_of().signing_in.sign_out(signed_in)
    answer = redirect(url_for("desk.sign_in"), HTTPStatus.SEE_OTHER)
    drop_cookie(answer)
    return answer


def go_on(signed_in: SignedIn, kept: KeptForm | None, target: str) -> BaseResponse:
    """Let somebody who has just signed in go on."""
    answer: BaseResponse = redirect(target, HTTPStatus.SEE_OTHER)
    if kept is not None:
        g.signed_in = signed_in
        answer = Response(render_template("desk/go_on.html", kept=kept), mimetype="text/html")
    put_cookie(answer, signed_in)
    return answer


def _attempt() -> Attempt:
    typed = request.form
    return Attempt(
        typed.get("name", ""),
        typed.get("password", ""),
        typed.get("code", ""),
        sender(request.environ, service().settings.proxies),
    )


def _kept() -> KeptForm | None:
    return read_kept(request.form.get("kept", ""))
