"""The layer before Flask answers as Flask does, byte for byte, or lets Flask answer."""

import gzip
import logging
from datetime import timedelta
from typing import Any, NamedTuple

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from comment_service.storage.protocol import Store
from comment_service.web.front import Front
from participation.paragraph import ParagraphRef
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS, RENDERED
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    BEFORE,
    FIRST_MOMENT,
    LAST_MOMENT,
    make_contribution,
)

ORIGIN = "https://texte.example.org"
OF_THE_MOMENT = {"X-Request-Id", "Date"}  # without the latter, the server says it
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


class Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]  # sorted, without those of OF_THE_MOMENT
    body: bytes


@pytest.fixture
def app(request: pytest.FixtureRequest, environ: dict[str, str]) -> Flask:
    """A service that admits an origin and has two contributions."""
    environ["RANDNOTIZ_ALLOWED_ORIGINS"] = f"{ORIGIN}, https://other.example.org"
    app: Flask = request.getfixturevalue("app")
    store: Store = app.extensions["randnotiz"].commenting.store
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2", ref=ParagraphRef("leitlinien", 1, 3), text="Ü" * 500))
    return app


def front_of(app: Flask) -> Front:
    assert isinstance(app.wsgi_app, Front)
    return app.wsgi_app


def asked(through: Any, path: str, method: str = "GET", **headers: str) -> Answer:
    environ = EnvironBuilder(path=path, method=method, headers=Headers(headers)).get_environ()
    body, status, answered = run_wsgi_app(through, environ, buffered=True)
    assert "X-Request-Id" in answered
    kept = sorted((name, value) for name, value in answered if name not in OF_THE_MOMENT)
    return Answer(status, kept, b"".join(body))


def test_the_front_knows_when_flask_answered(app: Flask):
    front, behind = front_of(app), Counted(front_of(app).behind)
    front.behind = behind
    asked(front, CONTRIBUTIONS)
    assert behind.asked == 0
    asked(front, "/api/contributions/c1")
    assert behind.asked == 1


class Counted:
    """Passes requests on and counts them."""

    def __init__(self, behind: Any) -> None:
        self.behind, self.asked = behind, 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.asked += 1
        return self.behind(environ, start_response)


ADDRESSES = [*RENDERED, f"{CONTRIBUTIONS}?version=1"]
HEADERS: list[dict[str, str]] = [
    {},
    BROWSER,
    {"Accept-Encoding": "gzip"},
    {"Accept-Encoding": "br;q=0.5, gzip;q=0.9, *;q=0"},
    {"Accept-Encoding": "identity;q=0"},
    {"Origin": ORIGIN},
    {"Origin": ORIGIN, **BROWSER},
    {"If-None-Match": '"other"'},
    {"If-None-Match": "*"},
    {"If-None-Match": "W/nonsense, ,"},
    {"If-Modified-Since": "Wed, 20 Mar 2024 11:00:00 GMT"},
    {"Range": "bytes=0-9"},
    {"Cache-Control": "no-cache"},
    {"Accept-Language": "en", "Cookie": "a=b", "User-Agent": "Netscape"},
]


@pytest.mark.parametrize("headers", HEADERS, ids=str)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_both_ways_answer_with_the_same_bytes(
    app: Flask, address: str, method: str, headers: dict[str, str]
):
    front, behind = front_of(app), Counted(front_of(app).behind)
    front.behind = behind
    by_front = asked(front, address, method, **headers)
    assert behind.asked == 0
    assert by_front == asked(behind, address, method, **headers)


@pytest.mark.parametrize("form", ['"{}"', 'W/"{}"', '"other", "{}"', '"other",W/"{}"'])
@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_both_ways_know_what_is_known(
    app: Flask, address: str, method: str, coding: str, form: str
):
    front, headers = front_of(app), {"Accept-Encoding": coding, "Origin": ORIGIN}
    etag = dict(asked(front, address, **headers).headers)["ETag"].strip('"')
    headers["If-None-Match"] = form.format(etag)
    by_front = asked(front, address, method, **headers)
    assert by_front.status == "304 NOT MODIFIED"
    assert by_front == asked(front.behind, address, method, **headers)


@pytest.mark.parametrize("now", [BEFORE, FIRST_MOMENT, LAST_MOMENT, AFTER])
def test_both_ways_tell_the_same_of_a_window(app: Flask, clock: Clock, now: Any):
    asked(front_of(app), CONTRIBUTIONS)  # at noon, and kept
    clock.now = now
    for address in ADDRESSES:
        by_front = asked(front_of(app), address)
        assert by_front == asked(front_of(app).behind, address)


