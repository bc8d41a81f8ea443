"""The sample units for systemd and the recipe for containers hold together with the programs."""

import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event
from urllib.request import urlopen

import pytest

from comment_service.settings import declared
from tests.comment_service.conftest import Publish
from tests.comment_service.servers.web_servers import DEPLOY, HOUSE, program
from tests.comment_service.test_server import free_port
from tests.comment_service.test_wsgi import OPEN, environment

UNITS = sorted((DEPLOY / "systemd").iterdir())
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", "")


def installed(unit: Path, folder: Path) -> Path:
    """Write a unit whose programs are those of this installation, since /srv has none."""
    text = unit.read_text("utf-8").replace("/srv/randnotiz/.venv/bin/python", sys.executable)
    copy = folder / unit.name
    copy.write_text(text, "utf-8")
    return copy


def test_the_units_are_valid(tmp_path: Path):
    copies = [str(installed(unit, tmp_path)) for unit in UNITS]
    verified = subprocess.run(
        [program("systemd-analyze", "systemd"), "verify", "--man=no", *copies],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in verified.stderr.splitlines() if "randnotiz" in line]
    assert (ours, verified.returncode) == ([], 0)


def test_the_service_is_shut_in(tmp_path: Path):
    told = subprocess.run(
        [program("systemd-analyze", "systemd"), "security", "--offline=true", "--json=short",
         "--threshold=20", str(installed(DEPLOY / "systemd" / "randnotiz.service", tmp_path))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout  # an exposure of at most 2.0 of 10
    assert json.loads(told.stdout)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_units_set_what_there_is_to_set(unit: Path):
    named = set(re.findall(r"RANDNOTIZ_[A-Z_]+", unit.read_text("utf-8")))
    assert named <= declared().keys()


def test_what_is_copied_into_the_container_is_there_and_let_in():
    let_in = (HOUSE / ".containerignore").read_text("utf-8").splitlines()
    for line in re.findall(r"^COPY (?!--from)(.*)$", CONTAINER, re.MULTILINE):
        for name in shlex.split(line)[:-1]:
            assert (HOUSE / name).exists()
            assert f"!{name}" in let_in


def test_the_container_does_not_run_as_root_and_installs_what_is_pinned():
    assert re.search(r"^USER 10001:10001$", CONTAINER, re.MULTILINE)
    assert CONTAINER.index("\nUSER ") < CONTAINER.index("\nCMD ")
    assert "--require-hashes" in CONTAINER
    assert not set(re.findall(r"RANDNOTIZ_[A-Z_]+", CONTAINER)) - declared().keys()


def commands() -> dict[str, list[str]]:
    """The programs of the container by their instruction, with this Python."""
    found = re.findall(r"^(?:HEALTHCHECK .* )?(CMD) (\[.*\])$", CONTAINER, re.MULTILINE)
    health, start = (json.loads(told) for _, told in found)
    return {"health": [sys.executable, *health[1:]], "start": [sys.executable, *start[1:]]}


def test_what_the_container_copies_starts_is_healthy_and_ends_in_order(
    catalogue_file: Path, tmp_path: Path, publish: Publish
):
    publish(OPEN)
    house = tmp_path / "container"
    for name in re.findall(r"^COPY ([a-z_]+) \1$", CONTAINER, re.MULTILINE):
        shutil.copytree(HOUSE / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    port = free_port()
    environ = {**environment(catalogue_file, tmp_path), "PORT": str(port)}
    with subprocess.Popen(commands()["start"], cwd=house, env=environ) as process:
        try:
            wait_until_healthy(commands()["health"], environ)
        except AssertionError:
            process.kill()
            raise
        with urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    socket.create_server(("127.0.0.1", port)).close()  # the port is free again


def wait_until_healthy(check: list[str], environ: dict[str, str]) -> None:
    for _ in range(100):
        if subprocess.run(check, env=environ, capture_output=True, check=False).returncode == 0:
            return
        Event().wait(0.05)
    raise AssertionError("it never was")
