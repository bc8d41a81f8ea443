"""A store on a database of its own, and one whose line can be cut."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from comment_service.storage.postgres.store import PostgresStore
from tests.servers.line import Line, line_to
from tests.servers.postgres import Cluster


@pytest.fixture
def url(empty_database: Callable[[], str]) -> str:
    return empty_database()


@pytest.fixture
def store(url: str) -> Iterator[PostgresStore]:
    with closing(PostgresStore(url)) as store:
        yield store


@pytest.fixture
def line(cluster: Cluster) -> Iterator[Line]:
    with line_to(cluster.port) as line:
        yield line


@pytest.fixture
def store_far_away(url: str, line: Line) -> Iterator[PostgresStore]:
    host, _, name = url.rpartition("/")
    with closing(PostgresStore(f"{host.rpartition(':')[0]}:{line.port}/{name}")) as far:
        far.secret()  # connected
        yield far
