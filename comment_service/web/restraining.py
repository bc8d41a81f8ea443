"""Letting a request pass only if not too many of its kind came from the same address."""

from datetime import datetime

from flask import request

from comment_service.restraint import Asked
from comment_service.web.sender import sender
from comment_service.web.service import service


def restrain(asked: Asked) -> None:
    """Let the current request pass, and count it.

    Raises:
        TooMany: If there were too many of its kind.
    """
    let_pass(asked)
    count(asked)


def let_pass(asked: Asked) -> None:
    """Let the current request pass, without counting it.

    Raises:
        TooMany: If there were too many of its kind.
    """
    service().restraint.allow(asked, *_whence())


def count(asked: Asked) -> None:
    """Count the current request."""
    service().restraint.count(asked, *_whence())


def _whence() -> tuple[str, datetime]:
    made_of = service()
    return sender(request.environ, made_of.settings.proxies), made_of.commenting.clock()
