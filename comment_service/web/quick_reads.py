"""Public reads, answered from memory before Flask."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from wsgiref.types import WSGIEnvironment

from comment_service.web.content_coding import preferred
from comment_service.web.forms import asks_fresh
from comment_service.web.quick import Bearing, HeaderList, Quick
from comment_service.web.reading import Reading
from comment_service.web.rendering import Rendering

READ = re.compile(r"/api/documents/([a-z0-9-]+)/(contributions|counts)")
QUERY = re.compile(r"(?:version=([0-9]{1,40}))?")
LEFT_OUT = {"Content-Type", "Content-Encoding"}  # of a 304, as Flask does


@dataclass(frozen=True, slots=True)
class Address:
    """A public read; ``route`` is Flask's name for it, without a slug it is all documents."""

    route: str
    slug: str | None = None
    version: int | None = None
    is_counts: bool = False


class QuickReads:
    """Answers plain reads of what there is."""

    def __init__(
        self, reading: Reading, *, clock: Callable[[], datetime], origins: tuple[str, ...]
    ) -> None:
        self._reading = reading
        self._clock = clock
        self._bearing = Bearing(origins, "Accept-Encoding")

    def __call__(self, environ: WSGIEnvironment) -> Quick | None:
        """Answer, or leave it to Flask."""
        headers = self._bearing.of(environ) if _is_plain(environ) else None
        if headers is None:
            return None
        address = _address(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        rendering = None if address is None else self._rendering(address, environ)
        if address is None or rendering is None:
            return None
        status, more, body = _answer(rendering, environ, self._clock())
        left = b"" if environ["REQUEST_METHOD"] == "HEAD" else body
        return Quick(address.route, status, more + headers, left)

    def _rendering(self, address: Address, environ: WSGIEnvironment) -> Rendering | None:
        fresh = asks_fresh(environ.get("HTTP_CACHE_CONTROL", ""))
        try:
            if address.slug is None:
                return self._reading.documents(fresh=fresh)
            read = self._reading.counts if address.is_counts else self._reading.contributions
            return read(address.slug, address.version, fresh=fresh)
        except Exception:  # noqa: BLE001  # whatever is wrong, Flask meets it too and says it
            return None


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Say whether it is a read without a body and with no condition but If-None-Match."""
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and environ.get("CONTENT_LENGTH", "") in {"", "0"}
        and not environ.keys() & {"HTTP_TRANSFER_ENCODING", "HTTP_IF_MATCH"}
    )


@lru_cache(maxsize=1024)  # a parse costs more than all the rest of a 304
def _address(path: str, query: str) -> Address | None:
    asked, version = READ.fullmatch(path), QUERY.fullmatch(query)
    if asked and version:
        number = None if version[1] is None else int(version[1])
        return Address(f"/api/documents/<slug>/{asked[2]}", asked[1], number, asked[2] == "counts")
    return Address(path) if path == "/api/documents" and not query else None


def _answer(
    rendering: Rendering, environ: WSGIEnvironment, now: datetime
) -> tuple[str, HeaderList, bytes]:
    coding = preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = rendering.headers(coding, now)
    if _is_known(rendering.etag(coding), environ.get("HTTP_IF_NONE_MATCH", "")):
        return "304 NOT MODIFIED", [one for one in headers if one[0] not in LEFT_OUT], b""
    body = rendering.coded(coding)
    return "200 OK", [*headers, ("Content-Length", str(len(body)))], body


def _is_known(etag: str, known: str) -> bool:
    if not known or etag == known:
        return bool(known)
    # As a rule it is one ETag, as it was given.
    from werkzeug.http import parse_etags  # noqa: PLC0415

    return parse_etags(known).contains_weak(etag.strip('"'))
