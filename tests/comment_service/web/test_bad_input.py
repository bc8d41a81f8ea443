import json
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS, PAGE

JSON = {"content_type": "application/json"}


def post(client: FlaskClient, body: bytes | str, **changed: Any) -> tuple[int, str, dict[str, Any]]:
    answer = client.post(CONTRIBUTE, data=body, **(JSON | changed))
    problem = answer.get_json()
    assert problem is not None
    assert answer.mimetype == "application/problem+json"
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["code"], problem.get("errors", {})


@pytest.mark.parametrize(
    ("changed", "field", "code", "limit"),
    [
        ({"text": ""}, "text", "empty", None),
        ({"text": " \n\u200b\u00a0"}, "text", "empty", None),
        ({"text": "x" * 4001}, "text", "too-long", 4000),
        ({"text": "a\x00b"}, "text", "control-character", None),
        ({"text": "a\x1b[31m"}, "text", "control-character", None),
        ({"text": "a\ud800"}, "text", "control-character", None),
        ({"text": None}, "text", "wrong-type", None),
        ({"text": ["a"]}, "text", "wrong-type", None),
        ({"text": 1}, "text", "wrong-type", None),
        ({"text": float("nan")}, "text", "wrong-type", None),
        ({"kind": "rant"}, "kind", "unknown-choice", None),
        ({"kind": "\ud800"}, "kind", "unknown-choice", None),
        ({"kind": True}, "kind", "wrong-type", None),
        ({"name": "x" * 81}, "name", "too-long", 80),
        ({"name": "a\nb"}, "name", "control-character", None),
        ({"name": "\udfff"}, "name", "control-character", None),
        ({"name": {}}, "name", "wrong-type", None),
        ({"status": "published"}, "status", "unknown-field", None),
        ({"\ud800": 1}, "\\ud800", "unknown-field", None),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(
    client: FlaskClient, changed: dict[str, Any], field: str, code: str, limit: int | None
):
    status, problem, errors = post(client, json.dumps({**COMMENT, **changed}))
    assert (status, problem, set(errors)) == (422, "invalid-input", {field})
    assert (errors[field]["code"], errors[field].get("limit")) == (code, limit)
    assert errors[field]["message"]


@pytest.mark.parametrize("field", ["kind", "text"])
def test_a_missing_field_is_named(client: FlaskClient, field: str):
    body = {name: value for name, value in COMMENT.items() if name != field}
    assert post(client, json.dumps(body))[2][field]["code"] == "missing"


def test_all_fields_that_cannot_be_taken_are_named_at_once(client: FlaskClient):
    assert set(post(client, '{"text": 1, "name": 2, "x": 3}')[2]) == {"kind", "text", "name", "x"}
    body = {"kind": "rant", "text": "", "name": "x" * 81}
    assert set(post(client, json.dumps(body))[2]) == {"kind", "text", "name"}


@pytest.mark.parametrize("body", ["[]", '"text"', "1", "null", "[[[{}]]]"])
def test_json_that_is_no_object_is_refused(client: FlaskClient, body: str):
    status, code, errors = post(client, body)
    assert (status, code, errors["body"]["code"]) == (422, "invalid-input", "wrong-type")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"kind": "comment", "text": "\xff"}',
        b"\xef\xbb\xbf{}",
        json.dumps(COMMENT).encode("utf-16"),
        b"{'kind': 'comment'}",
        b"[" * 60_000,
        b'{"text": ' + b"9" * 5000 + b"}",
        b'{"text": "a\nb"}',
        b"\x00",
    ],
)
def test_broken_json_is_refused(client: FlaskClient, body: bytes):
    assert post(client, body)[:2] == (400, "broken-json")


def test_of_a_doubled_field_the_last_counts(client: FlaskClient):
    body = '{"kind": "comment", "text": "erst", "text": "dann"}'
    answer = client.post(CONTRIBUTE, data=body, **JSON)
    assert (answer.status_code, answer.get_json()["text"]) == (201, "dann")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "application/problem+json",
        "json",
        "",
    ],
)
def test_another_content_type_is_refused(client: FlaskClient, content_type: str):
    answer = post(client, json.dumps(COMMENT), content_type=content_type)
    assert answer[:2] == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    "content_type",
    ["application/json; charset=utf-8", "application/json;charset=UTF8", "Application/JSON"],
)
def test_json_in_utf8_is_read_however_it_is_written(client: FlaskClient, content_type: str):
    answer = client.post(CONTRIBUTE, data=json.dumps(COMMENT), content_type=content_type)
    assert answer.status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "schlüssel", "a b", "a\tb"])
def test_an_unfit_idempotency_key_is_named(client: FlaskClient, key: str):
    headers = {"Idempotency-Key": key}
    status, code, errors = post(client, json.dumps(COMMENT), headers=headers)
    assert (status, code, set(errors)) == (422, "invalid-input", {"Idempotency-Key"})


