"""Asks for a document on the web, if it is another than the one that is known."""

import http.client
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

PATIENCE = 5.0  # seconds without a byte
LONGEST = 20.0  # seconds for the whole answer: a function's request ends at 30
SIZE_LIMIT = 64 * 1024 * 1024  # bytes, unpacked; more would fill a small machine's memory
CHUNK = 64 * 1024  # bytes
HERE = ("localhost", "127.0.0.1", "::1")  # nobody listens between two programs of one machine
PASSING = (408, 425, 429)  # what goes by, as every 5xx does
NOT_MODIFIED = 304
SERVER_ERROR = 500


class NotReached(Exception):
    """There is no answer at this moment; there may be one later."""


class NotThere(Exception):
    """The answer is that there is no such document, or none that may be used."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was answered: ``content`` is None if the known document is still the right one."""

    content: bytes | None
    etag: str | None


def is_safe(url: str) -> bool:
    """Say whether nobody on the way can put another document in place of this one."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)


def fetch(url: str, etag: str | None) -> Fetched:
    """Return the document at ``url``, unless ``etag`` still names it.

    Raises:
        NotReached: If there is no answer, or it breaks off, or the server has a fault.
        NotThere: If the server refuses, leads to an unsafe place, or sends too much.
    """
    headers = {"Accept-Encoding": "gzip", "User-Agent": "Randnotiz"}
    request = Request(url, headers=headers | ({"If-None-Match": etag} if etag else {}))  # noqa: S310  # see is_safe
    try:
        with build_opener(_SafeRedirects).open(request, timeout=PATIENCE) as answer:
            return Fetched(b"".join(_unpacked(answer)), answer.headers["ETag"])
    except HTTPError as error:
        error.close()
        return _other_than_ok(error, etag)
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise NotReached(_reason(error)) from error


class _SafeRedirects(HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if not is_safe(newurl):
            raise NotThere(f"it leads to {newurl.partition('?')[0]}, which is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _other_than_ok(error: HTTPError, etag: str | None) -> Fetched:
    if error.code == NOT_MODIFIED:
        return Fetched(None, etag)
    if error.code >= SERVER_ERROR or error.code in PASSING:
        raise NotReached(f"it answers {error.code}") from None
    raise NotThere(f"it answers {error.code}") from None


def _unpacked(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
    unpack = zlib.decompressobj(wbits=31) if packed else None  # 31: with gzip's head and tail
    room = SIZE_LIMIT
    for chunk in _received(answer):
        part = unpack.decompress(chunk, room + 1) if unpack else chunk
        room -= len(part)
        if room < 0:
            raise NotThere(f"it is larger than {SIZE_LIMIT} bytes")
        yield part
    if unpack and not unpack.eof:
        raise NotReached("the answer breaks off")


def _received(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    until = time.monotonic() + LONGEST
    while chunk := answer.read1(CHUNK):
        yield chunk
        if time.monotonic() > until:
            raise NotReached(f"the answer takes longer than {LONGEST:g} seconds")
    if answer.length:
        raise NotReached("the answer breaks off")


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return getattr(reason, "strerror", None) or str(reason) or type(error).__name__
