"""Who is measured: how each is started, filled, written to and read."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psutil

from benchmarks.load_client import Check, Request, WrongAnswer, once
from benchmarks.load_data import PARAGRAPHS, READ, TEXT, TO_READ, WRITTEN, fill, write_catalogue

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ISSO = "isso==0.14.0"
START_PATIENCE = 60.0  # seconds
NUMBERS = count(1)

GUNICORN = (
    f"{BIN}/gunicorn -b 127.0.0.1:{{port}} -w 2 -k gthread --threads 4 --keep-alive 15 "
    "--log-level warning {app}"
)
GRANIAN = (
    f"{BIN}/granian --interface wsgi --host 127.0.0.1 --port {{port}} --workers 2 "
    "--blocking-threads 4 --no-ws --log-level warning {app}"
)
SERVER = f"{sys.executable} -m comment_service.server --port {{port}}"  # as operators start it


@dataclass(frozen=True, slots=True)
class Subject:
    """A program that is measured.

    ``prepare`` gets an empty folder, the number of comments to store before the start (besides
    the TO_READ that ``read`` asks for) and the port.
    """

    name: str
    command: str
    environ: Callable[[Path], Mapping[str, str]] = lambda _: {}
    prepare: Callable[[Path, int, int], None] = lambda _folder, _stored, _port: None
    write: Callable[[int], bytes] | None = None
    written: Check | None = None
    read: str = "/"
    alive: str = "/"


@dataclass(slots=True)
class Running:
    """A subject that answers."""

    subject: Subject
    port: int
    process: psutil.Popen
    start_seconds: float
    folder: Path = field(repr=False)

    def memory(self) -> float:
        """Return the proportional memory of all its processes in MB."""
        everyone = [self.process, *self.process.children(recursive=True)]
        return sum(one.memory_full_info().pss for one in everyone) / 1e6

    def write_request(self) -> Request:
        """Return what makes one new comment after the other."""
        write = self.subject.write
        if write is None:
            raise LookupError(f"{self.subject.name} takes no comments")
        return lambda: write(next(NUMBERS))


@contextmanager
def running(subject: Subject, folder: Path, *, stored: int = 0) -> Iterator[Running]:
    """Start a subject in an empty folder, wait for its first answer, and stop it at the end."""
    folder.mkdir(parents=True)
    port = _free_port()
    subject.prepare(folder, stored, port)
    with (folder / "log").open("wb") as log:
        process = psutil.Popen(
            subject.command.format(port=port, folder=folder).split(),
            env=os.environ | {"PYTHONPATH": str(ROOT)} | subject.environ(folder),
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            seconds = _wait(port, subject.alive, process, folder / "log")
            yield Running(subject, port, process, seconds, folder)
        finally:
            _stop(process)


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Return a GET request as it goes over the wire."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode()


def post(path: str, body: Mapping[str, object]) -> bytes:
    """Return a POST request of a JSON body as it goes over the wire."""
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def _taken(status: int, _head: bytes, body: bytes) -> None:
    answer = json.loads(body) if status == 201 else {}  # noqa: PLR2004  # created
    if TEXT.strip() not in answer.get("text", "") or not answer["id"]:
        raise WrongAnswer(f"{status}: {body[:300]!r}")


def _ours(number: int) -> bytes:
    path = f"/api/documents/{WRITTEN}/versions/1/paragraphs/{1 + number % PARAGRAPHS}/contributions"
    return post(path, {"kind": "comment", "text": f"{number}: {TEXT}", "name": "Ada Lovelace"})


def _plain(number: int) -> bytes:
    path = f"/comments/{1000 + number % PARAGRAPHS}"
    return post(path, {"kind": "comment", "text": f"{number}: {TEXT}", "name": "Ada Lovelace"})


def _isso(number: int) -> bytes:
    path = f"/new?uri=%2Fabsatz-{1000 + number % PARAGRAPHS}%2F"
    return post(path, {"text": f"{number}: {TEXT}", "author": "Ada Lovelace", "title": "Absatz"})


def _prepare_ours(url: Callable[[Path], str]) -> Callable[[Path, int, int], None]:
    def prepare(folder: Path, stored: int, _port: int) -> None:
        write_catalogue(folder / "catalogue.json")
        fill(url(folder), stored)

    return prepare


def _embedded(folder: Path) -> str:
    return f"embedded:{folder / 'data'}"


def ours(name: str, command: str, url: Callable[[Path], str] = _embedded) -> Subject:
    """Return the whole service on a store."""
    return Subject(
        name,
        command.replace("{app}", "comment_service.wsgi:app"),
        environ=lambda folder: {
            "RANDNOTIZ_STORE": url(folder),
            "RANDNOTIZ_CATALOGUE": str(folder / "catalogue.json"),
            "RANDNOTIZ_RATE_LIMITS": "off",
        },
        prepare=_prepare_ours(url),
        write=_ours,
        written=_taken,
        read=f"/api/documents/{READ}/contributions",
        alive=f"/api/documents/{READ}/contributions",
    )


def _prepare_sqlite(folder: Path, stored: int, _port: int) -> None:
    from benchmarks.plain_sqlite import TABLE  # noqa: PLC0415  # it is a program of its own

    with sqlite3.connect(folder / "plain.db") as database:
        database.execute("pragma journal_mode=wal")
        database.executescript(TABLE)
        database.executemany("insert into comments values (?, ?, ?, ?, ?, ?)", plain_rows(stored))


def plain_rows(stored: int) -> Iterator[tuple[object, ...]]:
    """Return rows for the yardsticks: TO_READ on paragraph 1, ``stored`` on others."""
    for number in range(stored + TO_READ):
        paragraph = 1 if number < TO_READ else 1000 + number % PARAGRAPHS
        words = ("comment", f"{number}: {TEXT}", "Ada", "2024-03-08 12:00:00+00")
        yield (f"{number:032x}", paragraph, *words)


def sqlite(name: str, command: str) -> Subject:
    """Return the yardstick of the embedded store."""
    return Subject(
        name,
        command.replace("{app}", "benchmarks.plain_sqlite:app"),
        environ=lambda folder: {"PLAIN_DATABASE": str(folder / "plain.db")},
        prepare=_prepare_sqlite,
        write=_plain,
        written=_taken,
        read="/comments/1",
        alive="/comments/1",
    )


def hello(name: str, command: str) -> Subject:
    """Return the ceiling for reads."""
    return Subject(name, command.replace("{app}", "benchmarks.plain_hello:app"), read="/")


def install_isso(folder: Path) -> Path:
    """Install Isso into a virtual environment of its own and return its program."""
    program = folder / "bin" / "isso"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "-q", ISSO], check=True)
    return program


def isso(name: str, program: Path) -> Subject:
    """Return Isso, as it comes, without its brake on many comments from one address."""

    def prepare(folder: Path, _stored: int, port: int) -> None:
        (folder / "isso.cfg").write_text(
            f"[general]\ndbpath = {folder}/comments.db\nhost = http://127.0.0.1/\n"
            f"[server]\nlisten = http://127.0.0.1:{port}\n[guard]\nenabled = false\n"
            "[hash]\nalgorithm = none\n"
        )

    return Subject(
        name,
        f"{program} -c {{folder}}/isso.cfg run",
        prepare=prepare,
        write=_isso,
        written=_taken,
        read="/?uri=%2Fabsatz-1%2F",
        alive="/count",
    )


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def _wait(port: int, path: str, process: psutil.Popen, log: Path) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < START_PATIENCE:
        try:
            status, _, _ = once(port, get(path))
        except (OSError, EOFError):
            time.sleep(0.001)
            if process.poll() is not None:
                break
            continue
        if status < 500:  # noqa: PLR2004  # it answers, whatever
            return time.perf_counter() - began
    raise WrongAnswer(f"did not start: {log.read_text()[-2000:]}")


def _stop(process: psutil.Popen) -> None:
    everyone = [process, *process.children(recursive=True)]
    process.terminate()
    _, left = psutil.wait_procs(everyone, timeout=10)
    for one in left:
        one.kill()
    subprocess.Popen.wait(process)
