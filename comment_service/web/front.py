"""A thin layer before Flask that answers the public reads from memory.

It answers only what it knows: a plain read of what there is. All else goes to Flask as it came,
and Flask would answer the same requests with the same bytes.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import perf_counter
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_etags

from comment_service.web.content_coding import preferred
from comment_service.web.forms import asks_fresh
from comment_service.web.handled import Handled, new_request_id
from comment_service.web.headers import SAFETY
from comment_service.web.origins import admission
from comment_service.web.reading import Reading
from comment_service.web.rendering import Rendering

CONTRIBUTIONS = re.compile(r"/api/documents/([a-z0-9-]+)/contributions")
QUERY = re.compile(r"(?:version=([0-9]{1,40}))?")
LEFT_OUT = {"Content-Type", "Content-Encoding"}  # of a 304, as Flask does
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Address:
    """A public read; ``route`` is Flask's name for it, without a slug it is all documents."""

    route: str
    slug: str | None = None
    version: int | None = None


class Front:
    """The application as the server sees it; ``behind`` answers what the front does not."""

    def __init__(
        self,
        behind: WSGIApplication,
        reading: Reading,
        *,
        clock: Callable[[], datetime],
        origins: tuple[str, ...],
        record: Callable[[Handled], None],
    ) -> None:
        self.behind = behind
        self._reading = reading
        self._clock = clock
        self._record = record
        vary = "Accept-Encoding, Origin" if origins else "Accept-Encoding"
        self._always = [*SAFETY.items(), ("Vary", vary)]
        self._admissions = {origin: admission(origin) for origin in origins}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let Flask answer."""
        began = perf_counter()
        address = self._address(environ)
        rendering = None if address is None else self._rendering(address, environ)
        if address is None or rendering is None:
            return self.behind(environ, start_response)
        request_id = new_request_id()
        headers = [*self._bearing(environ), ("X-Request-Id", request_id)]
        status, more, body = _answer(rendering, environ, self._clock())
        method = environ["REQUEST_METHOD"]
        self._record(Handled(method, address.route, int(status[:3]), began, request_id))
        start_response(status, more + headers)
        return [] if method == "HEAD" else [body]

    def _address(self, environ: WSGIEnvironment) -> Address | None:
        if not _is_plain(environ) or (
            self._admissions and environ.get("HTTP_ORIGIN", "") not in {"", *self._admissions}
        ):
            return None
        return _address(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))

    def _rendering(self, address: Address, environ: WSGIEnvironment) -> Rendering | None:
        fresh = asks_fresh(environ.get("HTTP_CACHE_CONTROL", ""))
        try:
            if address.slug is None:
                return self._reading.documents(fresh=fresh)
            return self._reading.contributions(address.slug, address.version, fresh=fresh)
        except Exception:  # noqa: BLE001  # whatever is wrong, Flask meets it too and says it
            return None

    def _bearing(self, environ: WSGIEnvironment) -> list[Header]:
        return self._always + self._admissions.get(environ.get("HTTP_ORIGIN", ""), [])


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Say whether it is a read without a body and with no condition but If-None-Match."""
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and environ.get("CONTENT_LENGTH", "") in {"", "0"}
        and not environ.keys() & {"HTTP_TRANSFER_ENCODING", "HTTP_IF_MATCH"}
    )


@lru_cache(maxsize=1024)  # a parse costs more than all the rest of a 304
def _address(path: str, query: str) -> Address | None:
    asked, version = CONTRIBUTIONS.fullmatch(path), QUERY.fullmatch(query)
    if asked and version:
        number = None if version[1] is None else int(version[1])
        return Address("/api/documents/<slug>/contributions", asked[1], number)
    return Address(path) if path == "/api/documents" and not query else None


def _answer(
    rendering: Rendering, environ: WSGIEnvironment, now: datetime
) -> tuple[str, list[Header], bytes]:
    coding = preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = rendering.headers(coding, now)
    if _is_known(rendering.etag(coding), environ.get("HTTP_IF_NONE_MATCH", "")):
        return "304 NOT MODIFIED", [one for one in headers if one[0] not in LEFT_OUT], b""
    body = rendering.coded(coding)
    return "200 OK", [*headers, ("Content-Length", str(len(body)))], body


def _is_known(etag: str, known: str) -> bool:
    return etag == known or parse_etags(known).contains_weak(etag.strip('"'))
