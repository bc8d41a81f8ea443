"""The sample configurations, with the places of a test in them, in the real web servers."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest

from site_src.safety_headers import write_headers

HOUSE = Path(__file__).parents[3]
DEPLOY = HOUSE / "deploy"
PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
PATIENCE = 20.0  # seconds until a test gives up
AROUND = """\
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {sample}
}}
"""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]  # names in small letters; of several with one name, joined
    body: bytes

    @property
    def by_service(self) -> bool:
        return "x-request-id" in self.headers


class WebServer:
    """A running web server, and the folder of the public files."""

    def __init__(self, port: int, public: Path) -> None:
        self.port, self.public = port, public

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        read = Answer(answer.status, _headers(answer), answer.read())
        connection.close()
        return read

    def wait_for(self, name: str, content: bytes = b"") -> None:
        """Return when a public file is there and holds that."""
        for _ in range(int(PATIENCE * 100)):
            file = self.public / name
            if file.exists() and content in file.read_bytes():
                return
            Event().wait(0.01)
        raise AssertionError(f"{name} was not written")


def program(name: str, package: str | None = None) -> str:
    """Return a system's program; without it the test is skipped, but under CI it fails."""
    found = shutil.which(name, path=PLACES)
    if found is None:
        absent = f"{name} is not installed: apt-get install {package or name}"
        if os.environ.get("CI"):  # noqa: TID251  # a missing program is no reason to skip there
            pytest.fail(absent)
        pytest.skip(absent)
    return found


@contextmanager
def nginx(service: int, site: Path, public: Path, **replaced: str) -> Iterator[WebServer]:
    """Run nginx with ``deploy/nginx.conf`` before the service on that port."""
    binary = program("nginx")
    write_headers(site, "")
    folder = Path(tempfile.mkdtemp(dir=site.parent))
    # A door that is open already: no port is guessed, and nobody waits for the start.
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        sample = filled_in(
            (DEPLOY / "nginx.conf").read_text("utf-8"),
            {
                "listen 80;": f"listen 127.0.0.1:{port};",
                "127.0.0.1:8001": f"127.0.0.1:{service}",
                "/srv/site/current": str(site),
                "/run/randnotiz": str(public),
                **replaced,
            },
        )
        user = "user root;" if os.geteuid() == 0 else ""  # its workers must reach the test's folder
        file = folder / "nginx.conf"
        file.write_text(AROUND.format(folder=folder, user=user, sample=sample), "utf-8")
        process = subprocess.Popen(
            [binary, "-p", str(folder), "-c", str(file)],
            env={"NGINX": f"{door.fileno()};"},
            pass_fds=[door.fileno()],
        )
        try:
            yield WebServer(port, public)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


@contextmanager
def caddy(service: int, site: Path, public: Path) -> Iterator[WebServer]:
    """Run Caddy with ``deploy/Caddyfile`` before the service on that port, without TLS."""
    binary = program("caddy")
    write_headers(site, "")
    folder = Path(tempfile.mkdtemp(dir=site.parent))
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]  # Caddy opens its own door, right after this one is closed
    sample = filled_in(
        (DEPLOY / "Caddyfile").read_text("utf-8"),
        {
            "texte.example.org {": f"http://127.0.0.1:{port} {{",
            "127.0.0.1:8001": f"127.0.0.1:{service}",
            "/srv/site/current": str(site),
            "/run/randnotiz": str(public),
        },
    )
    file = folder / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n}}\n{sample}", "utf-8")
    process = subprocess.Popen(
        [binary, "run", "--adapter", "caddyfile", "--config", str(file)],
        env={"HOME": str(folder)},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_open(port)
        yield WebServer(port, public)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def wait_until_open(port: int) -> None:
    """Return when somebody listens there."""
    for _ in range(int(PATIENCE * 100)):
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        Event().wait(0.01)
    raise AssertionError(f"nobody listens on port {port}")


def filled_in(sample: str, places: dict[str, str]) -> str:
    """Return a sample with the places of a test; each of them must stand in it."""
    for old, new in places.items():
        assert old in sample
        sample = re.sub(re.escape(old), lambda _, new=new: new, sample)  # type: ignore[misc]  # bound now
    return sample


def _headers(answer: HTTPResponse) -> dict[str, str]:
    names = {name.lower() for name, _ in answer.getheaders()}
    return {name: ", ".join(answer.headers.get_all(name, [])) for name in names}
