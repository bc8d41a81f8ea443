"""How fast stores keep contributions that survive a power cut: the embedded one beside others.

``python -m benchmarks.stores`` prints a table: contributions per second and the 99th percentile
of the time that one takes, by number of threads and processes, empty and with many stored.
Every process is started anew, all of them write at the same time, medians of the rounds count.
"""

import argparse
import hashlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Thread, get_ident, local

import uuid_utils

from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.protocol import PART, Kept, Once, Stock
from participation.contribution import Channel, Contribution, ContributionKind, ContributionStatus
from participation.paragraph import ParagraphRef

Keep = Callable[[Kept], object]

TEXT = "Bitte stellen Sie an der Haltestelle mehr Bänke auf, auch im Schatten. " * 4
START = datetime(2024, 3, 20, 11, 0, tzinfo=UTC)
SETUPS = [(1, 1), (1, 8), (1, 32), (2, 8), (2, 32)]  # processes, threads in all of them


def make_kept(number: int) -> Kept:
    """Return a contribution as long as people write them, with a request as browsers send it."""
    contribution = Contribution(
        id=str(uuid_utils.uuid7()),
        ref=ParagraphRef(f"dokument-{number % 10}", 1, number % 200 + 1),
        kind=ContributionKind.COMMENT,
        text=TEXT,
        name="Ada",
        channel=Channel.ONLINE,
        received_at=START + timedelta(milliseconds=number),
        status=ContributionStatus.PUBLISHED,
        receipt_digest=hashlib.sha256(str(number).encode()).hexdigest(),
    )
    key = hashlib.sha256(contribution.id.encode()).hexdigest()
    return Kept(contribution, Once(key, contribution.receipt_digest))


class Embedded:
    """The embedded store."""

    def __init__(self, folder: Path) -> None:
        self.store = EmbeddedStore(folder)
        self.store.check()

    def keep(self, kept: Kept) -> None:
        """Keep one."""
        self.store.add(kept.contribution, once=kept.once)

    def fill(self, stored: int) -> None:
        """Keep many, without waiting for the disk after each."""
        for start in range(0, stored, PART):
            numbers = range(start, min(start + PART, stored))
            self.store.take_over(Stock(tuple(map(make_kept, numbers))))


class Sqlite:
    """One table of SQLite, WAL, synchronous=FULL, a connection for each thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "contributions.sqlite"
        self._of_thread = local()
        self._connection().execute(
            "create table if not exists contributions (id text primary key, document text, "
            "received_at text, key text unique, content text)"
        )
        self._connection().execute(
            "create index if not exists by_document on contributions (document, received_at)"
        )

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._of_thread, "connection"):
            connection = sqlite3.connect(self._path, timeout=60, isolation_level=None)
            connection.execute("pragma journal_mode=wal")
            connection.execute("pragma synchronous=full")
            self._of_thread.connection = connection
        found: sqlite3.Connection = self._of_thread.connection
        return found

    def keep(self, kept: Kept) -> None:
        """Keep one."""
        self._connection().execute("insert into contributions values (?, ?, ?, ?, ?)", row(kept))

    def fill(self, stored: int) -> None:
        """Keep many, without waiting for the disk after each."""
        connection = self._connection()
        connection.execute("begin immediate")
        rows = (row(make_kept(number)) for number in range(stored))
        connection.executemany("insert into contributions values (?, ?, ?, ?, ?)", rows)
        connection.execute("commit")


class Append:
    """Every thread appends a line and waits for the disk: what a machine can do at most so."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._file = os.open(folder / "lines", flags, 0o600)

    def keep(self, kept: Kept) -> None:
        """Keep one."""
        os.write(self._file, row(kept)[-1].encode() + b"\n")
        os.fdatasync(self._file)

    def fill(self, stored: int) -> None:
        """Keep many, without waiting for the disk after each."""
        for number in range(stored):
            os.write(self._file, row(make_kept(number))[-1].encode() + b"\n")


KINDS = {"embedded": Embedded, "sqlite": Sqlite, "append + fdatasync": Append}


def row(kept: Kept) -> tuple[str, str, str, str | None, str]:
    """Return the columns of SQLite; the last one is all of it as JSON."""
    entry, key = kept.contribution, kept.once.key if kept.once else None
    plain = {name: str(getattr(entry, name)) for name in entry.__slots__}
    moment = entry.received_at.isoformat()
    return entry.id, entry.ref.document, moment, key, json.dumps(plain)


