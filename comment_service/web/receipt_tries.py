"""Wrong receipt codes: whoever sends many has to wait, for right ones, too."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from comment_service.restraint import Asked
from comment_service.web.restraining import count, let_pass


def restrain_tries(bp: Blueprint) -> None:
    """Count the codes for which pages of a blueprint find nothing."""
    bp.before_request(_let_pass)
    bp.after_request(_count)


def _let_pass() -> None:
    if request.values.get("code"):
        let_pass(Asked.WRONG_RECEIPT)


def _count(answer: Response) -> Response:
    if answer.status_code == HTTPStatus.NOT_FOUND and request.values.get("code"):
        count(Asked.WRONG_RECEIPT)
    return answer
