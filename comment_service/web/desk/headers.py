"""What every answer of the desk bears: it is for one reader, and kept nowhere."""

from flask import Flask, Response, request

from comment_service.web.headers import PUBLIC, in_a_language
from comment_service.web.safety import SAFETY

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def bear_headers(desk: Flask) -> None:
    """Give every answer of the desk its headers."""
    desk.after_request(_secure)
    desk.after_request(in_a_language)


def _secure(response: Response) -> Response:
    response.headers.update({**SAFETY, "Content-Security-Policy": POLICY})
    is_file = request.endpoint == "static" and response.status_code < 400  # noqa: PLR2004  # errors
    response.headers["Cache-Control"] = PUBLIC if is_file else "no-store"
    return response
