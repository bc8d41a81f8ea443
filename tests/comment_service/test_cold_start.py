"""A cold start: nothing is imported that the first answer does not need."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.comment_service.conftest import Publish
from tests.comment_service.test_wsgi import OPEN
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS

Urls = dict[str, Callable[[], str]]

NEVER = {
    "alembic",  # migrations are the operators' command
    "click.testing",
    "gunicorn",
    "markdown",
    "mkdocs",
    "participation.following",  # the build's work
    "ruamel",
    "site_src",
}
WITHOUT_WORDS = {"babel", "comment_service.web.languages"}
DESK = {  # only who works at the desk waits for it
    "argon2",
    "authlib",
    "comment_service.signing_in",
    "comment_service.web.desk",
    "pyotp",
    "requests",
    "segno",
}
FRAMEWORK = {"flask", "jinja2", "werkzeug"}  # what is asked for most is answered without it
UNASKED = {
    "apig_wsgi",  # AWS Lambda only
    "comment_service.web.examples",  # the OpenAPI document only
    "comment_service.web.openapi",
    "comment_service.published_elsewhere",  # a catalogue behind an address only
    "comment_service.web.metrics",  # where they are fetched
    "flask_cors",  # pages of other origins only
    "openpyxl",  # tables only
    "prometheus_client",
    "urllib.request",
    "xlsxwriter",
}
EMBEDDED = {"filelock", "tinydb"}
POSTGRES = {"psycopg", "sqlalchemy"}


def imported(store: str, catalogue: Path, method: str, path: str, body: str = "") -> set[str]:
    """Return the modules and packages of a process that has given one answer."""
    environ = {
        **os.environ,  # noqa: TID251  # a process needs a PATH
        "RANDNOTIZ_STORE": store,
        "RANDNOTIZ_CATALOGUE": str(catalogue),
    }
    way_in = "comment_service.serverless" if "postgres" in store else "comment_service.wsgi"
    command = [sys.executable, "-m", "tests.comment_service.first_answer", way_in, method, path]
    done = subprocess.run([*command, body], env=environ, stdout=subprocess.PIPE, check=True)
    told = json.loads(done.stdout)
    assert told["status"] in {"200", "201"}, told["answer"]
    modules = set(told["modules"])
    return modules | {module.partition(".")[0] for module in modules}


@pytest.fixture(params=["memory", "embedded", pytest.param("postgres", marks=pytest.mark.postgres)])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, set[str]]:
    """The address of a store, and what only other stores need."""
    match request.param:
        case "memory":
            return "memory:", EMBEDDED | POSTGRES
        case "embedded":
            return f"embedded:{tmp_path / 'data'}", POSTGRES
    return request.getfixturevalue("empty_database")(), EMBEDDED


@pytest.mark.parametrize("path", ["/api/documents", CONTRIBUTIONS])
def test_a_read_imports_only_what_it_needs(
    stored: tuple[str, set[str]], catalogue_file: Path, publish: Publish, path: str
):
    publish(OPEN)
    url, others = stored
    unneeded = NEVER | WITHOUT_WORDS | FRAMEWORK | DESK | UNASKED | others
    assert imported(url, catalogue_file, "GET", path) & unneeded == set()


def test_a_contribution_imports_only_what_it_needs(
    stored: tuple[str, set[str]], catalogue_file: Path, publish: Publish
):
    publish(OPEN)
    url, others = stored
    unneeded = NEVER | WITHOUT_WORDS | FRAMEWORK | DESK | UNASKED | others
    got = imported(url, catalogue_file, "POST", CONTRIBUTE, json.dumps(COMMENT))
    assert got & unneeded == set()


def test_what_needs_the_framework_imports_no_more_than_that(
    stored: tuple[str, set[str]], catalogue_file: Path, publish: Publish
):
    publish(OPEN)
    url, others = stored
    got = imported(url, catalogue_file, "GET", "/healthz")
    assert got & (NEVER | WITHOUT_WORDS | DESK | UNASKED | others) == set()
    assert got >= FRAMEWORK


def test_what_is_asked_for_is_imported(catalogue_file: Path, publish: Publish):
    publish(OPEN)
    got = imported("memory:", catalogue_file, "GET", "/api/openapi.json")
    assert got >= {"comment_service.web.openapi", "comment_service.web.examples"}
