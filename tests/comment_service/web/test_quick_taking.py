"""What is taken before Flask is taken as Flask takes it; all else Flask answers, once."""

import json
from typing import Any, NoReturn

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from comment_service.commenting import Commenting
from comment_service.receipts import receipt_digest
from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import Once
from comment_service.web.front import Front
from participation.contribution import Contribution
from participation.faults import StoreUnavailable
from tests.comment_service.web.places import COMMENT, CONTRIBUTE
from tests.conftest import Clock
from tests.factories import AFTER

ORIGIN = "https://texte.example.org"
OF_ITS_OWN = {"X-Request-Id", "Location"}
JSON = "application/json"


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | {"RANDNOTIZ_ALLOWED_ORIGINS": ORIGIN}


class Counted:
    """Passes requests on and counts them."""

    def __init__(self, behind: Any) -> None:
        self.behind, self.asked = behind, 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.asked += 1
        return self.behind(environ, start_response)


@pytest.fixture
def front(app: Flask) -> Front:
    """The front of the service, whose requests to Flask are counted."""
    assert isinstance(app.wsgi_app, Front)
    app.wsgi_app.behind = Counted(app.wsgi_app.behind)
    return app.wsgi_app


Answer = tuple[str, list[tuple[str, str]], dict[str, Any]]


def post(
    through: Any, body: bytes, content_type: str = JSON, path: str = CONTRIBUTE, **headers: str
) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    builder = EnvironBuilder(
        path, method="POST", headers=Headers(named), data=body, content_type=content_type
    )
    pieces, status, answered = run_wsgi_app(through, builder.get_environ(), buffered=True)
    kept = sorted((name, value) for name, value in answered if name not in OF_ITS_OWN)
    return status, kept, json.loads(b"".join(pieces))


def plain(**fields: object) -> bytes:
    return json.dumps({**COMMENT, **fields}).encode()


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": ORIGIN}, {"Idempotency_Key": "k1"}, {"Accept_Language": "en"}],
    ids=str,
)
@pytest.mark.parametrize("content_type", [JSON, "application/json; charset=UTF-8"])
def test_both_ways_answer_in_the_same_words(front: Any, content_type: str, headers: dict[str, str]):
    status, answered, taken = post(front, plain(), content_type, **headers)
    assert front.behind.asked == 0
    if "Idempotency_Key" in headers:
        headers = {"Idempotency_Key": "another"}
    by_flask = post(front.behind, plain(), content_type, **headers)
    assert (status, answered) == by_flask[:2]
    assert taken.keys() == by_flask[2].keys()
    for field in taken.keys() - {"id", "receipt"}:
        assert taken[field] == by_flask[2][field]


def test_what_was_taken_is_kept_under_the_id_and_receipt_that_were_told(
    front: Any, commenting: Commenting
):
    _, _, taken = post(front, plain(text="Ä" * 4000))
    kept = commenting.store.get(taken["id"])
    assert kept.text == "Ä" * 4000
    assert kept.receipt_digest == receipt_digest(taken["receipt"])
    assert front.behind.asked == 0


def test_a_request_that_is_repeated_is_taken_once_whichever_way_it_comes(
    front: Any, commenting: Commenting
):
    first = post(front, plain(), Idempotency_Key="k1")
    assert post(front, plain(), Idempotency_Key="k1") == first
    assert post(front.behind, plain(), Idempotency_Key="k1") == first
    assert len(commenting.store.of_document("leitlinien")) == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "400 BAD REQUEST"),
        (b"{", "400 BAD REQUEST"),
        (b"[]", "422 UNPROCESSABLE ENTITY"),
        (b"\xff", "400 BAD REQUEST"),
        (b"[" * 20_000, "400 BAD REQUEST"),
        (plain(text=""), "422 UNPROCESSABLE ENTITY"),
        (plain(text="\x00"), "422 UNPROCESSABLE ENTITY"),
        (plain(text="\ud800"), "422 UNPROCESSABLE ENTITY"),
        (plain(text="a" * 4001), "422 UNPROCESSABLE ENTITY"),
        (plain(text=7), "422 UNPROCESSABLE ENTITY"),
        (plain(kind="praise"), "422 UNPROCESSABLE ENTITY"),
        (plain(more=1), "422 UNPROCESSABLE ENTITY"),
        (plain(name="a" * 70_000), "413 REQUEST ENTITY TOO LARGE"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_cannot_be_taken_flask_refuses_and_nothing_is_kept(
    front: Any, commenting: Commenting, body: bytes, told: str
):
    answer = post(front, body)
    assert answer[0] == told
    assert answer == post(front.behind, body)
    assert commenting.store.of_document("leitlinien") == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (CONTRIBUTE.replace("/2/", "/4/"), "404 NOT FOUND"),
        (CONTRIBUTE.replace("/2/", "/0/"), "404 NOT FOUND"),
        (CONTRIBUTE.replace("/2/", f"/{'9' * 50}/"), "404 NOT FOUND"),
        (CONTRIBUTE.replace("leitlinien", "nichts"), "404 NOT FOUND"),
        (CONTRIBUTE.replace("leitlinien", "Ä"), "404 NOT FOUND"),
    ],
)
def test_an_unknown_paragraph_is_refused_by_flask(front: Any, path: str, told: str):
    answer = post(front, plain(), path=path)
    assert answer[0] == told
    assert front.behind.asked == 1


@pytest.mark.parametrize(
    ("content_type", "headers"),
    [
        ("text/plain", {}),
        ("application/json; charset=latin-1", {}),
        (JSON, {"Idempotency_Key": ""}),
        (JSON, {"Idempotency_Key": "x" * 256}),
        (JSON, {"Origin": "https://evil.example.org"}),
        (JSON, {"Transfer_Encoding": "chunked"}),
    ],
    ids=str,
)
def test_what_is_not_plain_flask_judges(front: Any, content_type: str, headers: dict[str, str]):
    post(front, plain(), content_type, **headers)
    assert front.behind.asked == 1


def test_a_closed_window_refuses_both_ways(front: Any, clock: Clock, commenting: Commenting):
    clock.now = AFTER
    answer = post(front, plain())
    assert answer[0] == "403 FORBIDDEN"
    assert answer[2]["code"] == "window-not-open"
    assert commenting.store.of_document("leitlinien") == []


class LostAnswers(MemoryStore):
    """Keeps what is added, but fails before it can say so, as a lost connection does."""

    error: Exception

    def add(self, contribution: Contribution, *, once: Once | None = None) -> NoReturn:
        super().add(contribution, once=once)
        raise self.error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StoreUnavailable("the connection is lost"), "503 SERVICE UNAVAILABLE"),
        (ZeroDivisionError(), "500 INTERNAL SERVER ERROR"),
    ],
)
def test_what_failed_is_answered_and_not_tried_again(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
):
    store = LostAnswers()
    store.error = error
    monkeypatch.setattr("comment_service.app.open_store", lambda *_, **__: store)
    assert post(request.getfixturevalue("front"), plain())[0] == told
    assert len(store.of_document("leitlinien")) == 1
