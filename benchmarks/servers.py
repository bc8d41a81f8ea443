"""Which server program answers fastest: reads, known reads and writes through the whole service.

Needs wrk (Debian: apt-get install wrk) and, to compare, ``pip install waitress``. Run it from the
top folder: ``.venv/bin/python -m benchmarks.servers``. All servers run at once and are asked in
turns, and right before each of them Flask's hello world under granian: what else the machine has
to do is unfair to both alike, so the ratios count.
"""

import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Kept, Stock
from participation.catalogue import plain_catalogue
from participation.paragraph import ParagraphRef
from participation.window import Window
from tests.factories import (
    FIRST_MOMENT,
    NOON,
    make_catalogue,
    make_contribution,
    make_document,
    make_paragraph,
    make_version,
)

HOUSE = Path(__file__).parents[1]
READ = "/api/documents/leitlinien/contributions"
WRITE = "/api/documents/leitlinien/versions/1/paragraphs/2/contributions"
CLIENTS, SECONDS, ROUNDS, STORED = 32, 1, 7, 100
HELLO = """
from flask import Flask
app = Flask(__name__)
@app.get("/")
def hello(): return "Hello, World!"
"""
POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"kind": "comment", "text": "Bitte mehr Bänke, und zwar an jeder Ecke des Parks."}'
"""
SERVERS = {
    "granian 2×4": ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"],
    "granian 2×8": ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8"],
    "granian 2×16": [
        "granian",
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "16",
    ],
    "gunicorn 2×4": ["gunicorn", "--workers", "2", "--threads", "4"],
    "gunicorn 2×8": ["gunicorn", "--workers", "2", "--threads", "8"],
    "waitress 8": ["waitress", "--threads=8"],
}


def listening(program: list[str], port: int) -> list[str]:
    """Return the options that let a server listen at a port."""
    match program[0]:
        case "granian":
            return ["--port", str(port), "--http", "1", "--no-ws", "--no-log"]
        case "gunicorn":
            return ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket"]
        case _:
            return [f"--listen=127.0.0.1:{port}"]


@contextmanager
def running(program: list[str], application: str, environ: dict[str, str]) -> Iterator[str]:
    """Run a server; yield its address once it answers."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        port = attempt.getsockname()[1]
    command = [sys.executable, "-m", program[0], *program[1:], *listening(program, port)]
    process = subprocess.Popen(
        [*command, application], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Return once somebody listens."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


def service_environ(folder: Path) -> dict[str, str]:
    """Fill a store with STORED contributions and return the environment of its service."""
    folder.mkdir()
    paragraphs = tuple(make_paragraph(number) for number in range(1, 51))
    window = Window(FIRST_MOMENT)
    document = make_document(versions=(make_version(window=window, paragraphs=paragraphs),))
    (folder / "catalogue.json").write_text(json.dumps(plain_catalogue(make_catalogue(document))))
    store = open_store(f"embedded:{folder / 'data'}")
    store.take_over(Stock(contributions=tuple(contribution(number) for number in range(STORED))))
    store.close()
    return {
        **os.environ,
        "RANDNOTIZ_STORE": f"embedded:{folder / 'data'}",
        "RANDNOTIZ_CATALOGUE": str(folder / "catalogue.json"),
        "RANDNOTIZ_RATE_LIMITS": "off",
    }


def contribution(number: int) -> Kept:
    """Return one of those that are stored, of 320 characters."""
    one = make_contribution(
        f"00000000-0000-7000-8000-{number:012d}",
        ref=ParagraphRef("leitlinien", 1, number % 50 + 1),
        text="Bitte mehr Bänke, und zwar an jeder Ecke! " * 8,
        received_at=NOON + timedelta(seconds=number),
    )
    return Kept(one, None)


def rate(address: str, *options: str) -> float:
    """Return the requests per second of CLIENTS clients; an answer that is an error ends all."""
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", "--latency", *options, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    found = re.search(r"Requests/sec: *([\d.]+)", told)
    assert found is not None
    return float(found[1])


def etag_of(address: str) -> str:
    """Return the ETag of a read."""
    with urllib.request.urlopen(address) as answer:
        return str(answer.headers["ETag"])


def main() -> None:
    """Measure, and print a table."""
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    servers = {name: program for name, program in SERVERS.items() if has(program[0])}
    found: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory(dir=HOUSE) as place, ExitStack() as stack:
        folder = Path(place)
        (folder / "hello.py").write_text(HELLO)
        (folder / "post.lua").write_text(POST)
        hello_environ = {**os.environ, "PYTHONPATH": str(folder)}
        hello = stack.enter_context(running(SERVERS["granian 2×8"], "hello:app", hello_environ))
        reads, writes = {}, {}
        for place_of, names in ((reads, "r"), (writes, "w")):
            for number, (name, program) in enumerate(servers.items()):
                environ = service_environ(folder / f"{names}{number}")
                address = running(program, "comment_service.wsgi:app", environ)
                place_of[name] = stack.enter_context(address)
        for _ in range(ROUNDS):
            for name in servers:
                read, script = reads[name] + READ, str(folder / "post.lua")
                asked = {
                    "GET": (read,),
                    "GET gzip": (read, "-H", "Accept-Encoding: gzip"),
                    "304": (read, "-H", f"If-None-Match: {etag_of(read)}"),
                    "POST": (writes[name] + WRITE, "-s", script),
                }
                for what, given in asked.items():
                    found[name, what].append((rate(hello), rate(*given)))
    show(found)


def has(program: str) -> bool:
    """Say whether a server is installed."""
    return subprocess.run([sys.executable, "-c", f"import {program}"], check=False).returncode == 0


def show(found: dict[tuple[str, str], list[tuple[float, float]]]) -> None:
    """Print medians of the rates, and of how they compare with hello."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("flask", "granian", "gunicorn"))
    print(f"{platform.platform()}, {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, {versions}")
    print(
        f"{CLIENTS} clients, {SECONDS} s, median of {ROUNDS} rounds, {STORED} contributions stored"
    )
    print("hello:", round(statistics.median(hello for both in found.values() for hello, _ in both)))
    for (name, what), both in found.items():
        ratio = statistics.median(one / hello for hello, one in both)
        median = statistics.median(one for _, one in both)
        print(f"| {name} | {what} | {median:,.0f}/s | {ratio:.2f} × hello |")


if __name__ == "__main__":
    main()
