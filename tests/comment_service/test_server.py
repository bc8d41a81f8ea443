"""The service as operators start it: settings first, then granian, in processes of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from comment_service.server import CannotListen, counting, look, look_at, look_at_address, parser
from comment_service.settings import BrokenSetting, Settings
from tests.comment_service.conftest import Publish
from tests.comment_service.test_wsgi import OPEN, Server, environment
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS

TOKEN = "0123456789abcdef0123456789abcdef"
SERVER = [sys.executable, "-m", "comment_service.server"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as attempt:
        port: int = attempt.getsockname()[1]
    return port


class Granian(Server):
    """The service in the server that was chosen."""

    @staticmethod
    def start(environ: dict[str, str], *options: str) -> "subprocess.Popen[bytes]":
        command = [*SERVER, "--port", str(free_port()), *options]
        return subprocess.Popen(command, env=environ, stderr=subprocess.PIPE)

    def _port(self) -> int:
        """Return the port once a worker listens there: the line comes before that."""
        port = super()._port()
        for _ in range(2000):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=20).close()
            except ConnectionRefusedError:
                Event().wait(0.01)
            else:
                return port
        raise AssertionError("nobody listens")

    def read_until(self, words: bytes) -> None:
        """Return once a line with these words was logged."""
        assert self.process.stderr is not None
        while words not in (line := self.process.stderr.readline()):
            assert line, self.log.decode()
            self.log += line
        self.log += line


@pytest.fixture
def environ(catalogue_file: Path, tmp_path: Path, publish: Publish) -> dict[str, str]:
    publish(OPEN)
    return environment(catalogue_file, tmp_path)


@pytest.fixture
def server(environ: dict[str, str]) -> Iterator[Granian]:
    server = Granian(environ)
    yield server
    server.stop()


def ids(listed: Any) -> set[str]:
    paragraphs = listed["versions"][0]["paragraphs"]
    return {entry["id"] for one in paragraphs for entry in one["contributions"]}


def test_what_one_worker_took_all_of_them_show_at_once(server: Granian):
    for _ in range(12):
        status, taken = server.ask("POST", CONTRIBUTE, COMMENT)
        assert status == 201
        assert all(taken["id"] in ids(server.ask("GET", CONTRIBUTIONS)[1]) for _ in range(4))


def test_many_who_write_at_once_lose_nothing(server: Granian):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: server.ask("POST", CONTRIBUTE, COMMENT), range(48)))
    assert {status for status, _ in answers} == {201}
    assert ids(server.ask("GET", CONTRIBUTIONS)[1]) == {answer["id"] for _, answer in answers}


def test_what_was_begun_is_answered_before_the_end(server: Granian, environ):
    body = json.dumps(COMMENT).encode()
    head = (
        f"POST {CONTRIBUTE} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    server.ask("GET", "/healthz")
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head.encode() + body[:9])
        server.ask("GET", "/healthz")  # what was sent before has arrived
        server.process.send_signal(signal.SIGTERM)
        server.read_until(b"Stopping worker-")
        connection.sendall(body[9:])
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 201 ")
    server.stop()
    assert server.process.returncode == 0
    again = Granian(environ)
    assert len(ids(again.ask("GET", CONTRIBUTIONS)[1])) == 1
    again.stop()


def test_every_line_of_the_log_is_json_and_names_no_client(server: Granian):
    server.ask("POST", CONTRIBUTE, COMMENT)
    assert b"400" in server.send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Geheim geheim\r\n\r\n")
    server.ask("GET", "/api/documents/geheim/contributions?version=geheim")
    log = server.stop()
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"request", f"Listening at: http://127.0.0.1:{server.port}"} <= {
        line["event"] for line in lines
    }
    for secret in ("geheim", "Geheim", "Bänke", "Ada"):
        assert secret not in log
    assert log.count("127.0.0.1") == 1  # its own address


def test_a_chunked_body_that_is_too_large_is_refused(server: Granian):
    head = f"POST {CONTRIBUTE} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    request = head.encode() + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    answer = server.send(request + chunk + b"1\r\n \r\n0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_the_workers_count_together(environ: dict[str, str]):
    server = Granian({**environ, "RANDNOTIZ_METRICS_TOKEN": TOKEN})
    for _ in range(20):
        server.ask("GET", "/healthz")
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    told = connection.getresponse().read().decode()
    connection.close()
    server.stop()
    assert 'randnotiz_requests_total{method="GET",route="/healthz",status="200"} 20.0' in told


BROKEN = {
    "unknown store": ({"RANDNOTIZ_STORE": "redis://a:geheim@b/c"}, "RANDNOTIZ_STORE: "),
    "store in a place for nothing": ({"RANDNOTIZ_STORE": "embedded:/proc/nichts"}, "/proc/nichts"),
    "store that goes with its machine": ({"K_SERVICE": "randnotiz"}, "machines come and go"),
    "database that is not there": (
        {"RANDNOTIZ_STORE": "postgresql://u:geheim@127.0.0.1:1/d"},
        "PostgreSQL, 127.0.0.1",
    ),
    "files in a place for nothing": ({"RANDNOTIZ_PUBLISH_DIR": "/proc/nichts"}, "_PUBLISH_DIR: "),
    "no port": ({"PORT": "geheim"}, "--port"),
    "a port of the system's": ({"PORT": "65536"}, "--port"),
}


@pytest.mark.parametrize("changed,word", BROKEN.values(), ids=BROKEN)  # noqa: PT006  # pairs
def test_what_is_broken_is_one_line_and_exit_code_2(
    environ: dict[str, str], changed: dict[str, str], word: str
):
    process = subprocess.run(
        SERVER, env={**environ, **changed}, capture_output=True, text=True, check=False, timeout=60
    )
    assert process.returncode == 2
    last = process.stderr.splitlines()[-1]
    assert word in last
    assert "Traceback" not in process.stderr
    if "RANDNOTIZ" in last:
        assert len(process.stderr.splitlines()) == 1
        assert "geheim" not in process.stderr


@pytest.mark.parametrize(
    ("journal", "cure"),
    [
        (b"SQLite format 3\0", "name another folder"),
        (b"randnotiz-journal 5 8c3f5a0d9b7e6142 1f0c93aa\n", "update the service"),
        (b"randnotiz-journal 2 8c3f5a0d9b7e6142 1f0c93aa\n", "restore the folder from a backup"),
    ],
)
def test_a_journal_that_cannot_be_used_is_one_line_and_exit_code_2(
    environ: dict[str, str], tmp_path: Path, journal: bytes, cure: str
):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "contributions.journal").write_bytes(journal)
    store = f"embedded:{folder}"
    backup = [sys.executable, "comments.py", "backup", "--store", store, str(tmp_path / "backup")]
    for command in (SERVER, backup):
        process = subprocess.run(
            command,
            env={**environ, "RANDNOTIZ_STORE": store},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (process.returncode, process.stderr.count("\n")) == (2, 1)
        assert "contributions.journal" in process.stderr
        assert cure in process.stderr
    assert (folder / "contributions.journal").read_bytes() == journal


def test_a_port_that_is_taken_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotListen, match="choose others"):
            look_at_address("127.0.0.1", port)
    look_at_address("127.0.0.1", port)


def test_all_addresses_of_a_machine_can_be_listened_at():
    for host in ("0.0.0.0", "localhost"):  # noqa: S104  # containers do
        look_at_address(host, free_port())


def test_platforms_say_the_port_and_the_workers():
    chosen = parser({"PORT": "8080", "WEB_CONCURRENCY": "4"}).parse_args([])
    assert (chosen.port, chosen.workers, chosen.host) == (8080, 4, "127.0.0.1")
    assert parser({"PORT": ""}).parse_args(["--port", "9"]).port == 9


def test_a_folder_of_public_files_is_looked_at(tmp_path: Path):
    given = {"RANDNOTIZ_STORE": "memory:", "RANDNOTIZ_PUBLISH_DIR": str(tmp_path / "public")}
    look_at(Settings.read(given))
    assert list((tmp_path / "public").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(BrokenSetting, match="cannot be written"):
        look_at(Settings.read({**given, "RANDNOTIZ_PUBLISH_DIR": str(tmp_path / "file")}))


def test_a_shared_folder_for_counts_is_made_only_where_it_is_wanted(tmp_path: Path):
    counted = Settings.read({"RANDNOTIZ_METRICS_TOKEN": TOKEN})
    assert counting(Settings.read({}), {}) == {}
    assert counting(counted, {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}) == {}
    (made,) = counting(counted, {}).values()
    os.rmdir(made)  # noqa: PTH106  # it is there, and empty


def test_a_broken_setting_ends_with_exit_code_2(capsys: pytest.CaptureFixture[str]):
    assert look(parser({}).parse_args([]), {"RANDNOTIZ_STORE": "nichts:"}) == 2
    assert "RANDNOTIZ_STORE: " in capsys.readouterr().err
