"""What only a database has to bear: lost connections, lost races, others who hold its locks."""

import multiprocessing
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from comment_service.storage.opening import open_store
from comment_service.storage.postgres.statements import QUEUE_FOR_LOG
from comment_service.storage.postgres.store import PostgresStore
from comment_service.storage.protocol import Change, DuplicateRecord, Kept, Once, Stock
from participation.contribution import Contribution, ContributionStatus
from participation.faults import StoreUnavailable
from participation.paragraph import ParagraphRef
from participation.refusals import ChangedMeanwhile, UnknownContribution
from tests.comment_service.storage.logs import chain, logged
from tests.factories import make_contribution, make_log_entry
from tests.servers.fixtures import DATABASE
from tests.servers.line import Line
from tests.servers.postgres import PASSWORD, Cluster, free_port

pytestmark = pytest.mark.postgres
ONCE = Once("k1", "f1")
LOCK_MARKS = """
    INSERT INTO marks SELECT %s, shard, 1 FROM generate_series(0, 15) AS shard
    ON CONFLICT (document, shard) DO UPDATE SET mark = marks.mark
"""
ON_TWO_DOCUMENTS = [
    make_contribution("c1"),
    make_contribution("c2", ref=ParagraphRef("zweck", 1, 1)),
]
SESSIONS = "FROM pg_stat_activity WHERE application_name = 'randnotiz'"


@contextmanager
def administrator(cluster: Cluster) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(cluster.url(DATABASE)) as connection:
        yield connection


@contextmanager
def role_setting(cluster: Cluster, name: str, value: str) -> Iterator[None]:
    role = f"ALTER ROLE randnotiz IN DATABASE {DATABASE}"
    with administrator(cluster) as connection:
        row = connection.execute(
            "SELECT option_value FROM pg_db_role_setting, pg_options_to_table(setconfig) "
            "WHERE option_name = %s",
            [name],
        ).fetchone()
    cluster.execute(f"{role} SET {name} = '{value}'")
    try:
        yield
    finally:
        cluster.execute(f"{role} SET {name} = '{row[0]}'" if row else f"{role} RESET {name}")


def wait_until_blocked(cluster: Cluster, count: int = 1) -> None:
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with psycopg.connect(cluster.url(DATABASE), autocommit=True) as connection:
        while connection.execute(blocked).fetchone() != (count,):
            pass


def hidden(contribution: Contribution) -> Contribution:
    return replace(contribution, status=ContributionStatus.HIDDEN)


def keep(contribution: Contribution) -> Kept:
    return Kept(contribution, None)


def test_a_connection_that_the_server_closed_is_replaced(store: PostgresStore, cluster: Cluster):
    first = store.add(make_contribution("c1"))
    for ask in (
        lambda: store.get("c1"),
        lambda: store.add(make_contribution("c2")),
        lambda: store.change([Change(first, hidden(first))], [make_log_entry()]),
        lambda: store.state("leitlinien"),
        store.check,
    ):
        cluster.execute(f"SELECT pg_terminate_backend(pid) {SESSIONS}")
        ask()
    assert [entry.id for entry in store.of_document("leitlinien")] == ["c1", "c2"]
    assert logged(store) == [make_log_entry()]


@pytest.mark.parametrize("once", [None, ONCE])
def test_a_contribution_whose_acknowledgement_was_lost_is_kept_once(
    store_far_away: PostgresStore, line: Line, store: PostgresStore, once: Once | None
):
    line.lose_next_answer()
    assert store_far_away.add(make_contribution(), once=once) == make_contribution()
    assert list(store.stock()) == [Stock((Kept(make_contribution(), once),))]


def test_a_change_whose_acknowledgement_was_lost_is_logged_once(
    store_far_away: PostgresStore, line: Line, store: PostgresStore
):
    first = store.add(make_contribution())
    line.lose_next_answer()
    store_far_away.change([Change(first, hidden(first))], [make_log_entry()])
    assert store.get("c1") == hidden(first)
    assert logged(store) == [make_log_entry()]


def test_a_change_that_was_late_and_lost_its_answer_is_still_late(
    store_far_away: PostgresStore, line: Line, store: PostgresStore
):
    first = store.add(make_contribution())
    store.change([Change(first, hidden(first))], [make_log_entry()])
    line.lose_next_answer()
    with pytest.raises(ChangedMeanwhile):
        store_far_away.change([Change(first, first)], [make_log_entry("l2")])
    assert logged(store) == [make_log_entry()]


