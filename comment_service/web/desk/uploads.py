"""How much of a request the desk reads: spreadsheets are larger than contributions."""

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from comment_service.web.errors import refused
from comment_service.web.refusals import UploadTooLarge

UPLOAD_LIMIT = 16 * 1024 * 1024  # bytes; a spreadsheet of 5,000 long contributions
STRANGERS_LIMIT = 256 * 1024  # bytes; a long form that is sent again after signing in
MOST_FIELDS = 20_000  # of a form: one for each of very many contributions


def limit_uploads(desk: Flask) -> None:
    """Let forms be as large as the limits, and say what is too large."""
    desk.config["MAX_FORM_MEMORY_SIZE"] = UPLOAD_LIMIT
    desk.config["MAX_FORM_PARTS"] = MOST_FIELDS
    desk.register_error_handler(RequestEntityTooLarge, _refused)


def refuse_larger(limit: int) -> None:
    """Return if the request is within the limit.

    Raises:
        RequestEntityTooLarge: If it is larger, by what it says or by what it sends.
    """
    request.max_content_length = limit + 1  # see web/bodies.py
    if (request.content_length or 0) > limit or len(request.get_data()) > limit:
        raise RequestEntityTooLarge


def _refused(_: RequestEntityTooLarge) -> Response:
    return refused(UploadTooLarge())
