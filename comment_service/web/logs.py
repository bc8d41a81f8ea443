"""Log lines as JSON on standard error: what was asked for, never by whom or with which words."""

import logging
import time
from collections.abc import Callable
from typing import TextIO

from flask import Flask, Response, g, has_request_context, request
from pythonjsonlogger.json import JsonFormatter

from comment_service.web.handled import Handled, Lines, log, new_request_id

SERVER = logging.getLogger("gunicorn.error")


class WithoutPeople(logging.Filter):
    """Keeps addresses and query strings out of what gunicorn says of requests.

    Its warnings name the client's address and quote headers; its errors quote the whole URL.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, but not all of its words."""
        for start, event in (
            ("Invalid request from", "invalid-request"),
            ("Error handling request", "request-failed"),
        ):
            if str(record.msg).startswith(start):
                record.msg, record.args = event, ()
        return True


def configure_logs(level: str, stream: TextIO) -> None:
    """Write the service's lines to ``stream``, and gunicorn's in the same form."""
    handler = Lines(stream)
    handler.setFormatter(_formatter())
    handler.addFilter(_name_request)
    log.handlers = [handler]
    log.propagate = False
    log.setLevel(level.upper())
    for server_handler in SERVER.handlers:
        server_handler.setFormatter(_formatter())
    SERVER.filters = [WithoutPeople()]


def record_requests(app: Flask, record: Callable[[Handled], None]) -> None:
    """Record each request of the application by its route, not by its address."""

    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        route = request.url_rule.rule if request.url_rule else None
        record(Handled(request.method, route, response.status_code, g.began, g.request_id))
        return response

    app.before_request(_begin)
    app.after_request(end)


def _formatter() -> logging.Formatter:
    return JsonFormatter(
        "{levelname}{message}",
        style="{",
        rename_fields={"levelname": "level", "message": "event"},
        timestamp="time",
        json_ensure_ascii=False,
    )


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = new_request_id()


def _name_request(record: logging.LogRecord) -> bool:
    """Let every record pass, with the id of the request that it is about."""
    if has_request_context() and "request_id" in g:
        record.request_id = g.request_id
    return True
