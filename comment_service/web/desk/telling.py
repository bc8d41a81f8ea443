"""Telling on the next page what was done, without a cookie: the words go along in the address."""

import hashlib
import hmac
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from comment_service.web.desk.access import current_signed_in

MESSAGE = "meldung"  # where a page says what happened; an address that ends in it jumps there
SAID, PROOF = "said", "proof"


def redirect_telling(address: str, words: str) -> Response:
    """Lead to another page of the desk, which says ``words`` at its top."""
    parts = urlsplit(address)
    told = urlencode({SAID: words, PROOF: _proof(words)})
    query = f"{parts.query}&{told}" if parts.query else told
    told_there = urlunsplit(parts._replace(query=query, fragment=MESSAGE))
    return redirect(told_there, HTTPStatus.SEE_OTHER)


def told() -> str | None:
    """Return what the page that is asked for is to say, if it is we who said it."""
    words = request.args.get(SAID)
    if not words or current_signed_in() is None:
        return None
    known = request.args.get(PROOF, "").encode()
    return words if hmac.compare_digest(known, _proof(words).encode()) else None


def _proof(words: str) -> str:
    signed_in = current_signed_in()
    key = f"said {signed_in.token if signed_in else ''}".encode()
    return hmac.digest(key, words.encode("utf-8", "backslashreplace"), hashlib.sha256).hex()