def test_what_another_took_under_an_id_is_not_taken_for_a_lost_acknowledgement(
    store_far_away: PostgresStore, line: Line, store: PostgresStore
):
    store.add(make_contribution(receipt_digest="1" * 64))
    line.lose_next_answer()
    with pytest.raises(DuplicateRecord):
        store_far_away.add(make_contribution())
    assert store.get("c1").receipt_digest == "1" * 64


def test_a_change_that_the_database_breaks_off_is_run_again_and_finds_what_the_other_left(
    cluster: Cluster, store: PostgresStore, url: str
):
    first = store.add(make_contribution())
    with (
        role_setting(cluster, "default_transaction_isolation", "repeatable read"),
        closing(PostgresStore(url)) as strict,
        ThreadPoolExecutor(1) as pool,
    ):
        with administrator(cluster) as other:
            other.execute("UPDATE contributions SET name = 'Grace'")
            late = pool.submit(strict.change, [Change(first, first)], [make_log_entry()])
            wait_until_blocked(cluster)
        assert isinstance(late.exception(), ChangedMeanwhile)
    assert store.get("c1").name == "Grace"
    assert logged(store) == []


def test_a_copy_that_waits_in_a_circle_with_somebody_is_run_again(
    cluster: Cluster, store: PostgresStore, url: str
):
    store.take_over(Stock(tuple(map(keep, ON_TWO_DOCUMENTS))))
    more = [replace(one, id=f"{one.id}-more") for one in ON_TWO_DOCUMENTS]
    part = Stock(tuple(map(keep, more)), log=chain(make_log_entry()))
    with (
        role_setting(cluster, "deadlock_timeout", "10ms"),
        closing(PostgresStore(url)) as hasty,
        administrator(cluster) as first,
        administrator(cluster) as second,
        ThreadPoolExecutor(2) as pool,
    ):
        first.execute(LOCK_MARKS, ["zweck"])
        second.execute(QUEUE_FOR_LOG)
        copied = pool.submit(hasty.take_over, part)
        wait_until_blocked(cluster, 1)
        waiting = pool.submit(second.execute, LOCK_MARKS, ["leitlinien"])
        wait_until_blocked(cluster, 2)
        first.rollback()  # now the copy asks for the lock of the second, who waits for the copy
        waiting.result()
        second.rollback()
        copied.result()
    assert {kept.contribution.id for part in store.stock() for kept in part.contributions} == {
        "c1", "c2", "c1-more", "c2-more",
    }  # fmt: skip
    assert logged(store) == [make_log_entry()]


def test_what_waits_too_long_for_a_lock_is_refused_and_done_when_it_is_free(
    cluster: Cluster, url: str
):
    with (
        role_setting(cluster, "lock_timeout", "20ms"),
        closing(PostgresStore(url)) as store,
    ):
        with administrator(cluster) as other:
            other.execute("LOCK TABLE contributions")
            with pytest.raises(StoreUnavailable, match="lock timeout"):
                store.add(make_contribution())
        assert store.add(make_contribution()) == store.get("c1")


def test_what_takes_too_long_is_refused(cluster: Cluster, url: str):
    with (
        role_setting(cluster, "statement_timeout", "20ms"),
        administrator(cluster) as other,
        closing(PostgresStore(url)) as store,
    ):
        store.secret()
        other.execute("LOCK TABLE contributions")
        with pytest.raises(StoreUnavailable, match="statement timeout"):
            store.of_document("leitlinien")


def test_a_request_that_finds_no_free_connection_is_refused(cluster: Cluster, url: str):
    with (
        closing(PostgresStore(url, connections=1, patience=0)) as store,
        ThreadPoolExecutor(1) as pool,
    ):
        with administrator(cluster) as other:
            other.execute("LOCK TABLE contributions")
            waiting = pool.submit(store.of_document, "leitlinien")
            wait_until_blocked(cluster)
            with pytest.raises(StoreUnavailable, match=r"busy; .* raise RANDNOTIZ_STORE_CONN"):
                store.get("c1")
        assert waiting.result() == []


