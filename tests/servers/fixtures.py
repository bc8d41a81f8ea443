"""Fixtures of servers: skipped where one is missing, but failed under CI."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from comment_service.storage.postgres.migrating import migrate
from tests.servers.mail import MailServer, running_mail_server
from tests.servers.pgbouncer import Pooler, running_pooler
from tests.servers.postgres import QUICK, Cluster, program, running_cluster

DATABASE = "randnotiz"


def need(*programs: str) -> None:
    """Skip the test if a program is missing, but fail it under CI."""
    missing = [name for name in programs if program(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing} missing: make test installs them as root on Debian")
    if missing:
        pytest.skip(f"{missing} missing: run sudo sh tests/install-servers.sh")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server that forgets when the machine stops, with one migrated database."""
    need("initdb")
    with running_cluster(QUICK) as cluster:
        cluster.create_database(DATABASE)
        migrate(cluster.tcp_url(DATABASE))
        yield cluster


@pytest.fixture(scope="session")
def pooler(cluster: Cluster) -> Iterator[Pooler]:
    """A pooler in transaction mode before that server."""
    need("pgbouncer")
    with running_pooler(cluster) as pooler:
        yield pooler


@pytest.fixture
def empty_database(cluster: Cluster) -> Callable[[], str]:
    """Empties the migrated database and returns its address."""

    def emptied() -> str:
        empty(cluster)
        return cluster.tcp_url(DATABASE)

    return emptied


@pytest.fixture
def pooled_database(cluster: Cluster, pooler: Pooler) -> Callable[[], str]:
    """The same through the pooler."""

    def emptied() -> str:
        empty(cluster)
        return pooler.url(DATABASE)

    return emptied


def empty(cluster: Cluster) -> None:
    """Take everything out of the database but its tables."""
    cluster.execute(
        "TRUNCATE contributions, decisions, accounts, supports, log, marks, secret "
        "RESTART IDENTITY",
        "TRUNCATE mail_wishes, mail_counts, mail_given_up, mail_trouble",
        "UPDATE log_tip SET digest = repeat('0', 64)",
        database=DATABASE,
    )


@pytest.fixture
def mail_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server with STARTTLS and a user, whose certificate this process trusts."""
    with running_mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        yield server
