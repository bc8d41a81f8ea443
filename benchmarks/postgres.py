"""How fast contributions are kept in PostgreSQL: the store beside a plain insert, in one run.

``python -m benchmarks.postgres`` starts a server of its own that waits for the disk, and prints
rates, 99th percentiles and processor time per contribution; medians of the rounds count.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import LifoQueue
from threading import Thread

import psycopg

from benchmarks.stores import make_kept, say
from comment_service.storage.opening import open_store
from comment_service.storage.postgres.migrating import migrate
from comment_service.storage.protocol import PART, Kept, Stock
from tests.servers.postgres import Cluster, running_cluster

THREADS = (1, 8, 32)
TABLE = """
    CREATE TABLE plain (
        id text PRIMARY KEY, document text, version int, number int, kind text, text text,
        name text, channel text, received_at timestamptz, status text, receipt_digest text,
        key text UNIQUE, fingerprint text
    );
    CREATE INDEX ON plain (document, received_at);
"""
INSERT = (
    "INSERT INTO plain VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (key) DO NOTHING"
)
TICKS = os.sysconf("SC_CLK_TCK")


class Plain:
    """One insert by psycopg: no mark of what changed, nothing looked after."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: LifoQueue[psycopg.Connection] = LifoQueue()
        for _ in range(max(THREADS)):
            self._free.put(psycopg.connect(url, autocommit=True))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(TABLE)

    def keep(self, kept: Kept) -> None:
        """Keep one."""
        connection = self._free.get()
        connection.execute(INSERT, columns(kept))
        self._free.put(connection)

    def fill(self, stored: int) -> None:
        """Keep many in one transaction."""
        with psycopg.connect(self._url) as connection, connection.cursor() as cursor:
            cursor.executemany(INSERT, [columns(make_kept(number)) for number in range(stored)])


class Store:
    """The store, with as many connections as there are threads at most."""

    def __init__(self, url: str) -> None:
        migrate(url)
        self._store = open_store(url, connections=max(THREADS))

    def keep(self, kept: Kept) -> None:
        """Keep one."""
        self._store.add(kept.contribution, once=kept.once)

    def fill(self, stored: int) -> None:
        """Keep many in some transactions."""
        for start in range(0, stored, PART):
            numbers = range(start, min(start + PART, stored))
            self._store.take_over(Stock(tuple(map(make_kept, numbers))))


def columns(kept: Kept) -> tuple[object, ...]:
    """Return the columns of the plain table."""
    entry, once = kept.contribution, kept.once
    return (
        entry.id, *(entry.ref.document, entry.ref.version, entry.ref.number), str(entry.kind),
        entry.text, entry.name, str(entry.channel), entry.received_at, str(entry.status),
        entry.receipt_digest, once and once.key, once and once.fingerprint,
    )  # fmt: skip


def measure(keep: Callable[[Kept], object], threads: int, seconds: float) -> list[float]:
    """Return the rate, the 99th percentile in ms, and the processor's ms of client and server."""
    took: list[float] = []
    ends = time.perf_counter() + seconds

    def keep_on() -> None:
        number = 0
        while (begins := time.perf_counter()) < ends:
            number += 1
            keep(make_kept(number))
            took.append((time.perf_counter() - begins) * 1000)

    client, server = time.process_time(), processor_of_servers()
    running = [Thread(target=keep_on) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    client, server = time.process_time() - client, processor_of_servers() - server
    took.sort()
    each = 1000 / len(took)
    return [len(took) / seconds, took[int(len(took) * 0.99)], client * each, server * each]


def processor_of_servers() -> float:
    """Return the seconds that the processes of our server's user have used."""
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().partition(") ")
        except OSError:
            continue
        if "(postgres" in name:
            used += sum(map(int, rest.split()[11:13])) / TICKS
    return used


def compare(cluster: Cluster, stored: int, rounds: int, seconds: float) -> Iterator[str]:
    """Yield the lines of the table; the two take turns, so that a busy moment meets both."""
    kinds = {}
    for kind in (Store, Plain):
        name = f"{kind.__name__.lower()}_{stored}"
        cluster.create_database(name)
        kinds[kind.__name__] = kind(cluster.tcp_url(name))
        kinds[kind.__name__].fill(stored)
    for threads in THREADS:
        found: dict[str, list[list[float]]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, kind in kinds.items():
                found[name].append(measure(kind.keep, threads, seconds))
        medians = {
            name: [statistics.median(values) for values in zip(*results, strict=True)]
            for name, results in found.items()
        }
        cells = [
            f"{rate:,.0f} / {late:.1f} / {client:.2f} + {server:.2f}"
            for rate, late, client, server in medians.values()
        ]
        ratio = medians["Store"][0] / medians["Plain"][0]
        yield f"| {stored:,} | {threads} | {' | '.join(cells)} | {ratio:.2f} |"


def main() -> None:
    """Read the command line, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    asked = parser.parse_args()
    say("| stored | threads | Randnotiz | plain insert | ratio of rates |")
    say("| ---: | ---: | ---: | ---: | ---: |")
    with running_cluster({"shared_buffers": "128MB", "max_connections": "200"}) as cluster:
        for stored in (0, asked.stored):
            for line in compare(cluster, stored, asked.rounds, asked.seconds):
                say(line)


if __name__ == "__main__":
    main()
