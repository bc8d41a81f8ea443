"""Passwords: only their Argon2 hashes are kept."""

import secrets
import unicodedata
from functools import cached_property
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2  # looks at passwords; each takes 64 MiB, and whoever floods the page must not take all
WORDS = 20  # characters of a password that is made here: 100 bits
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789-"  # nothing that is easily misread


class Passwords:
    """Makes hashes of passwords and compares them, by the second choice of RFC 9106."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._turns:
            return self._hasher.hash(_bytes(password))

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Say whether it is the password; without a hash it takes as long, and is not."""
        with self._turns:
            return self._verify(password_hash or self._nobodys, password) and bool(password_hash)

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe())


def new_password() -> str:
    """Return a password that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(WORDS))


def _bytes(password: str) -> bytes:
    # Composed: keyboards differ in how they type an ä. Whatever no UTF-8 can hold is just wrong.
    return unicodedata.normalize("NFC", password).encode("utf-8", "backslashreplace")
