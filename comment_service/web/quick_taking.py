"""New contributions in plain JSON, taken before Flask.

Only what is taken is answered here. What is refused was not kept: Flask reads it again, refuses
it again, and says why.
"""

import re
from io import BytesIO
from wsgiref.types import WSGIEnvironment

import msgspec

from comment_service.commenting import Commenting, Taken
from comment_service.web.body_limit import BODY_LIMIT
from comment_service.web.forms import KEY, new_draft
from comment_service.web.presenters import present_taken
from comment_service.web.quick import Bearing, HeaderList, Quick
from comment_service.web.sent_by_api import sent_by_api
from comment_service.web.shapes import NewContribution
from participation.paragraph import ParagraphRef
from participation.refusals import Refusal

NUMBER = r"[1-9][0-9]{0,8}"
PARAGRAPH = re.compile(
    rf"/api/documents/([a-z0-9-]+)/versions/({NUMBER})/paragraphs/({NUMBER})/contributions"
)
ROUTE = "/api/documents/<slug>/versions/<number:version>/paragraphs/<number:number>/contributions"
JSON = {"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8"}
LENGTH = re.compile(r"[0-9]{1,6}")
FAILED = "randnotiz.failed"  # in the environ: what went wrong, so that nobody tries it again

_NEW = msgspec.json.Decoder(NewContribution)


class QuickTaking:
    """Takes contributions that are handed in as most are."""

    def __init__(
        self, commenting: Commenting, *, origins: tuple[str, ...], proxies: int = 0
    ) -> None:
        self._commenting = commenting
        self._proxies = proxies
        self._bearing = Bearing(origins)

    def __call__(self, environ: WSGIEnvironment) -> Quick | None:
        """Take a contribution, or leave it to Flask."""
        if environ["REQUEST_METHOD"] != "POST":
            return None
        ref, headers = _ref(environ), self._bearing.of(environ)
        if ref is None or headers is None or not _is_plain(environ):
            return None
        new = _new(_body(environ))
        taken = None if new is None else self._take(ref, new, environ)
        return None if taken is None else _answer(taken, headers)

    def _take(
        self, ref: ParagraphRef, new: NewContribution, environ: WSGIEnvironment
    ) -> Taken | None:
        key = environ.get("HTTP_IDEMPOTENCY_KEY")
        sent = sent_by_api(environ, self._proxies, new.proof)
        try:
            return self._commenting.contribute(new_draft(new, ref), key=key, sent=sent)
        except Refusal:
            return None
        except Exception as error:  # noqa: BLE001  # Flask answers whatever it is
            environ[FAILED] = error
            return None


def _ref(environ: WSGIEnvironment) -> ParagraphRef | None:
    asked = PARAGRAPH.fullmatch(environ["PATH_INFO"])
    return None if asked is None else ParagraphRef(asked[1], int(asked[2]), int(asked[3]))


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Say whether it is JSON of a known, fitting length, with a fitting key or none."""
    key, length = environ.get("HTTP_IDEMPOTENCY_KEY"), environ.get("CONTENT_LENGTH", "")
    return (
        environ.get("CONTENT_TYPE", "").lower() in JSON
        and LENGTH.fullmatch(length) is not None
        and int(length) <= BODY_LIMIT
        and "HTTP_TRANSFER_ENCODING" not in environ
        and not environ.get("QUERY_STRING")
        and (key is None or KEY.fullmatch(key) is not None)
    )


def _body(environ: WSGIEnvironment) -> bytes:
    """Read the body, and leave it to be read again."""
    body: bytes = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    environ["wsgi.input"] = BytesIO(body)
    return body


def _new(body: bytes) -> NewContribution | None:
    try:
        return _NEW.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _answer(taken: Taken, bearing: HeaderList) -> Quick:
    body = msgspec.json.encode(present_taken(taken))
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Location", f"/api/contributions/{taken.contribution.id}"),
        ("Cache-Control", "no-store"),
    ]
    return Quick(ROUTE, "201 CREATED", headers + bearing, body)
