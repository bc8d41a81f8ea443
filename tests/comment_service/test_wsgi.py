"""The service as it runs in production: gunicorn, in processes of its own."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from participation.catalogue import Catalogue
from participation.window import Window
from tests.comment_service.conftest import Publish
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS
from tests.factories import FIRST_MOMENT, make_catalogue, make_document, make_version

READY = b"Listening at: "
OPEN: Catalogue = make_catalogue(
    make_document(versions=(make_version(window=Window(FIRST_MOMENT)),))
)


def gunicorn(environ: dict[str, str], *options: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "gunicorn", "comment_service.wsgi:app", "-b", "127.0.0.1:0"]
    return subprocess.Popen([*command, *options], env=environ, stderr=subprocess.PIPE)


class Server:
    """A running server; ``log`` is what it wrote, once it has been stopped."""

    def __init__(self, environ: dict[str, str], *options: str) -> None:
        self.process = self.start(environ, *options)
        self.log = b""
        self.port = self._port()

    @staticmethod
    def start(environ: dict[str, str], *options: str) -> "subprocess.Popen[bytes]":
        return gunicorn(environ, *options)

    def _port(self) -> int:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log += line
            if READY in line:
                return int(line.split(READY)[1].split()[0].rsplit(b":", 1)[1].strip(b'",'))
        raise AssertionError(self.log.decode())

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        read = answer.status, json.loads(answer.read())
        connection.close()
        return read

    def send(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            return connection.makefile("rb").read()

    def stop(self) -> str:
        self.process.terminate()
        self.log += self.process.communicate(timeout=20)[1]
        return self.log.decode()


def environment(catalogue_file: Path, folder: Path) -> dict[str, str]:
    """The environment of a service in a process of its own, on the embedded store."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("RANDNOTIZ_")},  # noqa: TID251  # a process needs a PATH
        "RANDNOTIZ_STORE": f"embedded:{folder / 'data'}",
        "RANDNOTIZ_CATALOGUE": str(catalogue_file),
    }


@pytest.fixture
def environ(catalogue_file: Path, tmp_path: Path, publish: Publish) -> dict[str, str]:
    publish(OPEN)
    return environment(catalogue_file, tmp_path)


@pytest.fixture
def server(environ: dict[str, str]) -> Iterator[Server]:
    server = Server(environ, "-w", "2", "--threads", "2")
    yield server
    server.stop()


def test_several_workers_take_contributions_and_lose_none(server: Server, environ):
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: server.ask("POST", CONTRIBUTE, COMMENT), range(24)))
    assert {status for status, _ in taken} == {201}
    server.stop()
    again = Server(environ)
    _, listed = again.ask("GET", CONTRIBUTIONS)
    again.stop()
    (paragraph,) = listed["versions"][0]["paragraphs"]
    assert {entry["id"] for entry in paragraph["contributions"]} == {
        answer["id"] for _, answer in taken
    }
    assert all(answer["id"][14] == "7" for _, answer in taken)  # UUIDs of version 7


def test_the_log_names_no_client_and_no_words(server: Server):
    server.ask("POST", CONTRIBUTE, COMMENT)
    assert b"400" in server.send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Geheim geheim\r\n\r\n")
    log = server.stop()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"request", "invalid-request"} <= {line["event"] for line in lines}
    for secret in ("ip=", "127.0.0.1 ", "geheim", "Geheim", "Bänke", "Ada"):
        assert secret not in log


def test_a_chunked_body_that_is_too_large_is_refused(server: Server):
    head = f"POST {CONTRIBUTE} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    request = head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"1\r\n \r\n0\r\n\r\n"
    assert server.send(request).startswith(b"HTTP/1.1 413 ")


def test_a_broken_setting_ends_the_server_with_one_line_and_no_traceback(environ):
    process = gunicorn({**environ, "RANDNOTIZ_STORE": "mysql://a:geheim@b/c"})
    log = process.communicate(timeout=20)[1].decode()
    assert process.returncode == 4
    assert "RANDNOTIZ_STORE: there is no store 'mysql' here; write embedded:" in log
    assert "Traceback" not in log
    assert "geheim" not in log
