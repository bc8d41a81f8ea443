"""The second factor: codes of six digits that an app makes from a secret and the time (TOTP)."""

import hashlib
import hmac
from base64 import b32encode
from datetime import datetime

import pyotp
from pyotp.exceptions import OTPVerificationError

DRIFT = 1  # steps of 30 seconds that a telephone's clock may be off
SECRET_LENGTH = 20  # bytes; source: RFC 4226


def secret_from(token: str, nonce: str) -> str:
    """Return the secret that is offered to a session: the same for the same nonce."""
    digest = hmac.digest(token.encode(), f"second factor {nonce}".encode(), hashlib.sha256)
    return b32encode(digest[:SECRET_LENGTH]).decode()


def step_of(secret: str, code: str, now: datetime, *, after: int | None) -> int | None:
    """Return the step to which a code belongs, None if it is wrong or not ``after`` that step."""
    typed = "".join(code.split())
    if not typed.isascii():
        return None
    try:
        step = pyotp.TOTP(secret).verify_and_get_timecode(typed, for_time=now, valid_window=DRIFT)
    except OTPVerificationError:
        return None
    return step if after is None or step > after else None


def address(secret: str, name: str, issuer: str) -> str:
    """Return the ``otpauth:`` address by which an app takes up a secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)
