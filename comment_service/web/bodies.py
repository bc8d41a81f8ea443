"""How much of a request is read."""

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from comment_service.web.body_limit import BODY_LIMIT


def limit_bodies(app: Flask) -> None:
    """Refuse requests with a body of more than BODY_LIMIT bytes, said or sent."""
    # One more: the framework cuts a chunked body at its limit in silence, and so it shows.
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT + 1
    app.before_request(_refuse_larger)


def _refuse_larger() -> None:
    if len(request.get_data()) > BODY_LIMIT:
        raise RequestEntityTooLarge
