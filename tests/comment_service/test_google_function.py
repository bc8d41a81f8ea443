"""Google's functions framework, started for real on a folder as it is handed to Google."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.comment_service.conftest import Publish
from tests.comment_service.test_wsgi import OPEN
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS

HOUSE = Path(__file__).parents[2]
FRAMEWORK = Path(sys.executable).with_name("functions-framework")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the function, laid out as the manual says."""
    folder = tmp_path_factory.mktemp("google") / "function"
    script = HOUSE / "deploy" / "make-function.sh"
    subprocess.run(["sh", script, "google", folder], check=True)
    return folder


@pytest.fixture
def environ(
    catalogue_file: Path, publish: Publish, empty_database: Callable[[], str]
) -> dict[str, str]:
    publish(OPEN)
    inherited = os.environ.items()  # noqa: TID251  # a process needs a PATH
    return {
        **{name: value for name, value in inherited if name != "PYTHONPATH"},
        "RANDNOTIZ_STORE": empty_database(),
        "RANDNOTIZ_CATALOGUE": str(catalogue_file),
        "FUNCTION_TARGET": "function",
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def function(folder: Path, environ: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [FRAMEWORK], cwd=folder, env=environ, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.terminate()


def ask(port: str, method: str, path: str, body: bytes | None = None) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", int(port), timeout=20)
    connection.request(method, path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    read = answer.status, json.loads(answer.read())
    connection.close()
    return read


def wait_until_it_answers(process: "subprocess.Popen[str]", port: str) -> None:
    while process.poll() is None:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", int(port))):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError(process.communicate()[1])


@pytest.mark.postgres
def test_the_framework_serves_the_function_on_its_port_until_it_is_told_to_stop(
    function: "subprocess.Popen[str]", environ: dict[str, str]
):
    port = environ["PORT"]
    wait_until_it_answers(function, port)
    status, taken = ask(port, "POST", CONTRIBUTE, json.dumps(COMMENT).encode())
    assert status == 201
    status, listed = ask(port, "GET", CONTRIBUTIONS)
    (paragraph,) = listed["versions"][0]["paragraphs"]
    assert [entry["id"] for entry in paragraph["contributions"]] == [taken["id"]]
    status, large = ask(port, "POST", CONTRIBUTE, bytes(200_000))
    assert (status, large["code"]) == (413, "too-large")
    assert ask(port, "GET", "/healthz") == (200, {"status": "ok"})
    function.terminate()
    _, log = function.communicate(timeout=20)
    assert function.returncode == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert {line["route"] for line in lines} >= {"/healthz"}
    assert {line["level"] for line in lines} == {"INFO"}


def test_the_framework_ends_with_one_line_if_the_store_goes_with_the_machine(folder: Path):
    environ = {
        **os.environ,  # noqa: TID251  # a process needs a PATH
        "RANDNOTIZ_STORE": "embedded:data",
        "FUNCTION_TARGET": "function",
        "PORT": "0",
    }
    ended = subprocess.run(
        [FRAMEWORK], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "on Google Cloud Functions machines come and go" in ended.stderr


def test_the_folder_holds_the_service_and_what_it_needs_to_be_installed(folder: Path):
    lock = HOUSE / "requirements-function.lock"
    assert (folder / "requirements.txt").read_bytes() == lock.read_bytes()
    assert (folder / "comment_service" / "messages" / "de.po").is_file()
    assert not list(folder.rglob("__pycache__"))


@pytest.mark.parametrize("arguments", [[], ["google"], ["azure", "function"], ["google", "."]])
def test_a_wrong_call_of_the_script_is_told_and_leaves_nothing(
    arguments: list[str], tmp_path: Path
):
    script = HOUSE / "deploy" / "make-function.sh"
    ended = subprocess.run(
        ["sh", script, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "aws or google" in ended.stderr
    assert list(tmp_path.iterdir()) == []
