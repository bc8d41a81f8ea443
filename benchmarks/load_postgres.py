"""The service and its yardstick on PostgreSQL: a throw-away server that writes for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg

from benchmarks.load_subjects import Subject, ours, plain_rows, sqlite
from comment_service.storage.preparing import prepare
from tests.servers.postgres import Cluster, running_cluster

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
DATABASES = count(1)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server; a commit is on the disk when it returns."""
    with running_cluster(DURABLE) as server:
        yield server


def ours_on_postgres(name: str, command: str, server: Cluster) -> Subject:
    """Return the whole service on a database of its own."""
    urls: dict[Path, str] = {}

    def url(folder: Path) -> str:
        if folder not in urls:
            urls[folder] = _database(server)
            prepare(urls[folder])
        return urls[folder]

    return ours(name, command, url)


def plain_postgres(name: str, command: str, server: Cluster) -> Subject:
    """Return the yardstick on a database of its own."""
    url = _database(server)
    return replace(
        sqlite(name, command.replace("{app}", "benchmarks.plain_postgres:app")),
        environ=lambda _folder: {"PLAIN_DATABASE": url},
        prepare=lambda _folder, stored, _port: _prepare_plain(url, stored),
    )


def _database(server: Cluster) -> str:
    name = f"load_{next(DATABASES)}"
    server.create_database(name)
    return server.tcp_url(name)


def _prepare_plain(url: str, stored: int) -> None:
    from benchmarks.plain_postgres import TABLE  # noqa: PLC0415  # it is a program of its own

    with psycopg.connect(url) as connection:
        connection.execute(TABLE)
        with connection.cursor() as cursor:
            cursor.executemany(
                "insert into comments values (%s, %s, %s, %s, %s, %s)", plain_rows(stored)
            )
