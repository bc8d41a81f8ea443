"""The digest of a text: all that the log may keep of it."""

import hashlib

from participation.contribution import Contribution


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_digest(contribution: Contribution) -> str:
    """Return the digest of the text of a contribution and of its proposed wording, if any."""
    text, wording = contribution.text, contribution.proposed_wording
    return text_digest(text if wording is None else f"{text}\0{wording}")