@pytest.mark.parametrize(
    "path",
    [
        "/api/documents/",
        "/api/documents?version=1",
        "/api/documents/nichts/contributions",
        "/api/documents/leitlinien/contributions/",
        "/api/documents/Ü/contributions",
        "/api/documents/leit%00linien/contributions",
        f"{CONTRIBUTIONS}?version=2",
        f"{CONTRIBUTIONS}?version=",
        f"{CONTRIBUTIONS}?version=x",
        f"{CONTRIBUTIONS}?version=1&version=2",
        f"{CONTRIBUTIONS}?version={'9' * 41}",
        f"{CONTRIBUTIONS}?lang=en",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
def test_what_the_front_does_not_know_flask_answers(app: Flask, path: str, method: str):
    front, behind = front_of(app), Counted(front_of(app).behind)
    front.behind = behind
    assert asked(front, path, method) == asked(behind, path, method)
    assert behind.asked == 2


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"If-Match": '"other"'}, b""),
        ({}, b"{}"),
        ({"Transfer-Encoding": "chunked"}, b""),
        ({"Origin": "https://evil.example.org"}, b""),
        ({"Origin": ORIGIN.upper()}, b""),
    ],
    ids=str,
)
def test_flask_answers_what_is_no_plain_read(app: Flask, headers: dict[str, str], body: bytes):
    front, behind = front_of(app), Counted(front_of(app).behind)
    front.behind = behind
    environ = EnvironBuilder(CONTRIBUTIONS, headers=Headers(headers), data=body).get_environ()
    run_wsgi_app(front, environ)
    assert behind.asked == 1


def test_a_body_that_is_too_large_is_refused_on_a_read_too(client: FlaskClient):
    answer = client.get(CONTRIBUTIONS, data=b"x" * 70_000)
    assert answer.status_code == 413


def test_a_coded_body_is_the_plain_one(app: Flask):
    front = front_of(app)
    plain = asked(front, CONTRIBUTIONS)
    small = {
        coding: asked(front, CONTRIBUTIONS, **{"Accept-Encoding": coding})
        for coding in ("gzip", "br")
    }
    assert gzip.decompress(small["gzip"].body) == plain.body
    assert brotli.decompress(small["br"].body) == plain.body
    for coding, answer in small.items():
        assert len(answer.body) < len(plain.body)
        assert ("Content-Encoding", coding) in answer.headers


def test_each_coding_has_an_etag_of_its_own(app: Flask):
    answers = [
        asked(front_of(app), CONTRIBUTIONS, **{"Accept-Encoding": coding})
        for coding in ("gzip", "br", "identity")
    ]
    assert len({dict(answer.headers)["ETag"] for answer in answers}) == 3
    for answer in answers:
        vary = [value for name, value in answer.headers if name == "Vary"]
        assert "Accept-Encoding" in ", ".join(vary)


def test_an_answer_of_another_coding_is_not_known(app: Flask):
    etag = dict(asked(front_of(app), CONTRIBUTIONS, **BROWSER).headers)["ETag"]
    headers = {"Accept-Encoding": "gzip", "If-None-Match": etag}
    assert asked(front_of(app), CONTRIBUTIONS, **headers).status == "200 OK"


def test_every_answer_varies_by_origin_so_that_no_cache_mixes_them_up(app: Flask):
    for origin in ({}, {"Origin": ORIGIN}, {"Origin": "https://evil.example.org"}):
        for path in (CONTRIBUTIONS, "/api/contributions/c1", "/api/nichts"):
            answer = asked(front_of(app), path, **origin)
            vary = ", ".join(value for name, value in answer.headers if name == "Vary")
            assert "Origin" in vary.replace(" ", "").split(",")


def test_what_was_handed_in_is_read_at_once(client: FlaskClient):
    before = client.get(CONTRIBUTIONS)
    client.post(CONTRIBUTE, json=COMMENT)
    after = client.get(CONTRIBUTIONS, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    (version,) = after.get_json()["versions"]
    assert version["count"] == 3
    assert client.get("/api/documents").get_json()["documents"][0]["versions"][0]["count"] == 3


def test_no_cache_may_keep_an_answer_beyond_the_next_change_of_a_window(app: Flask, clock: Clock):
    def stale(moment: Any) -> str:
        clock.now = moment
        return dict(asked(front_of(app), CONTRIBUTIONS).headers)["Cache-Control"].split("=")[-1]

    assert stale(AFTER - timedelta(seconds=60)) == "10"
    assert stale(AFTER - timedelta(seconds=4.5)) == "4"
    assert stale(LAST_MOMENT) == "0"
    assert stale(AFTER) == "10"


def test_a_catalogue_that_is_gone_refuses_and_nothing_old_is_answered(
    client: FlaskClient, catalogue_file: Any
):
    assert client.get(CONTRIBUTIONS).status_code == 200
    catalogue_file.unlink()
    for path in RENDERED:
        assert client.get(path).status_code == 503


def test_the_fronts_requests_are_logged_as_all_others(app: Flask, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO, "comment_service"):
        client = app.test_client()
        answers = [client.get(CONTRIBUTIONS), client.get("/api/documents")]
    told = [record.__dict__ for record in caplog.records]
    assert [line["route"] for line in told] == [
        "/api/documents/<slug>/contributions",
        "/api/documents",
    ]
    assert [line["request_id"] for line in told] == [
        answer.headers["X-Request-Id"] for answer in answers
    ]
