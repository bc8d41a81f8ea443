"""The ways in for functions, in processes of their own as on their platforms."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.comment_service.conftest import Publish
from tests.comment_service.lambda_events import KINDS
from tests.comment_service.lambda_runtime import RuntimeApi, function_on_lambda
from tests.comment_service.test_wsgi import OPEN
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS, PAGE
from tests.factories import REF

HOUSE = Path(__file__).parents[2]
JSON = {"content-type": "application/json"}
pytestmark = pytest.mark.postgres


@pytest.fixture
def environ(
    catalogue_file: Path, publish: Publish, empty_database: Callable[[], str]
) -> dict[str, str]:
    publish(OPEN)
    return {"RANDNOTIZ_STORE": empty_database(), "RANDNOTIZ_CATALOGUE": str(catalogue_file)}


@pytest.fixture
def function(environ: dict[str, str]) -> Iterator[RuntimeApi]:
    with function_on_lambda(environ) as function:
        yield function


@pytest.mark.parametrize("kind", KINDS)
def test_a_function_takes_contributions_and_shows_them(function: RuntimeApi, kind: str):
    comment = json.dumps(COMMENT).encode()
    taken = function.ask(kind, "POST", CONTRIBUTE, headers=JSON, body=comment)
    assert (taken.status, taken.json["text"]) == (201, COMMENT["text"])
    assert taken.headers["location"] == f"/api/contributions/{taken.json['id']}"
    listed = function.ask(kind, "GET", CONTRIBUTIONS, query="version=1")
    (paragraph,) = listed.json["versions"][0]["paragraphs"]
    assert [entry["id"] for entry in paragraph["contributions"]] == [taken.json["id"]]
    known = {"if-none-match": listed.headers["etag"]}
    again = function.ask(kind, "GET", CONTRIBUTIONS, query="version=1", headers=known)
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("kind", KINDS)
def test_a_function_answers_forms_and_refusals(function: RuntimeApi, kind: str):
    page = function.ask(kind, "GET", PAGE)
    assert page.status == 200
    assert f"Rn. {REF.number}" in page.body.decode()
    refused = function.ask(kind, "POST", CONTRIBUTE, headers=JSON, body=b"{}")
    assert (refused.status, refused.json["code"]) == (422, "invalid-input")
    large = function.ask(kind, "POST", CONTRIBUTE, headers=JSON, body=bytes(70_000))
    assert (large.status, large.json["code"]) == (413, "too-large")
    unknown = function.ask(kind, "GET", "/api/documents/stra%C3%9Fen/contributions")
    assert (unknown.status, unknown.json["code"]) == (404, "unknown-document")


def test_an_event_that_is_no_request_is_refused_and_the_function_goes_on(function: RuntimeApi):
    word, fault = function.invoke({"source": "aws.events", "detail": {}})
    assert (word, fault["errorType"]) == ("error", "NotARequest")
    assert "this function answers HTTP events" in fault["errorMessage"]
    assert "this event has detail, source" in fault["errorMessage"]
    assert function.ask("api-gateway-2.0", "GET", "/healthz").status == 200


def test_what_one_function_took_another_shows(function: RuntimeApi, environ: dict[str, str]):
    comment = json.dumps(COMMENT).encode()
    kind = "api-gateway-2.0"
    taken = function.ask(kind, "POST", CONTRIBUTE, headers=JSON, body=comment)
    with function_on_lambda(environ) as other:
        address = f"/api/contributions/{taken.json['id']}"
        assert other.ask(kind, "GET", address).json["text"] == COMMENT["text"]


WRONG = [
    ({"RANDNOTIZ_STORE": "embedded:data"}, "RANDNOTIZ_STORE: embedded: keeps contributions on one"),
    ({"RANDNOTIZ_STORE": "memory:"}, "RANDNOTIZ_STORE: memory: keeps contributions on one machine"),
    ({"RANDNOTIZ_STORE": ""}, "on AWS Lambda machines come and go"),
    ({"RANDNOTIZ_STORE": "mysql://u:geheim@h/d"}, "RANDNOTIZ_STORE: there is no store 'mysql'"),
    ({"RANDNOTIZ_CATALOGUE": "http://a.example/"}, "RANDNOTIZ_CATALOGUE: is no address"),
    ({"RANDNOTIZ_LANGUAGE": "fr"}, "RANDNOTIZ_LANGUAGE: 'fr' is unknown"),
]


@pytest.mark.parametrize(("settings", "reason"), WRONG)
def test_a_function_with_a_wrong_setting_ends_with_one_line(settings: dict[str, str], reason: str):
    environ = {
        **os.environ,  # noqa: TID251  # a process needs a PATH
        "RANDNOTIZ_STORE": "postgresql://127.0.0.1:1/randnotiz",
        "AWS_LAMBDA_FUNCTION_NAME": "randnotiz",
        **settings,
    }
    command = [sys.executable, "-c", "import comment_service.serverless"]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert reason in ended.stderr
    assert "geheim" not in ended.stderr
