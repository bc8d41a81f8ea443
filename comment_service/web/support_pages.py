"""Support without JavaScript, and without a cookie.

Each page bears a browser token of its own: what is sent from it twice counts once, and whoever
keeps the link that is shown takes the support back with it (docs/decisions/0039).
"""

from typing import Any

from flask import Blueprint, Response, g, render_template, request

from comment_service.commenting import ParagraphSeen
from comment_service.restraint import Asked
from comment_service.web.forms import Typed
from comment_service.web.headers import for_one_reader
from comment_service.web.paragraph_shown import paragraph_page
from comment_service.web.restraining import restrain
from comment_service.web.service import commenting, supporting
from comment_service.web.spoken import chosen
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution
from participation.refusals import UnknownContribution

bp = Blueprint("supports", __name__)
bp.after_request(for_one_reader)
ADDRESS = "/beitrag/<slug>/<number:version>/<number:number>/unterstuetzung"


@bp.get(ADDRESS)
def asked(slug: str, version: int, number: int) -> str:
    """Ask whether a support is to be taken back: the link that was kept leads here."""
    seen, one = _seen(ParagraphRef(slug, version, number), request.args.get("contribution", ""))
    token = request.args.get("token", "")
    return render_template("support.html", seen=seen, ref=one.ref, one=one, token=token)


@bp.post(ADDRESS)
def put(slug: str, version: int, number: int) -> Response:
    """Support a contribution, or take that back, and show the paragraph."""
    ref = ParagraphRef(slug, version, number)
    contribution_id, token = request.form.get("contribution", ""), request.form.get("token", "")
    _seen(ref, contribution_id)
    restrain(Asked.SUPPORT)
    use_case = supporting()
    act = use_case.withdraw if request.form.get("act") == "withdraw" else use_case.support
    backing = act(contribution_id, token)
    g.browser_token = token
    seen, one = _seen(ref, contribution_id)
    return paragraph_page(ref, Typed(), seen=seen, backing=backing, backed=one, token=token)


@bp.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link; there is no cookie for it."""
    values.setdefault("lang", chosen())


@bp.app_context_processor
def offered() -> dict[str, Any]:
    """Give the pages the token from which they support."""
    return {"browser_token": _browser_token}


def _browser_token() -> str:
    if "browser_token" not in g:
        g.browser_token = supporting().new_token()
    token: str = g.browser_token
    return token


def _seen(ref: ParagraphRef, contribution_id: str) -> tuple[ParagraphSeen, PublicContribution]:
    """Return a paragraph and a contribution on it.

    Raises:
        UnknownContribution: If there is no public one of that id on it.
    """
    seen = commenting().paragraph(ref)
    for one in seen.contributions:
        if one.id == contribution_id:
            return seen, one
    raise UnknownContribution(contribution_id)
