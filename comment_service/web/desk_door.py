"""The door to the editorial desk: an application of its own, made when it is first asked for."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

if TYPE_CHECKING:
    from flask import Flask

DESK = "/redaktion"


class DeskDoor:
    """Hands requests to the desk, and all others on: residents never wait for its libraries."""

    def __init__(self, beyond: WSGIApplication, make: "Callable[[], Flask]") -> None:
        """Lean on the application that answers all others, and on what makes the desk."""
        self._beyond = beyond
        self._make = make
        self._made: Flask | None = None
        self._making = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not is_desk(environ["PATH_INFO"]):
            return self._beyond(environ, start_response)
        return self.desk()(environ, start_response)

    def desk(self) -> "Flask":
        """Return the desk."""
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made


def is_desk(path: str) -> bool:
    """Say whether an address is one of the desk."""
    return path == DESK or path.startswith(f"{DESK}/")
