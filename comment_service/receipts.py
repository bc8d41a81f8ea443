"""Receipt codes: what proves, without an account, that a contribution is one's own."""

import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 20  # characters of 5 bits: 100 bits cannot be guessed
GROUP = 4
_READ_AS = str.maketrans("OIL", "011", "- ")  # what is easily misread, and what parts the groups


def receipt_code(secret: bytes, contribution_id: str) -> str:
    """Return the code of a contribution, always the same: ``7Q4M-0K2X-…``, five groups of four."""
    digest = hmac.digest(secret, contribution_id.encode(), hashlib.sha256)
    number = int.from_bytes(digest, "big")
    code = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def receipt_digest(code: str) -> str:
    """Return what is stored of a code, however it was typed: a SHA-256 in hexadecimal."""
    return hashlib.sha256(code.upper().translate(_READ_AS).encode()).hexdigest()
