"""The whole job without JavaScript: read a paragraph's contributions and hand one in."""

import secrets
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.commenting import ParagraphSeen
from comment_service.web.answer_words import words_of_answers
from comment_service.web.caution_form import cautious_form, is_braked, read_sent
from comment_service.web.contribution_words import contribution_words
from comment_service.web.dates import moment_words, number_words
from comment_service.web.errors import (
    STATUS_OF,
    field_messages,
    log_fault,
    seconds_until,
    unavailable,
)
from comment_service.web.forms import Typed, read_typed
from comment_service.web.headers import PUBLIC
from comment_service.web.paragraph_shown import answered_by, offered, said
from comment_service.web.receipt_links import links_to_keep
from comment_service.web.receipt_shown import receipt_shown, shown_soon
from comment_service.web.service import commenting, service
from comment_service.web.spoken import LANGUAGE_NAMES, chosen, spoken
from comment_service.web.wording import field_words, window_sentence
from participation.contribution import (
    NAME_LIMIT,
    TEXT_LIMIT,
    WORDING_LIMIT,
    ContributionKind,
    tidy,
    wording_problem,
)
from participation.document import Document, Version
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
from participation.threads import threads
from participation.window import WindowState
from participation.word_diff import word_diff

bp = Blueprint("pages", __name__)

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
    answer = _page(ref, offered(request.args, seen), seen=seen, taken=taken, receipt=receipt)
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
    return _page(ref, typed, seen=seen, preview=pieces, fields=fields)


@bp.errorhandler(UnknownContribution)
def unanswerable(refusal: UnknownContribution) -> Response:
    """Answer a reply to what is no longer public: the words may stand for themselves."""
    typed = replace(read_typed(request), kind=ContributionKind.COMMENT, in_reply_to="", key=None)
    return _page(_ref(), typed, seen=_seen(), refusal=refusal, status=STATUS_OF[type(refusal)])


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
    answer = _page(
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
    return _page(_ref(), read_typed(request), refusal=fault, status=HTTPStatus.SERVICE_UNAVAILABLE)


@bp.url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link; there is no cookie for it."""
    if endpoint.startswith("pages."):
        values.setdefault("lang", chosen())


@bp.app_context_processor
def words() -> dict[str, Any]:
    """Give the templates what they say and link to."""
    language, settings = spoken(), service().settings
    return {
        "language": language.code,
        "languages": LANGUAGE_NAMES,
        "home_language": settings.language,
        "site_url": settings.site_url,
        "paragraph_on_site": _paragraph_on_site,
        "window_sentence": partial(window_sentence, language=language),
        "moment_words": partial(moment_words, language=language),
        "number_words": partial(number_words, language=language),
        "word_diff": word_diff,
        "cautious_form": cautious_form,
        "is_braked": is_braked,
        "threads": threads,
        "links_to_keep": links_to_keep,
        "in_language": _in_language,
        "kind_words": contribution_words,
        **words_of_answers(language),
    }


def _in_language(code: str) -> str:
    """Return the address of the current page in another language: the same query, but that."""
    return f"?{urlencode({**request.args.to_dict(), 'lang': code})}"


def _page(
    ref: ParagraphRef, typed: Typed, *, status: int = HTTPStatus.OK, **shown: Any
) -> Response:
    """Return the page of a paragraph; without ``seen``, only the form with what was typed."""
    seen = shown.get("seen")
    page = render_template(
        "paragraph.html",
        ref=ref,
        said=seen and said(seen),
        answered=seen and answered_by(typed.in_reply_to, seen),
        wording_limit=WORDING_LIMIT,
        typed=replace(typed, key=typed.key or secrets.token_urlsafe(16)),
        kinds=[ContributionKind.COMMENT, ContributionKind.QUESTION],
        text_limit=TEXT_LIMIT,
        name_limit=NAME_LIMIT,
        **shown,
    )
    return Response(page, status=status, mimetype="text/html")


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


def _paragraph_on_site(document: Document, version: Version, number: int) -> str:
    edition = "" if version is document.newest else f"{version.number}/"
    return f"{service().settings.site_url}{document.slug}/{edition}#rn-{number}"
