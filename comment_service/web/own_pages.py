"""The page of one's own contribution, for whoever has its receipt code; without JavaScript.

The link that people keep bears the code, so these pages are kept by no cache, listed by nobody,
and name their address to no other. Every act sends the code in the body of its form.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request

from comment_service.changing_contributions import Changing
from comment_service.own_contributions import Own, OwnContributions
from comment_service.web.contribution_words import contribution_words
from comment_service.web.errors import STATUS_OF, field_messages
from comment_service.web.forms import Typed, read_typed
from comment_service.web.headers import for_one_reader
from comment_service.web.own_presenter import present_own
from comment_service.web.place_of import place_of
from comment_service.web.receipt_links import links_to_keep
from comment_service.web.receipt_tries import restrain_tries
from comment_service.web.service import commenting, service
from comment_service.web.spoken import chosen, spoken
from comment_service.web.wording import meaning
from participation.contribution import NAME_LIMIT, TEXT_LIMIT, WORDING_LIMIT, Contribution
from participation.correcting import Correction
from participation.moderation import Act, is_possible
from participation.public_contributions import PublicContribution
from participation.refusals import (
    AlreadyAnswered,
    ChangedMeanwhile,
    InvalidInput,
    Refusal,
    StatusForbids,
    UnknownReceipt,
    WindowNotOpen,
)

bp = Blueprint("own", __name__)
restrain_tries(bp)
bp.after_request(for_one_reader)
ADDRESS = "/beitrag/quittung"
SAVE = "save"  # the act of a form with corrected words


@bp.get(ADDRESS)
def receipt() -> Response:
    """Answer the receipt of the code in the link, or the form that asks for a code."""
    code = request.args.get("code")
    if code is None:
        return Response(_asking(""), mimetype="text/html")
    return _look(code)


@bp.post(ADDRESS)
def show() -> Response:
    """Show the contribution of a code, hand it out as JSON, correct it or take it back."""
    act = ACTS.get(request.form.get("act", ""), _look)
    return act(_code())


@bp.errorhandler(UnknownReceipt)
def unknown(refusal: UnknownReceipt) -> Response:
    """Answer a code that is no receipt: one sentence for wrong, foreign and invented ones."""
    page = _asking(" ".join(meaning(refusal.code, spoken())))
    return Response(page, status=STATUS_OF[type(refusal)], mimetype="text/html")


@bp.errorhandler(AlreadyAnswered)
@bp.errorhandler(ChangedMeanwhile)
@bp.errorhandler(InvalidInput)
@bp.errorhandler(StatusForbids)
@bp.errorhandler(WindowNotOpen)
def refused(refusal: Refusal) -> Response:
    """Answer an act that is refused with the receipt, and with all that was typed."""
    fields = field_messages(refusal) if isinstance(refusal, InvalidInput) else {}
    typed = read_typed(request) if request.form.get("act") == SAVE else None
    shown: dict[str, Any] = {"refusal": refusal, "fields": fields, "typed": typed}
    answer = _page(_code(), _own().show(_code()), **shown)
    answer.status_code = STATUS_OF[type(refusal)]
    return answer


@bp.url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link; there is no cookie for it."""
    if endpoint.startswith("own."):
        values.setdefault("lang", chosen())


def _look(code: str) -> Response:
    return _page(code, _own().show(code))


def _download(code: str) -> Response:
    own = _own().show(code)
    plain = present_own(own, _own().history(own.contribution)) | _mail(own)
    answer = Response(json.dumps(plain, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="beitrag.json"'
    return answer


def _mail(own: Own) -> dict[str, Any]:
    """Return whether an address is kept; whoever has the code need not be the one who left it."""
    office = service().post_office
    return {"mail": office.mailing.state(own.contribution.id).value} if office else {}


def _withdraw(code: str) -> Response:
    if "sure" not in request.form:
        return _page(code, _own().show(code), ask=True)
    return _page(code, _own().withdraw(code), done="withdrawn")


def _correct(code: str) -> Response:
    own = _own().show(code)
    one = own.contribution
    typed = Typed(one.kind, one.text, one.name or "", proposed_wording=one.proposed_wording or "")
    return _page(code, own, typed=typed)


def _save(code: str) -> Response:
    typed = read_typed(request)
    correction = Correction(typed.text, typed.name or None, typed.proposed_wording or None)
    return _page(code, _own().correct(code, correction), done="corrected")


ACTS: Mapping[str, Callable[[str], Response]] = {
    "correct": _correct,
    "download": _download,
    SAVE: _save,
    "withdraw": _withdraw,
}


def _code() -> str:
    return request.form.get("code", "")


def _own() -> OwnContributions:
    residents = commenting()
    return OwnContributions(
        Changing(residents.store, residents.marks, residents.clock, residents.new_id),
        residents.published,
    )


def _asking(problem: str) -> str:
    code = request.values.get("code", "")
    return render_template("own.html", code=code, own=None, problem=problem)


def _page(code: str, own: Own, **shown: Any) -> Response:
    one = own.contribution
    page = render_template(
        "own.html",
        code=code,
        own=own,
        one=one,
        keep=links_to_keep(code),
        place=place_of(commenting().published(), one.ref),
        public=_public(one),
        now=commenting().clock(),
        words=contribution_words,
        may_withdraw=is_possible(Act.WITHDRAW, one),
        against_correcting=_own().against_correcting(one),
        limits=(TEXT_LIMIT, NAME_LIMIT, WORDING_LIMIT),
        **shown,
    )
    return Response(page, mimetype="text/html")


def _public(one: Contribution) -> PublicContribution | None:
    """Return it as everybody sees it, None if nobody does."""
    document = commenting().published().documents.get(one.ref.document)
    public = () if document is None else commenting().public(document)
    return next((each for each in public if each.id == one.id), None)
