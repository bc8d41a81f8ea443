"""The web servers that the manual recommends, each for one town, on ports of their own choice."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.comment_service.test_wsgi import Server
from tests.site_src.conftest import ENVIRONMENT
from tests.site_src.towns import Town

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
SETTINGS = """\
daemon off;
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 100000;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        error_page 404 /404.html;
        location ~ ^/(api|beitrag)(/|$)|^/(healthz|readyz)$ {{
            proxy_pass http://127.0.0.1:{service};
            proxy_set_header Host $host;
        }}
    }}
}}
"""


@contextmanager
def gunicorn_alone(town: Town) -> Iterator[Server]:
    """Serve site and service with gunicorn; readers may keep their connections."""
    current = town.target / "current"
    server = Server(
        {
            **ENVIRONMENT,
            "RANDNOTIZ_SITE": str(current),
            "RANDNOTIZ_CATALOGUE": str(current / "catalogue.json"),
            "RANDNOTIZ_STORE": f"embedded:{town.folder / 'data'}",
            "RANDNOTIZ_LOG_LEVEL": "error",
        },
        *("--threads", "4", "--keep-alive", "60"),
    )
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def nginx_in_front(town: Town) -> Iterator[int]:
    """Serve the site with nginx, which asks gunicorn for the rest; yield its port."""
    program = _nginx()
    folder = town.folder / "nginx"
    folder.mkdir()
    with gunicorn_alone(town) as service, socket.create_server(("127.0.0.1", 0)) as door:
        settings = _settings(folder, town, door.getsockname()[1], service.port)
        # A door that is open already: no port is guessed, and nobody waits for the start.
        process = subprocess.Popen(
            [program, "-p", str(folder), "-c", str(settings)],
            env={**ENVIRONMENT, "NGINX": f"{door.fileno()};"},
            pass_fds=[door.fileno()],
        )
        try:
            yield door.getsockname()[1]
        finally:
            process.terminate()
            process.wait(timeout=20)


def _nginx() -> str:
    """Return the program; without one the test is skipped, but under CI it fails."""
    if NGINX is None:
        absent = "nginx is not installed: apt-get install nginx"
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    return NGINX


def _settings(folder: Path, town: Town, port: int, service: int) -> Path:
    file = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # its workers must reach the test's folder
    site = town.target / "current"
    text = SETTINGS.format(folder=folder, user=user, port=port, service=service, site=site)
    file.write_text(text, "utf-8")
    return file
