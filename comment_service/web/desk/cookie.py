"""The one cookie of the desk: who is signed in, for this browser and this address only."""

from flask import Request
from werkzeug.wrappers import Response

from comment_service.signing_in import SignedIn

# With this prefix browsers take it from this host only, over https (or from this very machine).
NAME = "__Host-redaktion"


def read_cookie(request: Request) -> str:
    """Return what the browser sent, empty if nothing."""
    return request.cookies.get(NAME, "")


def put_cookie(response: Response, signed_in: SignedIn) -> None:
    """Let the browser know who is signed in; it forgets when it is closed."""
    response.set_cookie(NAME, signed_in.key(), secure=True, httponly=True, samesite="Lax", path="/")


def drop_cookie(response: Response) -> None:
    """Let the browser forget who was signed in."""
    response.delete_cookie(NAME, secure=True, httponly=True, samesite="Lax", path="/")
