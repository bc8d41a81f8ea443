"""Signing in with the city's provider: there, and back."""

import json
from dataclasses import asdict
from http import HTTPStatus
from ipaddress import ip_address

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from comment_service.single_sign_on import Begun, Provider, ProviderUnavailable
from comment_service.web.desk.access import current_signed_in, open_to_all
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.cookie import put_cookie
from comment_service.web.desk.kept_form import safe_target
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.sign_in_page import sign_in_page
from comment_service.web.errors import STATUS_OF, log, log_fault
from comment_service.web.service import service
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from comment_service.welcoming import Welcoming
from participation.refusals import NoAccount, Refusal, SingleSignOnRefused

COOKIE = "__Host-redaktion-anmelden"  # for the way there and back
LASTS = 600  # seconds


@bp.get("/anmelden/zentral")
@open_to_all
def begin_single_sign_on() -> BaseResponse:
    """Send the browser to the provider."""
    begun = Begun.anew()
    answer = redirect(_provider().address(begun, _back()), HTTPStatus.SEE_OTHER)
    known = {**asdict(begun), "target": safe_target(request.args.get("next", ""))}
    answer.set_cookie(
        COOKIE, json.dumps(known), LASTS, secure=True, httponly=True, samesite="Lax", path="/"
    )
    return answer


@bp.get("/anmelden/zurueck")
@open_to_all
def end_single_sign_on() -> BaseResponse:
    """Begin a session of whoever comes back from the provider."""
    begun, target = _begun()
    before, of = current_signed_in(), made_of()
    welcoming = Welcoming(_provider(), of.accounts, of.administering, of.signing_in)
    signed_in = welcoming.welcome(begun, _back(), request.url)
    if before is not None:
        of.signing_in.sign_out(before)
    answer = redirect(target, HTTPStatus.SEE_OTHER)
    put_cookie(answer, signed_in)
    answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax", path="/")
    return answer


@bp.errorhandler(SingleSignOnRefused)
@bp.errorhandler(NoAccount)
def not_vouched_for(refusal: Refusal) -> Response:
    """Answer that nobody was signed in, and tell the operator why: no name, only what was wrong."""
    log.warning(refusal.code, extra={"reason": getattr(refusal, "why", "")})
    problem = " ".join(meaning(refusal.code, spoken()))
    if isinstance(refusal, NoAccount) and refusal.name:
        known_as = spoken().gettext("There you are known as %(name)s.")
        problem = f"{problem} {known_as % {'name': refusal.name}}"
    return sign_in_page(problem=problem, status=STATUS_OF[type(refusal)])


@bp.errorhandler(ProviderUnavailable)
def provider_unavailable(fault: ProviderUnavailable) -> Response:
    """Answer that the provider is away; who has a password can use it."""
    log_fault(fault)
    problem = spoken().gettext(
        "Single sign-on does not answer at this moment. Please try again in a few minutes, "
        "or use your password if you have one here."
    )
    return sign_in_page(problem=problem, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _provider() -> Provider:
    settings, of = service().settings, made_of()
    if settings.oidc_issuer is None:
        raise NotFound
    if settings.oidc_issuer not in of.providers:  # what it says of itself is asked for once
        of.providers[settings.oidc_issuer] = Provider(
            settings.oidc_issuer,
            settings.oidc_client_id,
            settings.oidc_client_secret,
            of.signing_in.clock,
        )
    return of.providers[settings.oidc_issuer]


def _begun() -> tuple[Begun, str]:
    try:
        known = json.loads(request.cookies.get(COOKIE, ""))
        target = safe_target(known.pop("target"))
        return Begun(**known), target
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SingleSignOnRefused("nothing was begun in this browser") from error


def _back() -> str:
    # Behind a web server the scheme is not known here; but the cookie needs https anyway,
    # wherever it is not this very machine.
    scheme = request.scheme if _is_this_machine(request.host) else "https"
    return f"{scheme}://{request.host}{url_for('desk.end_single_sign_on', lang=None)}"


def _is_this_machine(host: str) -> bool:
    name = host.rpartition(":")[0] or host
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"
