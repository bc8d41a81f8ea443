"""The door to the editorial desk, an application of its own: residents never wait for it."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

DESK = "/redaktion"


class DeskDoor:
    """Hands requests to the desk, and all others on."""

    def __init__(self, beyond: WSGIApplication, desk: WSGIApplication) -> None:
        self._beyond = beyond
        self._desk = desk

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        behind = self._desk if is_desk(environ["PATH_INFO"]) else self._beyond
        return behind(environ, start_response)


def is_desk(path: str) -> bool:
    """Say whether an address is one of the desk."""
    return path == DESK or path.startswith(f"{DESK}/")
