"""Browser tokens: what tells one browser from another, without an account and without a cookie.

A token is a random number with a seal of this service. Nothing is stored of it: where a browser
supports or writes something, only a digest of both is kept, so that nobody can tell what else the
same browser did.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

SIZE = 16  # bytes of each half: the random number, and its seal


def new_token(secret: bytes) -> str:
    """Return a new token: 43 letters, digits, dashes and underscores."""
    number = secrets.token_bytes(SIZE)
    return base64.urlsafe_b64encode(number + _seal(secret, number)).rstrip(b"=").decode()


def is_token(secret: bytes, token: str) -> bool:
    """Say whether this service has handed out a token."""
    try:
        plain = base64.b64decode(f"{token}=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(plain) == 2 * SIZE and hmac.compare_digest(plain[SIZE:], _seal(secret, plain[:SIZE]))


def mark_on(contribution_id: str, token: str, secret: bytes) -> str:
    """Return what is kept of a browser on a contribution, 64 hexadecimal digits."""
    told = f"browser {token} on {contribution_id}"
    return hmac.digest(secret, told.encode(), hashlib.sha256).hex()


def _seal(secret: bytes, number: bytes) -> bytes:
    return hmac.digest(secret, b"browser token " + number, hashlib.sha256)[:SIZE]
