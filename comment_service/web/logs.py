"""Log lines as JSON on standard error: what was asked for, never by whom or with which words."""

import logging
import secrets
import time
from typing import TextIO

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger("comment_service")
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
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter())
    log.handlers = [handler]
    log.propagate = False
    log.setLevel(level.upper())
    for server_handler in SERVER.handlers:
        server_handler.setFormatter(_formatter())
    SERVER.filters = [WithoutPeople()]


def log_requests(app: Flask) -> None:
    """Log each request of the application by its route, not by its address."""
    app.before_request(_begin)
    app.after_request(_end)


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
    g.request_id = secrets.token_hex(8)


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    log.info(
        "request",
        extra={
            "method": request.method,
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "duration_ms": round((time.perf_counter() - g.began) * 1000, 1),
            "request_id": g.request_id,
        },
    )
    return response
