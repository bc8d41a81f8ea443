"""Content codings: in which form a body travels (RFC 9110, 8.4 and 12.5.3)."""

import gzip
import re
from enum import StrEnum
from functools import lru_cache

import brotli

GZIP_LEVEL = 6
NAMES = re.compile(r"[a-z]+(?:, ?[a-z]+)*")  # as browsers send them: all as welcome
BROTLI_QUALITY = 5  # about as fast as gzip, and smaller


class Coding(StrEnum):
    """The forms in which a body is kept."""

    BROTLI = "br"
    GZIP = "gzip"
    IDENTITY = "identity"


def encode(body: bytes, coding: Coding) -> bytes:
    """Return a body in another form."""
    match coding:
        case Coding.BROTLI:
            return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
        case Coding.GZIP:
            return gzip.compress(body, GZIP_LEVEL, mtime=0)
        case Coding.IDENTITY:
            return body


@lru_cache(maxsize=256)  # browsers send a handful of values
def preferred(accepted: str) -> Coding:
    """Choose by the value of ``Accept-Encoding``: what is preferred, of equals the smallest.

    Plain is what is left, even for whoever refuses that: better than no answer.
    """
    if NAMES.fullmatch(accepted):
        welcome = accepted.replace(" ", "").split(",")
        return next((coding for coding in Coding if coding in welcome), Coding.IDENTITY)
    return _weighed(accepted) if accepted else Coding.IDENTITY


def _weighed(accepted: str) -> Coding:
    # Whoever sends no weights does not wait for what reads them.
    from werkzeug.datastructures import Accept  # noqa: PLC0415
    from werkzeug.http import parse_accept_header  # noqa: PLC0415

    accept = parse_accept_header(accepted, Accept)
    named = Coding.IDENTITY in accept.values()  # a * that includes it says nothing against others
    wanted = [(accept.quality(coding), coding) for coding in Coding]
    offers = [one for one in wanted if one[0] > 0 and (named or one[1] is not Coding.IDENTITY)]
    return max(offers, key=lambda one: one[0], default=(0, Coding.IDENTITY))[1]
