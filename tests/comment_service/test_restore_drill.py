"""The drill: a backup while the service takes contributions, and a service on what it restored."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Store
from tests.comment_service.conftest import Publish
from tests.comment_service.storage.test_copying import hide
from tests.comment_service.test_wsgi import OPEN, Server
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS

HOUSE = Path(__file__).parents[2]


@pytest.fixture
def environ(catalogue_file: Path, publish: Publish) -> dict[str, str]:
    publish(OPEN)
    inherited = os.environ.items()  # noqa: TID251  # a process needs a PATH
    ours = {name: value for name, value in inherited if not name.startswith("RANDNOTIZ_")}
    return {**ours, "RANDNOTIZ_CATALOGUE": str(catalogue_file)}


def comments(environ: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "comments.py", *arguments],
        cwd=HOUSE,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@contextmanager
def writing(server: Server, store_url: str) -> Iterator[None]:
    """Contributions come in and are hidden, again and again, until the end of the block."""
    begun, end = Event(), Event()
    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write, server, open_store(store_url), begun, end)
        try:
            assert begun.wait(20)
            yield
        finally:
            end.set()
        writer.result()


def write(server: Server, store: Store, begun: Event, end: Event) -> None:
    for number in count(1):
        hide(store, taken(server), f"l{number}")
        taken(server)
        begun.set()
        if end.is_set():
            return


def taken(server: Server) -> str:
    status, contribution = server.ask("POST", CONTRIBUTE, COMMENT)
    assert status == 201
    return str(contribution["id"])


def test_a_backup_of_a_running_service_is_a_service_again(environ: dict[str, str], tmp_path: Path):
    file, verified = tmp_path / "backup.gz", f"--catalogue={environ['RANDNOTIZ_CATALOGUE']}"
    old, new = f"embedded:{tmp_path / 'old'}", f"embedded:{tmp_path / 'new'}"
    comments(environ, "init", "--store", old)
    server = Server({**environ, "RANDNOTIZ_STORE": old}, "-w", "2", "--threads", "2")
    acknowledged = {taken(server) for _ in range(20)}
    with writing(server, old):
        comments(environ, "backup", "--store", old, str(file))
    server.stop()
    comments(environ, "restore", "--store", new, str(file))
    assert comments(environ, "verify", "--store", new, verified).endswith(", 0 problems.\n")
    restored = Server({**environ, "RANDNOTIZ_STORE": new})
    status, listed = restored.ask("GET", CONTRIBUTIONS)
    taken(restored)
    restored.stop()
    (paragraph,) = listed["versions"][0]["paragraphs"]
    assert status == 200
    assert acknowledged <= {entry["id"] for entry in paragraph["contributions"]}
    assert open_store(new).secret() == open_store(old).secret()
    assert len(open_store(new).log()) <= len(open_store(old).log())
