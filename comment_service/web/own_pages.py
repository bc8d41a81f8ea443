"""The page of one's own contribution, for whoever has its receipt code; without JavaScript.

The code is sent in the body of a form, never in an address: addresses are remembered.
"""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, render_template, request

from comment_service.changing_contributions import Changing
from comment_service.own_contributions import Own, OwnContributions
from comment_service.web.contribution_words import contribution_words
from comment_service.web.errors import STATUS_OF
from comment_service.web.own_presenter import present_own
from comment_service.web.place_of import place_of
from comment_service.web.receipt_tries import restrain_tries
from comment_service.web.service import commenting
from comment_service.web.spoken import chosen, spoken
from comment_service.web.wording import meaning
from participation.moderation import Act, is_possible
from participation.refusals import ChangedMeanwhile, Refusal, StatusForbids, UnknownReceipt

bp = Blueprint("own", __name__)
restrain_tries(bp)
ADDRESS = "/beitrag/quittung"


@bp.get(ADDRESS)
def receipt() -> str:
    """Answer the form that asks for a receipt code."""
    return render_template("own.html", code="", own=None, problem=None)


@bp.post(ADDRESS)
def show() -> Response:
    """Show the contribution of a code, hand it out as JSON, or take it back."""
    code, act = request.form.get("code", ""), request.form.get("act", "")
    try:
        if act == "download":
            return _download(_own().show(code))
        if act == "withdraw" and "sure" in request.form:
            return _page(code, _own().withdraw(code), done=True)
        return _page(code, _own().show(code), ask=act == "withdraw")
    except UnknownReceipt as refusal:
        problem = " ".join(meaning(refusal.code, spoken()))
        page = render_template("own.html", code=code, own=None, problem=problem)
        return Response(page, status=STATUS_OF[type(refusal)], mimetype="text/html")
    except (ChangedMeanwhile, StatusForbids) as refusal:
        return _page(code, _own().show(code), refusal=refusal, status=HTTPStatus.CONFLICT)


@bp.url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link; there is no cookie for it."""
    if endpoint.startswith("own."):
        values.setdefault("lang", chosen())


def _own() -> OwnContributions:
    residents = commenting()
    return OwnContributions(
        Changing(residents.store, residents.marks, residents.clock, residents.new_id),
        residents.published,
    )


def _page(
    code: str,
    own: Own,
    *,
    status: int = HTTPStatus.OK,
    ask: bool = False,
    done: bool = False,
    refusal: Refusal | None = None,
) -> Response:
    one = own.contribution
    page = render_template(
        "own.html",
        code=code,
        own=own,
        one=one,
        place=place_of(commenting().published(), one.ref),
        words=contribution_words,
        may_withdraw=is_possible(Act.WITHDRAW, one),
        ask=ask,
        done=done,
        problem=None if refusal is None else " ".join(meaning(refusal.code, spoken())),
    )
    return Response(page, status=status, mimetype="text/html")


def _download(own: Own) -> Response:
    plain = present_own(own, _own().history(own.contribution))
    answer = Response(json.dumps(plain, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="beitrag.json"'
    return answer
