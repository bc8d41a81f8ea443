"""Measure a cold start, from the interpreter to the first answer.

Each is started anew in turn, round by round, so that all bear the same load; medians count. There
is no server before them: what a platform adds is the platform's.
"""

import argparse
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402 - a program in a folder of its own finds the packages only now
from comment_service.storage.opening import open_store
from comment_service.storage.preparing import prepare
from participation.catalogue import plain_catalogue
from participation.window import Window
from tests.factories import (
    FIRST_MOMENT,
    make_catalogue,
    make_contribution,
    make_document,
    make_version,
)
from tests.servers.postgres import QUICK, program, running_cluster

STORED = 100  # contributions that are read
READ = ["GET", "/api/documents/leitlinien/contributions", ""]
WRITE = [
    "POST",
    "/api/documents/leitlinien/versions/1/paragraphs/2/contributions",
    json.dumps({"kind": "comment", "text": "Bitte mehr Bänke."}),
]


@dataclass(frozen=True)
class Started:
    """Something that is started, gives one answer and ends."""

    name: str
    command: list[str]
    environ: Mapping[str, str] = field(default_factory=dict)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        everyone = _everyone(folder, stack)
        taken: dict[str, list[tuple[float, float]]] = {each.name: [] for each in everyone}
        for _ in range(rounds):
            for each in everyone:
                taken[each.name].append(_start(each))
    _print(taken)


def _everyone(folder: Path, stack: ExitStack) -> list[Started]:
    stores = {"embedded": f"embedded:{folder / 'data'}"}
    if program("initdb"):
        cluster = stack.enter_context(running_cluster(QUICK))
        cluster.create_database("randnotiz")
        stores["PostgreSQL"] = cluster.tcp_url("randnotiz")
    catalogue = folder / "catalogue.json"
    open_version = make_version(window=Window(FIRST_MOMENT))
    published = make_catalogue(make_document(versions=(open_version,)))
    catalogue.write_text(json.dumps(plain_catalogue(published)))
    for url in stores.values():
        _fill(url)
    return [
        Started("interpreter alone", ["-c", "pass"]),
        Started("Flask + SQLite", ["benchmarks/flask_and_sqlite.py", _sqlite(folder)]),
        *(
            Started(f"Randnotiz, {name}, {verb}", _ask(name, request), _settings(url, catalogue))
            for name, url in stores.items()
            for verb, request in (("read", READ), ("write", WRITE))
        ),
    ]


def _sqlite(folder: Path) -> str:
    path = folder / "yardstick.sqlite"
    with sqlite3.connect(path) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("CREATE TABLE comments (id INTEGER PRIMARY KEY, text TEXT)")
        rows = ((number, make_contribution().text) for number in range(STORED))
        store.executemany("INSERT INTO comments VALUES (?, ?)", rows)
    return str(path)


def _ask(name: str, request: list[str]) -> list[str]:
    way_in = "serverless" if name == "PostgreSQL" else "wsgi"
    return ["-m", "tests.comment_service.first_answer", f"comment_service.{way_in}", *request]


def _settings(url: str, catalogue: Path) -> dict[str, str]:
    return {"RANDNOTIZ_STORE": url, "RANDNOTIZ_CATALOGUE": str(catalogue)}


def _fill(url: str) -> None:
    prepare(url)
    store = open_store(url)
    for number in range(STORED):
        store.add(make_contribution(f"00000000-0000-7000-8000-{number:012d}"))
    store.close()


def _start(each: Started) -> tuple[float, float]:
    """Return the seconds until it has ended, by the clock and of the processor."""
    before, begin = _processor(), time.perf_counter()
    done = subprocess.run(  # noqa: S603  # our own programs
        [sys.executable, *each.command],
        cwd=ROOT,
        env={**os.environ, **each.environ},  # noqa: TID251  # a process needs a PATH
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    seconds = time.perf_counter() - begin
    if each.environ and json.loads(done.stdout)["status"] not in {"200", "201"}:
        raise SystemExit(f"{each.name}: {done.stdout.decode()}")
    return seconds, _processor() - before


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _print(taken: Mapping[str, list[tuple[float, float]]]) -> None:
    clock, processor = (
        {
            name: 1000 * statistics.median(pair[place] for pair in pairs)
            for name, pairs in taken.items()
        }
        for place in (0, 1)
    )
    print("| | ms to the end | ms of the processor | ratio to the yardstick |")  # noqa: T201
    print("| --- | ---: | ---: | ---: |")  # noqa: T201
    for name in taken:
        ratio = processor[name] / processor["Flask + SQLite"]
        print(f"| {name} | {clock[name]:.0f} | {processor[name]:.0f} | {ratio:.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