def test_the_mark_of_a_document_never_stands_for_two_contents(url: str):
    stores = [PostgresStore(url) for _ in range(3)]
    contents: dict[str, set[tuple[Contribution, ...]]] = defaultdict(set)

    def contribute(writer: int) -> None:
        for number in range(40):
            stores[writer].add(make_contribution(f"{writer}-{number}"))

    def look() -> None:
        mark = stores[2].state("leitlinien")
        content = tuple(stores[2].of_document("leitlinien"))
        if stores[2].state("leitlinien") == mark:
            contents[mark].add(content)

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(contribute, writer) for writer in range(2)]
        while not all(writer.done() for writer in writers):
            look()
    look()
    assert len(stores[2].of_document("leitlinien")) == 80
    assert {len(seen) for seen in contents.values()} == {1}
    assert len({content for seen in contents.values() for content in seen}) == len(contents)
    for store in stores:
        store.close()


def test_a_mark_does_not_come_back_with_other_changes(cluster: Cluster, store: PostgresStore):
    store.add(make_contribution("c1"))
    backup = "CREATE TABLE saved AS SELECT * FROM marks"
    restore = "DELETE FROM marks; INSERT INTO marks SELECT * FROM saved; DROP TABLE saved"
    cluster.execute(backup, database=DATABASE)
    store.add(make_contribution("c2"))
    lost = store.state("leitlinien")
    cluster.execute(restore, "DELETE FROM contributions WHERE id = 'c2'", database=DATABASE)
    store.add(make_contribution("c3"))
    assert store.state("leitlinien") != lost


def test_an_empty_store_that_was_looked_at_may_still_adopt_a_secret(url: str):
    with closing(PostgresStore(url)) as service, closing(PostgresStore(url)) as copying:
        service.secret()
        copying.adopt(b"s" * 32)
        assert service.secret() == b"s" * 32


def test_all_who_ask_first_get_the_same_secret(url: str):
    stores = [PostgresStore(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(PostgresStore.secret, stores))) == 1
    for store in stores:
        store.close()


@pytest.mark.parametrize("word", ["c\0", "\ud800", "'; DROP TABLE log; --", "%s", ":id"])
def test_words_that_are_no_id_name_nothing(store: PostgresStore, word: str):
    store.add(make_contribution())
    with pytest.raises(UnknownContribution):
        store.get(word)
    assert store.of_document(word) == []
    assert store.state(word) == "0"
    assert store.taken(Once(word, "")) is None
    assert store.get("c1") == make_contribution()


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "geheim" * 1000},
        {"name": "geheim" * 20},
        {"ref": ParagraphRef("geheim", 0, 1)},
        {"ref": ParagraphRef("geheim", 1, 0)},
    ],
)
def test_what_no_rule_lets_pass_is_refused_by_the_database_too_and_not_quoted(
    store: PostgresStore, changed: dict[str, Any]
):
    with pytest.raises(StoreUnavailable, match="violates check constraint") as refused:
        store.add(make_contribution(**changed))
    assert "geheim" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_process_that_was_forked_opens_connections_of_its_own(store: PostgresStore):
    store.add(make_contribution("c1"))
    child = multiprocessing.get_context("fork").Process(
        target=lambda: [store.add(make_contribution(f"child-{number}")) for number in range(20)]
    )
    child.start()
    for number in range(20):
        store.add(make_contribution(f"parent-{number}"))
    child.join()
    assert child.exitcode == 0
    assert len(store.of_document("leitlinien")) == 41


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "falsch-geheim"}, "password authentication failed"),
        ({"user": "niemand", "password": "falsch-geheim"}, "password authentication failed"),
        ({"database": "nichts"}, 'database "nichts" does not exist'),
        ({"port": free_port()}, "Connection refused"),
        ({"host": "/nirgends"}, "No such file or directory"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_in_one_line_with_a_cure(
    cluster: Cluster, wrong: dict[str, Any], said: str
):
    asked = {
        "user": "randnotiz", "password": PASSWORD, "host": "127.0.0.1",
        "port": cluster.port, "database": DATABASE, **wrong,
    }  # fmt: skip
    url = "postgresql://{user}:{password}@/{database}?host={host}&port={port}".format(**asked)
    with (
        closing(open_store(url)) as store,
        pytest.raises(StoreUnavailable, match=f"{said}.*; see that the server runs") as refused,
    ):
        store.check()
    assert str(refused.value).startswith("PostgreSQL, ")
    assert "geheim" not in str(refused.value)
    assert "\n" not in str(refused.value)
