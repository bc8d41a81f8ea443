"""From what went wrong to the answer: problem details for programs, a page for people."""

import logging
import math
from datetime import datetime
from http import HTTPStatus

import msgspec
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from comment_service.web import shapes
from comment_service.web.presenters import at_home, json_answer
from comment_service.web.refusals import (
    BrokenJson,
    ForeignForm,
    StaleForm,
    UnsupportedMediaType,
    UploadTooLarge,
)
from comment_service.web.service import commenting
from comment_service.web.spoken import spoken
from comment_service.web.wording import field_words, meaning
from participation.faults import Fault
from participation.refusals import (
    AccountNameTaken,
    AlreadyAnswered,
    ChangedMeanwhile,
    DecisionIsDiscarded,
    DecisionIsPublic,
    IdempotencyKeyReused,
    InvalidInput,
    LastAdministrator,
    NoAccount,
    NotPermitted,
    OwnContribution,
    Refusal,
    SignInRefused,
    SingleSignOnRefused,
    StatusForbids,
    TooMany,
    TooManyTries,
    UnknownAccount,
    UnknownBrowser,
    UnknownContribution,
    UnknownDecision,
    UnknownDocument,
    UnknownMailLink,
    UnknownParagraph,
    UnknownReceipt,
    UnknownVersion,
    WindowNotOpen,
)
from spreadsheets.cell_problems import UnfitRows
from spreadsheets.refusals import UnfitSpreadsheet

STATUS_OF: dict[type[Refusal], HTTPStatus] = {
    AccountNameTaken: HTTPStatus.CONFLICT,
    AlreadyAnswered: HTTPStatus.CONFLICT,
    BrokenJson: HTTPStatus.BAD_REQUEST,
    ChangedMeanwhile: HTTPStatus.CONFLICT,
    DecisionIsDiscarded: HTTPStatus.CONFLICT,
    DecisionIsPublic: HTTPStatus.CONFLICT,
    ForeignForm: HTTPStatus.FORBIDDEN,
    IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    LastAdministrator: HTTPStatus.CONFLICT,
    NoAccount: HTTPStatus.FORBIDDEN,
    NotPermitted: HTTPStatus.FORBIDDEN,
    OwnContribution: HTTPStatus.CONFLICT,
    UnfitRows: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnfitSpreadsheet: HTTPStatus.UNPROCESSABLE_ENTITY,
    SignInRefused: HTTPStatus.FORBIDDEN,
    SingleSignOnRefused: HTTPStatus.FORBIDDEN,
    StaleForm: HTTPStatus.FORBIDDEN,
    StatusForbids: HTTPStatus.CONFLICT,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    UnknownAccount: HTTPStatus.NOT_FOUND,
    UnknownBrowser: HTTPStatus.UNAUTHORIZED,
    UnknownContribution: HTTPStatus.NOT_FOUND,
    UnknownDecision: HTTPStatus.NOT_FOUND,
    UnknownDocument: HTTPStatus.NOT_FOUND,
    UnknownMailLink: HTTPStatus.NOT_FOUND,
    UnknownParagraph: HTTPStatus.NOT_FOUND,
    UnknownReceipt: HTTPStatus.NOT_FOUND,
    UnknownVersion: HTTPStatus.NOT_FOUND,
    UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    UploadTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    WindowNotOpen: HTTPStatus.FORBIDDEN,
}
CODE_OF: dict[int, str] = {  # what the framework refuses before a view is reached
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
}
UNAVAILABLE, OUR_FAULT, OTHER = "unavailable", "our-fault", "bad-request"
FOR_PROGRAMS = ("/api/", "/healthz", "/readyz")

log = logging.getLogger("comment_service")


def answer_errors(app: Flask) -> None:
    """Answer everything that can go wrong in the application."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, refused_by_framework)
    app.register_error_handler(Fault, unavailable)
    app.register_error_handler(Exception, unexpected)


def refused(refusal: Refusal) -> Response:
    """Answer a refusal: the one who asked can mend it, so say how."""
    answer = _answer(STATUS_OF[type(refusal)], refusal.code, **_facts(refusal))
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(seconds_until(refusal.until))
    return answer


def seconds_until(moment: datetime) -> int:
    """Return how long it is until a moment, in whole seconds that suffice."""
    return max(1, math.ceil((moment - commenting().clock()).total_seconds()))


def refused_by_framework(error: HTTPException) -> Response:
    """Answer what no view has seen: unknown addresses, other methods, bodies that are too large."""
    status = error.code or HTTPStatus.BAD_REQUEST
    answer = _answer(status, CODE_OF.get(status, OTHER))
    headers = dict(error.get_headers())
    if "Allow" in headers:
        answer.headers["Allow"] = headers["Allow"]
    return answer


def unavailable(fault: Fault) -> Response:
    """Answer a fault of ours that passes: log the reason, tell that it is not their doing."""
    log_fault(fault)
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, UNAVAILABLE)


def unexpected(error: Exception) -> Response:
    """Answer a mistake of ours: log everything, tell nothing of the inside."""
    log.error("unexpected", exc_info=error)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, OUR_FAULT)


def log_fault(fault: Fault) -> None:
    """Tell the operator what is broken."""
    log.error("fault", extra={"fault": type(fault).__name__, "reason": str(fault)})


def field_messages(refusal: InvalidInput) -> dict[str, str]:
    """Return what is wrong, by field, in the language of the request."""
    return {field: field_words(problem, spoken()) for field, problem in refusal.errors.items()}


def _facts(refusal: Refusal) -> dict[str, object]:
    match refusal:
        case InvalidInput(errors=errors):
            messages = field_messages(refusal)
            return {
                "errors": {
                    field: shapes.FieldError(problem.code, messages[field], problem.limit)
                    for field, problem in errors.items()
                }
            }
        case WindowNotOpen(opens=opens, closes=closes):
            return {"opens": opens and at_home(opens), "closes": closes and at_home(closes)}
        case TooMany(until=until):
            return {"until": at_home(until)}
    return {}


def _answer(status: int, code: str, **facts: object) -> Response:
    happened, cure = meaning(code, spoken())
    if not request.path.startswith(FOR_PROGRAMS):
        page = render_template("error.html", code=code, happened=happened, cure=cure)
        return Response(page, status=status, mimetype="text/html")
    problem = shapes.Problem(
        type=f"/api/#{code}", title=happened, status=int(status), detail=cure, code=code
    )
    answer = json_answer(
        msgspec.structs.replace(problem, **facts), status, mimetype="application/problem+json"
    )
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
