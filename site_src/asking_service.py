"""Asks the comment service for what everybody may see."""

import http.client
from urllib.parse import urlsplit
from urllib.request import urlopen

PATIENCE = 20.0  # seconds without a byte
SIZE_LIMIT = 64 * 1024 * 1024  # bytes; 10,000 contributions with answers are about 25 MB
SCHEMES = ("http", "https")


class ServiceNotAsked(Exception):
    """The comment service told nothing; the text says what was asked and what came of it."""


def public_contributions_at(service: str, slug: str) -> bytes:
    """Return what the service tells of the contributions on a document.

    Raises:
        ServiceNotAsked: If its address is none, or there is no whole answer of sensible size.
    """
    address = f"{service}/api/documents/{slug}/contributions"
    if urlsplit(service).scheme not in SCHEMES:
        raise ServiceNotAsked(f"“{service}” (http://… or https://…)")
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310  # the scheme is one of two
            content: bytes = answer.read(SIZE_LIMIT + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise ServiceNotAsked(f"{address}: {error}") from error
    if len(content) > SIZE_LIMIT:
        raise ServiceNotAsked(f"{address}: > {SIZE_LIMIT} bytes")
    return content
