"""An application that is made when it is first asked for: what it needs takes long to load."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

if TYPE_CHECKING:
    from flask import Flask


class Later:
    """Stands for an application; whoever comes while it is made waits."""

    def __init__(self, make: "Callable[[], Flask]") -> None:
        self._make = make
        self._made: tuple[Flask, WSGIApplication] | None = None
        self._making = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        return self._both()[1](environ, start_response)

    def application(self) -> "Flask":
        """Return the application."""
        return self._both()[0]

    def _both(self) -> "tuple[Flask, WSGIApplication]":
        """Return the application, and how it answered when it was made.

        Tests put what stands before it into its place, as Flask wants such layers.
        """
        if self._made is None:
            with self._making:
                if self._made is None:
                    app = self._make()
                    self._made = app, app.wsgi_app
        return self._made