def test_the_longest_text_is_taken_in_its_longest_spelling(client: FlaskClient):
    body = json.dumps({**COMMENT, "text": "😀" * 4000})  # twelve bytes each
    assert client.post(CONTRIBUTE, data=body, **JSON).status_code == 201
    form = {"kind": "comment", "text": "😀" * 4000}  # twelve bytes each, too
    assert client.post(PAGE, data=form).status_code == 303


BODY_OF_64_KIB = json.dumps({**COMMENT, "text": "x"}).ljust(64 * 1024).encode()


def test_a_body_of_64_kib_is_read_and_a_byte_more_is_not(client: FlaskClient):
    assert client.post(CONTRIBUTE, data=BODY_OF_64_KIB, **JSON).status_code == 201
    assert post(client, BODY_OF_64_KIB + b" ")[:2] == (413, "too-large")


def test_a_chunked_body_is_not_read_beyond_64_kib(client: FlaskClient):
    # As gunicorn hands it over: without a length, ending where the stream ends.
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}

    def send(body: bytes) -> int:
        stream = {"wsgi.input": BytesIO(body), "CONTENT_TYPE": "application/json"}
        environ = {"PATH_INFO": CONTRIBUTE, "REQUEST_METHOD": "POST", **chunked, **stream}
        return client.open(CONTRIBUTE, method="POST", environ_overrides=environ).status_code

    assert send(BODY_OF_64_KIB) == 201
    assert send(BODY_OF_64_KIB + b" ") == 413


def test_a_form_that_is_too_large_is_refused_with_a_page(client: FlaskClient):
    answer = client.post(PAGE, data={"text": "x" * 70_000})
    assert (answer.status_code, answer.mimetype) == (413, "text/html")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/documents/nichts/contributions", "unknown-document"),
        ("/api/documents/%00/contributions", "unknown-document"),
        ("/api/documents/%ff/contributions", "unknown-document"),
        (f"{CONTRIBUTIONS}?version=2", "unknown-version"),
        (f"{CONTRIBUTIONS}?version=0", "unknown-version"),
        (f"{CONTRIBUTIONS}?version={10**30}", "unknown-version"),
        ("/api/contributions/nichts", "unknown-contribution"),
        ("/api/documents/a/b/contributions", "not-found"),
        ("/api/documents//contributions", "not-found"),
        ("/api/nichts", "not-found"),
    ],
)
def test_what_is_not_there_is_a_problem_of_404(client: FlaskClient, path: str, code: str):
    answer = client.get(path)
    assert (answer.status_code, answer.get_json()["code"]) == (404, code)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("nichts/versions/1/paragraphs/1", "unknown-document"),
        ("leitlinien/versions/2/paragraphs/1", "unknown-version"),
        (f"leitlinien/versions/{10**30}/paragraphs/1", "unknown-version"),
        ("leitlinien/versions/1/paragraphs/0", "unknown-paragraph"),
        ("leitlinien/versions/1/paragraphs/4", "unknown-paragraph"),
        (f"leitlinien/versions/1/paragraphs/{10**30}", "unknown-paragraph"),
        ("leitlinien/versions/eins/paragraphs/1", "not-found"),
        ("leitlinien/versions/-1/paragraphs/1", "not-found"),
        ("leitlinien/versions/٣/paragraphs/1", "not-found"),
        (f"leitlinien/versions/{'9' * 5000}/paragraphs/1", "not-found"),
    ],
)
def test_a_contribution_on_what_is_not_there_is_a_problem_of_404(
    client: FlaskClient, store: Store, place: str, code: str
):
    answer = client.post(f"/api/documents/{place}/contributions", json=COMMENT)
    assert (answer.status_code, answer.get_json()["code"]) == (404, code)
    assert store.of_document("leitlinien") == []


@pytest.mark.parametrize("version", ["abc", "", "-1", "1.0", "٣", "9" * 5000, "1%00"])
def test_a_version_that_is_no_number_is_named(client: FlaskClient, version: str):
    answer = client.get(f"{CONTRIBUTIONS}?version={version}")
    assert answer.status_code == 422
    assert answer.get_json()["errors"]["version"]["code"] == "no-number"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", CONTRIBUTE, {"POST", "OPTIONS"}),
        ("POST", CONTRIBUTIONS, {"GET", "HEAD", "OPTIONS"}),
        ("PUT", "/readyz", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_another_method_is_refused_with_those_that_are_allowed(
    client: FlaskClient, method: str, path: str, allowed: set[str]
):
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.get_json()["code"]) == (405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == allowed


def test_messages_are_in_the_language_that_is_asked_for(client: FlaskClient):
    for language, message in (("de-AT", "gibt es nicht"), ("en", "no such document")):
        headers = {"Accept-Language": language}
        answer = client.get("/api/documents/nichts/contributions", headers=headers)
        assert message in answer.get_json()["title"]
        assert answer.headers["Content-Language"] == language[:2]
