"""What only a database has to bear when several records and the log change together."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from comment_service.storage.postgres.statements import QUEUE_FOR_LOG
from comment_service.storage.postgres.store import PostgresStore
from comment_service.storage.protocol import Change, DuplicateRecord, Kept, Once
from participation.contribution import ContributionStatus
from participation.faults import StoreUnavailable
from participation.log_chain import chained, first_break
from tests.comment_service.storage.logs import logged
from tests.factories import make_account, make_contribution, make_decision, make_log_entry
from tests.servers.fixtures import DATABASE
from tests.servers.line import Line
from tests.servers.postgres import Cluster

pytestmark = pytest.mark.postgres
FIRST = make_contribution("c1")
HIDDEN = replace(FIRST, status=ContributionStatus.HIDDEN)
LOCK_WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def wait_until_blocked(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(DATABASE), autocommit=True) as connection:
        while connection.execute(LOCK_WAITS).fetchone() != (1,):
            pass


def test_who_contributes_does_not_wait_for_those_who_log(cluster: Cluster, store: PostgresStore):
    store.add(FIRST)
    with (
        psycopg.connect(cluster.url(DATABASE)) as slow,
        ThreadPoolExecutor(1) as pool,
    ):
        slow.execute(QUEUE_FOR_LOG)
        waiting = pool.submit(store.change, [Change(FIRST, HIDDEN)], [make_log_entry()])
        wait_until_blocked(cluster)
        store.add(make_contribution("c2"))
        store.add_all([Kept(make_contribution("c3"), None)])
        assert store.get("c1") == FIRST
        slow.rollback()
        waiting.result()
    assert store.get("c1") == HIDDEN


def test_what_another_appended_while_an_entry_waited_is_before_it(
    cluster: Cluster, store: PostgresStore, url: str
):
    store.add(FIRST)
    with (
        psycopg.connect(cluster.url(DATABASE)) as slow,
        ThreadPoolExecutor(2) as pool,
        closing(PostgresStore(url)) as other,
    ):
        slow.execute(QUEUE_FOR_LOG)
        change = [Change(FIRST, HIDDEN)]
        waiting = [pool.submit(store.change, change, [make_log_entry("l1")])]
        wait_until_blocked(cluster)
        waiting.append(pool.submit(other.change, [], [make_log_entry("l2"), make_log_entry("l3")]))
        slow.rollback()
        for each in waiting:
            each.result()
    assert sorted(entry.id for entry in logged(store)) == ["l1", "l2", "l3"]
    assert first_break(store.log()) is None


@pytest.mark.parametrize("entries", [[], [make_log_entry("l1"), make_log_entry("l2")]])
def test_changes_whose_acknowledgement_was_lost_are_carried_out_once(
    store_far_away: PostgresStore, line: Line, store: PostgresStore, entries: list[object]
):
    store.add(FIRST)
    changes = [
        Change(FIRST, HIDDEN),
        Change(None, make_decision("d1")),
        Change(None, make_account("a1")),
    ]
    line.lose_answer_to(b"COMMIT")
    store_far_away.change(changes, entries)  # type: ignore[arg-type]  # log entries
    assert store.get("c1") == HIDDEN
    assert (store.decision("d1"), store.account("a1")) == (make_decision(), make_account())
    assert logged(store) == entries


def test_many_contributions_whose_acknowledgement_was_lost_are_kept_once(
    store_far_away: PostgresStore, line: Line, store: PostgresStore
):
    new = [Kept(make_contribution(f"c{number}"), None) for number in range(3)]
    line.lose_answer_to(b"COMMIT")
    assert store_far_away.add_all(new) == [kept.contribution for kept in new]
    assert len(store.of_document("leitlinien")) == 3


def test_what_another_took_under_an_id_is_not_taken_for_a_lost_acknowledgement(
    store_far_away: PostgresStore, line: Line, store: PostgresStore
):
    store.add(make_contribution("c1", receipt_digest="1" * 64))
    new = [Kept(make_contribution("c0"), None), Kept(make_contribution("c1"), Once("k", "f"))]
    line.lose_next_answer()
    with pytest.raises(DuplicateRecord):
        store_far_away.add_all(new)
    assert [entry.id for entry in store.of_document("leitlinien")] == ["c1"]


@pytest.mark.parametrize("entries", [["l1"], ["l1", "l2"]])
def test_nothing_is_changed_without_its_entry(
    cluster: Cluster, store: PostgresStore, entries: list[str]
):
    store.add(FIRST)
    cluster.execute("DELETE FROM log_tip", database=DATABASE)
    try:
        with pytest.raises(StoreUnavailable, match='"digest"'):
            store.change([Change(FIRST, HIDDEN)], [make_log_entry(each) for each in entries])
    finally:
        tip = "INSERT INTO log_tip (digest) VALUES (repeat('0', 64))"
        cluster.execute(tip, database=DATABASE)
    assert (store.get("c1"), store.log()) == (FIRST, [])


def test_changes_that_wait_in_a_circle_are_both_carried_out(cluster: Cluster, store: PostgresStore):
    both = [make_contribution("c1"), make_contribution("c2")]
    store.add_all([Kept(each, None) for each in both])
    as_they_are = [Change(each, each) for each in both]
    with (
        psycopg.connect(cluster.url(DATABASE)) as other,
        ThreadPoolExecutor(1) as pool,
    ):
        other.execute("SET LOCAL deadlock_timeout = '1h'")  # so that the other one gives way
        other.execute("SELECT 1 FROM contributions WHERE id = 'c2' FOR UPDATE")
        waiting = pool.submit(store.change, as_they_are, [make_log_entry()])
        wait_until_blocked(cluster)
        other.execute("SELECT 1 FROM contributions WHERE id = 'c1' FOR UPDATE")
        other.rollback()
        waiting.result()
    assert logged(store) == [make_log_entry()]


def test_an_entry_that_lost_a_race_is_appended_to_what_the_other_left(
    cluster: Cluster, store: PostgresStore, url: str
):
    role = f"ALTER ROLE randnotiz IN DATABASE {DATABASE}"
    cluster.execute(f"{role} SET default_transaction_isolation = 'repeatable read'")
    try:
        with (
            closing(PostgresStore(url)) as strict,
            psycopg.connect(cluster.url(DATABASE)) as other,
            ThreadPoolExecutor(1) as pool,
        ):
            other.execute("UPDATE log_tip SET digest = repeat('1', 64)")
            waiting = pool.submit(
                strict.change, [Change(None, make_decision())], [make_log_entry()]
            )
            wait_until_blocked(cluster)
            other.commit()
            waiting.result()
    finally:
        cluster.execute(f"{role} RESET default_transaction_isolation")
    assert store.log() == list(chained([make_log_entry()], "1" * 64))


def test_what_the_database_cannot_keep_is_refused_whole(store: PostgresStore):
    store.add(FIRST)
    far = make_contribution("c2", text="x" * 4001)
    with pytest.raises(StoreUnavailable, match="within_limits"):
        store.change([Change(FIRST, HIDDEN), Change(None, far)], [make_log_entry()])
    assert (store.get("c1"), store.log()) == (FIRST, [])
