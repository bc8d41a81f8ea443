"""What comes beside the words of a contribution to the API; read before Flask and in it."""

from wsgiref.types import WSGIEnvironment

from comment_service.sent import Sent
from comment_service.web.sender import sender

BEARER = "bearer "


def sent_by_api(environ: WSGIEnvironment, proxies: int, proof: str | None) -> Sent:
    """Return what a request tells of its sender; ``proof`` stood in its body."""
    return Sent(sender(environ, proxies), browser_token=bearer(environ), proof=proof)


def bearer(environ: WSGIEnvironment) -> str | None:
    """Return the token of ``Authorization: Bearer …``, None if the request bears none."""
    stated: str = environ.get("HTTP_AUTHORIZATION", "")
    if stated[: len(BEARER)].lower() != BEARER:
        return None
    return stated[len(BEARER) :].strip() or None
