import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from tests.comment_service.web.places import (
    COMMENT,
    CONTRIBUTE,
    CONTRIBUTIONS,
    EXPORTS,
    PAGE,
    PAGE_OF_VERSION,
    READS,
    RENDERED,
)
from tests.conftest import Clock
from tests.factories import AFTER, make_contribution

ORIGIN = "https://texte.example.org"


@pytest.fixture
def full(client: FlaskClient, store: Store) -> FlaskClient:
    """A client of a service that has one contribution."""
    store.add(make_contribution("c1"))
    return client


@pytest.mark.parametrize("path", READS)
def test_a_read_may_be_kept_and_must_be_asked_about(full: FlaskClient, path: str):
    answer = full.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] in {
        "public, max-age=0, must-revalidate",
        "public, max-age=0, stale-while-revalidate=10",
    }
    assert answer.headers["ETag"].startswith('"')  # strong
    assert (path in (*RENDERED, *EXPORTS)) == ("stale" in answer.headers["Cache-Control"])


@pytest.mark.parametrize("path", [*READS, "/beitrag/static/pages.css"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_known_is_not_sent_again(full: FlaskClient, path: str, method: str):
    headers = {"If-None-Match": full.get(path).headers["ETag"]}
    answer = full.open(path, method=method, headers=headers)
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == headers["If-None-Match"]


@pytest.mark.parametrize("path", READS)
def test_head_answers_as_get_without_the_body(full: FlaskClient, path: str):
    asked, head = full.get(path), full.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == asked.headers["ETag"]
    assert head.content_length == asked.content_length


def test_another_contribution_is_another_etag(full: FlaskClient):
    before = full.get(CONTRIBUTIONS).headers["ETag"]
    full.post(CONTRIBUTE, json=COMMENT)
    answer = full.get(CONTRIBUTIONS, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before


def test_a_page_with_a_form_is_for_its_reader_only(full: FlaskClient, clock: Clock):
    assert full.get(PAGE).headers["Cache-Control"] == "private, no-cache"
    assert full.get(PAGE).headers["ETag"] != full.get(PAGE).headers["ETag"]  # a new key each time
    clock.now = AFTER
    headers = {"If-None-Match": full.get(PAGE).headers["ETag"]}
    assert full.get(PAGE, headers=headers).status_code == 304


def test_answers_to_writes_are_never_kept(client: FlaskClient):
    answers = [
        client.post(CONTRIBUTE, json=COMMENT),
        client.post(CONTRIBUTE, json={}),
        client.post(PAGE, data=COMMENT),
        client.post(PAGE, data={}),
    ]
    assert [answer.status_code for answer in answers] == [201, 422, 303, 422]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


@pytest.mark.parametrize(
    "path", [*READS, PAGE, PAGE_OF_VERSION, "/nichts", "/healthz", "/beitrag/static/pages.css"]
)
def test_every_answer_bears_the_headers_of_safety(full: FlaskClient, path: str):
    headers = full.get(path).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.fixture
def across(environ: dict[str, str], request: pytest.FixtureRequest) -> FlaskClient:
    """A client of a service that admits two origins."""
    environ["RANDNOTIZ_ALLOWED_ORIGINS"] = f"{ORIGIN}, https://other.example.org"
    client: FlaskClient = request.getfixturevalue("client")
    return client


def test_an_origin_that_is_admitted_may_read_and_write(across: FlaskClient):
    answer = across.post(CONTRIBUTE, json=COMMENT, headers={"Origin": ORIGIN})
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Location" in answer.headers["Access-Control-Expose-Headers"]
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_origin_that_is_admitted_may_ask_before_it_writes(across: FlaskClient):
    headers = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, idempotency-key",
    }
    answer = across.options(CONTRIBUTE, headers=headers)
    assert answer.status_code == 200
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "idempotency-key" in answer.headers["Access-Control-Allow-Headers"].lower()


@pytest.mark.parametrize(
    "origin", ["https://evil.example.org", "null", "http://texte.example.org", f"{ORIGIN}.evil"]
)
def test_another_origin_is_not_admitted(across: FlaskClient, origin: str):
    for path in (CONTRIBUTIONS, "/api/nichts"):
        answer = across.get(path, headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_refusals_can_be_read_across_origins(across: FlaskClient):
    answer = across.post(CONTRIBUTE, json={}, headers={"Origin": ORIGIN})
    assert answer.status_code == 422
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_only_the_api_is_open_to_other_origins(across: FlaskClient):
    for path in (PAGE, "/healthz"):
        answer = across.get(path, headers={"Origin": ORIGIN})
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_without_the_setting_no_origin_is_admitted(client: FlaskClient):
    answer = client.get(CONTRIBUTIONS, headers={"Origin": ORIGIN})
    assert "Access-Control-Allow-Origin" not in answer.headers
