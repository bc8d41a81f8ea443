"""Forged requests: what a page of somebody else makes a browser send is not carried out."""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from flask import Request
from markupsafe import Markup, escape

from comment_service.signing_in import SignedIn
from comment_service.web.refusals import ForeignForm, StaleForm

FIELD = "csrf"


def form_token(signed_in: SignedIn) -> str:
    """Return what proves that a form was made for whoever is signed in; another one each time.

    The nonce keeps it from being guessed from the size of compressed pages.
    """
    nonce = secrets.token_urlsafe(12)
    return f"{nonce}.{_proof(signed_in, nonce)}"


def form_field(signed_in: SignedIn) -> Markup:
    """Return the hidden field that every form of the desk bears."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(
        FIELD, escape(form_token(signed_in))
    )


def refuse_foreign(request: Request) -> None:
    """Return if a form was sent from a page of this address.

    Raises:
        ForeignForm: If it came from elsewhere, or the browser does not say from where.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in {None, "same-origin"}:
        raise ForeignForm
    if origin is None and site is None:
        raise ForeignForm
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise ForeignForm


def refuse_stale(request: Request, signed_in: SignedIn) -> None:
    """Return if a form was made for whoever is signed in.

    Raises:
        StaleForm: If it bears none, or one made for somebody else.
    """
    nonce, _, proof = request.form.get(FIELD, "").partition(".")
    if not hmac.compare_digest(proof.encode(), _proof(signed_in, nonce).encode()):
        raise StaleForm


def _proof(signed_in: SignedIn, nonce: str) -> str:
    key = f"form {signed_in.token}".encode()
    return hmac.digest(key, nonce.encode("utf-8", "backslashreplace"), hashlib.sha256).hex()
