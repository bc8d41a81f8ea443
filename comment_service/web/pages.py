"""The whole job without JavaScript: read a paragraph's contributions and hand one in."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.commenting import ParagraphSeen
from comment_service.web.caution_form import read_sent
from comment_service.web.errors import (
    STATUS_OF,
    field_messages,
    log_fault,
    seconds_until,
    unavailable,
)
from comment_service.web.forms import Typed, read_typed
from comment_service.web.headers import PUBLIC
from comment_service.web.page_words import words
from comment_service.web.paragraph_shown import offered, paragraph_page
from comment_service.web.receipt_shown import receipt_shown, shown_soon
from comment_service.web.service import commenting
from comment_service.web.spoken import chosen, spoken
from comment_service.web.wording import field_words
from participation.contribution import (
    ContributionKind,
    tidy,
    wording_problem,
)
from participation.faults import Fault
from participation.paragraph import ParagraphRef
from participation.refusals import (
    IdempotencyKeyReused,
    InvalidInput,
    Refusal,
    TooMany,
    UnknownContribution,
    WindowNotOpen,
)
from participation.window import WindowState
from participation.word_diff import word_diff

bp = Blueprint("pages", __name__)
bp.app_context_processor(words)

# What has a language: the pages that are read, not the files and the addresses of programs.
SPEAKING = ("pages.", "own.", "synopses.page", "discussion.", "figures.page")
PARAGRAPH = "/beitrag/<slug>/<number:version>/<number:number>"
MESSAGE = "meldung"  # where a page says what happened; an address that ends in it jumps there
PRIVATE = "private, no-cache"  # the form bears a key that is for one reader only


@bp.get(PARAGRAPH)
def paragraph(slug: str, version: int, number: int) -> Response:
    """Answer a paragraph, its contributions and, if the window is open, the form."""
    ref = ParagraphRef(slug, version, number)
    seen = commenting().paragraph(ref)
    taken = commenting().confirmed(request.args.get("taken", ""), ref)
    receipt = receipt_shown(request.args.get("taken", ""), request.args) if taken else None
    answer = paragraph_page(
        ref, offered(request.args, seen), seen=seen, taken=taken, receipt=receipt
    )
    is_private = receipt or seen.state is WindowState.OPEN
    answer.headers["Cache-Control"] = PRIVATE if is_private else PUBLIC
    return answer


@bp.post(PARAGRAPH)
def contribute(slug: str, version: int, number: int) -> BaseResponse:
    """Take what was typed, then show the paragraph with a confirmation."""
    ref, typed = ParagraphRef(slug, version, number), read_typed(request)
    if request.form.get("act") == "preview":
        return _preview(ref, typed)
    sent = read_sent(request)
    taken = commenting().contribute(typed.draft(ref), key=typed.key, sent=sent).contribution
    shown: dict[str, Any] = {"taken": taken.id, **shown_soon(taken.id), "_anchor": MESSAGE}
    confirmation = url_for("pages.paragraph", **_address(ref), **shown)
    return redirect(confirmation, HTTPStatus.SEE_OTHER)


def _preview(ref: ParagraphRef, typed: Typed) -> Response:
    """Show what a proposed wording changes, before it is sent."""
    seen = commenting().paragraph(ref)
    wording, now = tidy(typed.proposed_wording) or None, seen.paragraph.text
    problem = wording_problem(typed.kind, wording, now)
    fields = {} if problem is None else {"proposed_wording": field_words(problem, spoken())}
    pieces = () if problem or wording is None else word_diff(now, wording)
    return paragraph_page(ref, typed, seen=seen, preview=pieces, fields=fields)


@bp.errorhandler(UnknownContribution)
def unanswerable(refusal: UnknownContribution) -> Response:
    """Answer a reply to what is no longer public: the words may stand for themselves."""
    typed = replace(read_typed(request), kind=ContributionKind.COMMENT, in_reply_to="", key=None)
    return paragraph_page(
        _ref(), typed, seen=_seen(), refusal=refusal, status=STATUS_OF[type(refusal)]
    )


@bp.errorhandler(InvalidInput)
@bp.errorhandler(WindowNotOpen)
@bp.errorhandler(IdempotencyKeyReused)
@bp.errorhandler(TooMany)
def typed_again(refusal: Refusal) -> Response:
    """Answer a refused form with all that was typed, and what to do about it."""
    typed = read_typed(request)
    if isinstance(refusal, IdempotencyKeyReused):
        typed = replace(typed, key=None)  # it is another contribution now
    fields = field_messages(refusal) if isinstance(refusal, InvalidInput) else {}
    answer = paragraph_page(
        _ref(), typed, seen=_seen(), refusal=refusal, fields=fields, status=STATUS_OF[type(refusal)]
    )
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(seconds_until(refusal.until))
    return answer


@bp.errorhandler(Fault)
def kept(fault: Fault) -> Response:
    """Answer a fault of ours with all that was typed, so that nothing is lost."""
    if request.method != "POST":
        return unavailable(fault)
    log_fault(fault)
    return paragraph_page(
        _ref(), read_typed(request), refusal=fault, status=HTTPStatus.SERVICE_UNAVAILABLE
    )


@bp.app_url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link to a page; there is no cookie for it."""
    if endpoint.startswith(SPEAKING):
        values.setdefault("lang", chosen())


def _ref() -> ParagraphRef:
    place = request.view_args or {}
    return ParagraphRef(place["slug"], place["version"], place["number"])


def _address(ref: ParagraphRef) -> dict[str, Any]:
    return {"slug": ref.document, "version": ref.version, "number": ref.number}


def _seen() -> ParagraphSeen | None:
    try:
        return commenting().paragraph(_ref())
    except Fault as fault:  # a second trouble must not cost what was typed
        log_fault(fault)
        return None
