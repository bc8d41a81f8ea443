"""Log lines as JSON on standard error: what was asked for, never by whom or with which words."""

import logging
from contextvars import ContextVar
from typing import TextIO

from pythonjsonlogger.json import JsonFormatter

from comment_service.web.handled import Lines, log

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)  # id of what is answered now
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


def _formatter() -> logging.Formatter:
    return JsonFormatter(
        "{levelname}{message}",
        style="{",
        rename_fields={"levelname": "level", "message": "event"},
        timestamp="time",
        json_ensure_ascii=False,
    )


def _name_request(record: logging.LogRecord) -> bool:
    """Let every record pass, with the id of the request that it is about."""
    request_id = REQUEST.get()
    if request_id is not None:
        record.request_id = request_id
    return True
