"""The service while its database restarts, hangs up and fails over.

Every request is answered right or 503; what was acknowledged is there, and nothing is there twice.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any, Self

import pytest
import uuid_utils
from flask import Flask

from comment_service.app import create_app
from comment_service.settings import Settings
from comment_service.storage.opening import open_store
from comment_service.storage.postgres.migrating import migrate
from participation.catalogue import Catalogue
from tests.comment_service.conftest import Client, Publish
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS
from tests.conftest import Clock
from tests.factories import make_contribution
from tests.servers.fixtures import DATABASE, empty, need
from tests.servers.postgres import PASSWORD, Cluster, own_folder, running_cluster

pytestmark = pytest.mark.postgres
WRITERS = 8
Start = Callable[[str], Flask]


@contextmanager
def durable_cluster() -> Iterator[Cluster]:
    need("initdb")
    with running_cluster({}) as cluster:
        cluster.create_database(DATABASE)
        migrate(cluster.tcp_url(DATABASE))
        yield cluster


@pytest.fixture(scope="module")
def lasting() -> Iterator[Cluster]:
    """A server that keeps what it acknowledged, even if it is stopped at once."""
    with durable_cluster() as cluster:
        yield cluster


@pytest.fixture
def durable(lasting: Cluster) -> Cluster:
    """The same with nothing in its database."""
    empty(lasting)
    return lasting


@pytest.fixture
def primary() -> Iterator[Cluster]:
    """A server that will not outlive the test."""
    with durable_cluster() as cluster:
        yield cluster


@pytest.fixture
def standby(primary: Cluster) -> Iterator[Cluster]:
    """A server that has applied whatever the first one acknowledges."""
    with own_folder() as folder:
        cluster = Cluster(folder)
        cluster.create_standby_of(primary, "follower")
        cluster.start()
        primary.configure(
            {"synchronous_standby_names": "follower", "synchronous_commit": "remote_apply"}
        )
        primary.reload()
        while primary.ask("SELECT sync_state FROM pg_stat_replication") != "sync":
            pass
        yield cluster
        cluster.stop()


@pytest.fixture
def either(primary: Cluster, standby: Cluster) -> str:
    """The address of whichever of the two takes writes."""
    hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
    return f"postgresql://randnotiz:{PASSWORD}@{hosts}/{DATABASE}?target_session_attrs=read-write"


@pytest.fixture
def start(
    publish: Publish, catalogue: Catalogue, catalogue_file: Path, clock: Clock
) -> Iterator[Start]:
    """Starts instances of the service on a database."""
    publish(catalogue)
    started = []

    def start(url: str) -> Flask:
        settings = {"RANDNOTIZ_STORE": url, "RANDNOTIZ_CATALOGUE": str(catalogue_file)}
        app = create_app(
            Settings.read(settings), clock=clock, new_id=lambda: str(uuid_utils.uuid7())
        )
        app.test_client_class = Client
        started.append(app)
        return app

    yield start
    for app in started:
        app.extensions["randnotiz"].commenting.store.close()


class Load:
    """Residents who write through several instances, each contribution until it is taken."""

    def __init__(self, instances: list[Flask]) -> None:
        self._instances = instances
        self._enough = Event()
        self._pool = ThreadPoolExecutor(WRITERS)
        self.statuses: Counter[int] = Counter()
        self.taken: dict[str, str] = {}  # text → id
        self._writers: list[Future[None]] = []

    def __enter__(self) -> Self:
        for writer in range(WRITERS):
            self._writers.append(self._pool.submit(self._write, writer))
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._pool.shutdown()

    def goes_on(self, more: int = 40) -> None:
        """Wait until so many more were taken."""
        wanted = len(self.taken) + more
        while len(self.taken) < wanted:
            assert not any(writer.done() for writer in self._writers)
            self._enough.wait(0.01)

    def _write(self, writer: int) -> None:
        client = self._instances[writer % len(self._instances)].test_client()
        number = 0
        while not self._enough.is_set():
            number += 1
            self._write_one(client, f"{writer}-{number}")

    def _write_one(self, client: Any, text: str) -> None:
        while text not in self.taken and not self._enough.is_set():
            answer = client.post(
                CONTRIBUTE, json={**COMMENT, "text": text}, headers={"Idempotency-Key": text}
            )
            self.statuses[answer.status_code] += 1
            if answer.status_code == 201:
                self.taken[text] = answer.json["id"]
            else:
                self._enough.wait(0.01)  # as a client does that is asked to come back


def assert_nothing_is_lost_or_twice(load: Load, url: str) -> None:
    with closing(open_store(url)) as store:
        kept = store.of_document("leitlinien")
    ids = {entry.text: entry.id for entry in kept}
    assert set(load.statuses) <= {201, 503}
    assert {text: ids.get(text) for text in load.taken} == load.taken
    assert len(ids) == len(kept)


def test_a_server_that_restarts_under_load_loses_nothing(durable: Cluster, start: Start):
    url = durable.tcp_url(DATABASE)
    with Load([start(url), start(url)]) as load:
        load.goes_on()
        for mode in ("immediate", "fast", "immediate"):
            durable.stop(mode)
            durable.start()
            load.goes_on()
    assert load.statuses[503]
    assert_nothing_is_lost_or_twice(load, url)


def test_connections_that_are_killed_under_load_lose_nothing(durable: Cluster, start: Start):
    url = durable.tcp_url(DATABASE)
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'randnotiz'"
    with Load([start(url), start(url)]) as load:
        for _ in range(10):
            load.goes_on(10)
            durable.execute(kill)
        load.goes_on()
    assert_nothing_is_lost_or_twice(load, url)


def test_a_standby_that_takes_over_under_load_has_all_that_was_acknowledged(
    primary: Cluster, standby: Cluster, either: str, start: Start
):
    with Load([start(either), start(either)]) as load:
        load.goes_on()
        primary.stop("immediate")
        standby.promote()
        load.goes_on()
    assert_nothing_is_lost_or_twice(load, standby.tcp_url(DATABASE))


def test_a_standby_shows_what_the_primary_took_and_takes_nothing(
    primary: Cluster, standby: Cluster, start: Start
):
    writer = start(primary.tcp_url(DATABASE)).test_client()
    reader = start(standby.tcp_url(DATABASE)).test_client()
    taken = writer.post(CONTRIBUTE, json=COMMENT)
    assert reader.get(taken.headers["Location"]).status_code == 200
    assert reader.get(CONTRIBUTIONS).status_code == 200
    assert reader.post(CONTRIBUTE, json=COMMENT).status_code == 503
    assert reader.get("/readyz").status_code == 503
    standby.promote()
    assert reader.post(CONTRIBUTE, json=COMMENT).status_code == 201
    assert reader.get("/readyz").status_code == 200


def test_a_server_that_became_read_only_is_left_for_the_one_that_takes_writes(
    primary: Cluster, standby: Cluster, either: str
):
    with closing(open_store(either)) as store:
        store.add(make_contribution("c1"))
        standby.promote()
        primary.configure({"default_transaction_read_only": "on"})
        primary.reload()
        while primary.ask("SHOW default_transaction_read_only") != "on":
            pass
        store.add(make_contribution("c2"))
    with closing(open_store(standby.tcp_url(DATABASE))) as store:
        assert [entry.id for entry in store.of_document("leitlinien")] == ["c1", "c2"]


def test_what_one_instance_took_the_other_shows(durable: Cluster, start: Start):
    url = durable.tcp_url(DATABASE)
    one, other = (start(url).test_client() for _ in range(2))

    def added(client: Any) -> str:
        return str(client.post(CONTRIBUTE, json=COMMENT).json["id"])

    def ids(client: Any) -> list[str]:
        paragraphs = client.get(CONTRIBUTIONS).json["versions"][0]["paragraphs"]
        return [entry["id"] for found in paragraphs for entry in found["contributions"]]

    for writer, reader in ((one, other), (other, one), (one, other)):
        reader.get(CONTRIBUTIONS)  # what was shown before must not stay for long
        taken = added(writer)
        assert taken in ids(writer)
        while taken not in ids(reader):
            pass


def test_a_database_that_comes_later_is_found_without_a_restart(durable: Cluster, start: Start):
    client = start(durable.tcp_url(DATABASE)).test_client()
    durable.stop("fast")
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get(CONTRIBUTIONS).status_code == 503
    durable.start()
    assert client.get("/readyz").status_code == 200
    assert client.post(CONTRIBUTE, json=COMMENT).status_code == 201