def write(kind: str, folder: Path, threads: int, seconds: float) -> None:
    """Keep contributions for a while, and print how long each took, in milliseconds."""
    store, took = KINDS[kind](folder), {}
    say("ready")
    sys.stdin.readline()
    ends = time.perf_counter() + seconds

    def keep_on() -> None:
        mine: list[float] = []
        for number in count():
            kept, begins = make_kept(number), time.perf_counter()
            if begins > ends:
                break
            store.keep(kept)
            mine.append((time.perf_counter() - begins) * 1000)
        took[get_ident()] = mine

    running = [Thread(target=keep_on) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    json.dump([one for mine in took.values() for one in mine], sys.stdout)


def measure(kind: str, folder: Path, setup: tuple[int, int], seconds: float) -> list[float]:
    """Return rate per second and 99th percentile in milliseconds of one setup."""
    processes, threads = setup
    command = [sys.executable, "-m", "benchmarks.stores", "--write", kind, "--folder", str(folder)]
    running = [
        subprocess.Popen(  # noqa: S603  # this file
            [*command, "--threads", str(threads // processes), "--seconds", str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for process in running:
        process.stdout.readline()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    took = sorted(one for process in running for one in json.loads(process.communicate()[0]))
    return [len(took) / seconds, took[int(len(took) * 0.99)]]


def compare(folder: Path, stored: int, rounds: int, seconds: float) -> Iterator[str]:
    """Yield the lines of the table for so many stored contributions; medians of the rounds."""
    for kind, make in KINDS.items():
        make(folder / kind / str(stored)).fill(stored)
    for setup in SETUPS:
        results: dict[str, list[list[float]]] = {kind: [] for kind in KINDS}
        for _ in range(rounds):  # side by side, so that a busy moment meets all of them
            for kind, found in results.items():
                found.append(measure(kind, folder / kind / str(stored), setup, seconds))
        cells = [
            " / ".join(f"{statistics.median(values):,.{digits}f}" for values, digits in shown)
            for found in results.values()
            for shown in [zip(zip(*found, strict=True), (0, 1), strict=True)]
        ]
        yield f"| {stored:,} | {setup[0]} | {setup[1]} | " + " | ".join(cells) + " |"


def by_turns(folder: Path, times: int = 1000) -> Iterator[str]:
    """Yield how long one contribution takes in one thread, in microseconds.

    The stores take turns with each contribution, so that whatever else the machine does meets
    all of them alike.
    """
    stores = {kind: make(folder / kind / "turns") for kind, make in KINDS.items()}
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(times):
        kept = make_kept(number)
        for kind, store in stores.items():
            begins = time.perf_counter()
            store.keep(kept)
            took[kind].append((time.perf_counter() - begins) * 1_000_000)
    for kind, found in took.items():
        lowest, *_ = statistics.quantiles(found, n=10)
        yield f"{kind}: median {statistics.median(found):,.0f} µs, lowest tenth {lowest:,.0f} µs"


def opening(folder: Path) -> Iterator[str]:
    """Yield how long a filled embedded store takes to its first answer, and its memory."""
    program = (
        "import sys, time; from pathlib import Path; "
        "from comment_service.storage.embedded import EmbeddedStore; "
        "memory = lambda: int(Path('/proc/self/statm').read_text().split()[1]) / 256; "
        "before, start = memory(), time.perf_counter(); "
        "store = EmbeddedStore(Path(sys.argv[1])); store.state('dokument-1'); "
        "print(time.perf_counter() - start, before, memory())"
    )
    found = [
        subprocess.run(  # noqa: S603  # the program above
            [sys.executable, "-c", program, str(folder)], capture_output=True, check=True, text=True
        ).stdout.split()
        for _ in range(5)
    ]
    seconds, before, after = (
        statistics.median(map(float, column)) for column in zip(*found, strict=True)
    )
    yield (
        f"Opening the embedded store: {seconds:.2f} s; memory of the process {before:.0f} MB "
        f"before, {after:.0f} MB after."
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    parser.add_argument("--stored", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--write", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        write(asked.write, asked.folder, asked.threads, asked.seconds)
        return
    with tempfile.TemporaryDirectory(dir=asked.folder or Path.cwd(), prefix="stores-") as name:
        say("| stored | processes | threads | " + " | ".join(KINDS) + " |")
        say("| ---: | ---: | ---: |" + " ---: |" * len(KINDS))
        for stored in (0, asked.stored):
            for line in compare(Path(name), stored, asked.rounds, asked.seconds):
                say(line)
        for line in opening(Path(name) / "embedded" / str(asked.stored)):
            say(line)
        for line in by_turns(Path(name)):
            say(line)


if __name__ == "__main__":
    main()
