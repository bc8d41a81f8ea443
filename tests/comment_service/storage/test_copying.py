"""Copies from one store to another, with a source that goes on and copies that break off."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from comment_service.storage.copying import compare_stores, copy
from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.memory import MemoryStore
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import (
    PART,
    Change,
    DuplicateRecord,
    Kept,
    Once,
    Stock,
    Store,
    StoreInUse,
)
from participation.contribution import ContributionStatus
from participation.log_chain import Logged, first_break
from participation.refusals import IdempotencyKeyReused
from tests.factories import (
    make_account,
    make_contribution,
    make_decision,
    make_log_entry,
    make_support,
)

ONCE = Once("0" * 64, "1" * 64)


def nothing(count: int) -> None:
    """Let it pass."""


def hide(store: Store, contribution_id: str, entry_id: str) -> None:
    _set_status(store, contribution_id, entry_id, ContributionStatus.HIDDEN)


def publish_again(store: Store, contribution_id: str, entry_id: str) -> None:
    _set_status(store, contribution_id, entry_id, ContributionStatus.PUBLISHED)


def _set_status(
    store: Store, contribution_id: str, entry_id: str, status: ContributionStatus
) -> None:
    seen = store.get(contribution_id)
    entry = make_log_entry(entry_id, subject=contribution_id, old=seen.status, new=status)
    store.change([Change(seen, replace(seen, status=status))], [entry])


@pytest.fixture
def source() -> MemoryStore:
    """A store with three contributions; one was hidden, and one came with an idempotency key."""
    source = MemoryStore()
    source.add(make_contribution("c1"))
    source.add(make_contribution("c2", text="Ä\n😀"), once=ONCE)
    source.add(make_contribution("c3"))
    hide(source, "c3", "l1")
    return source


def assert_same(source: Store, target: Store) -> None:
    assert list(target.stock()) == list(source.stock())
    assert target.secret() == source.secret()
    assert compare_stores(source, target, nothing).same


def test_a_copy_has_everything(source: Store, store: Store):
    copy(source, store, nothing)
    assert_same(source, store)
    assert store.taken(ONCE) == source.get("c2")
    with pytest.raises(IdempotencyKeyReused):
        store.taken(Once(ONCE.key, "2" * 64))


def test_every_store_can_be_copied(source: Store, store: Store):
    copy(source, store, nothing)
    target = MemoryStore()
    copy(store, target, nothing)
    assert_same(source, target)


def test_how_many_came_by_is_told(source: Store, store: Store):
    counts: list[int] = []
    copy(source, store, counts.append)
    assert sum(counts) == 4


def test_a_repeated_copy_changes_nothing(source: Store, store: Store):
    copy(source, store, nothing)
    before = store.state("leitlinien")
    copy(source, store, nothing)
    assert_same(source, store)
    assert store.state("leitlinien") == before or isinstance(store, EmbeddedStore)


def test_a_repeated_copy_brings_what_came_since(source: Store, store: Store):
    copy(source, store, nothing)
    source.add(make_contribution("c4"))
    assert compare_stores(source, store, nothing).missing == 1
    copy(source, store, nothing)
    assert_same(source, store)


def test_a_repeated_copy_brings_what_was_changed_since(source: Store, store: Store):
    copy(source, store, nothing)
    hide(source, "c1", "l2")
    publish_again(source, "c3", "l3")
    hide(source, "c3", "l4")
    publish_again(source, "c3", "l5")
    copy(source, store, nothing)
    assert_same(source, store)


def test_what_comes_in_and_is_changed_meanwhile_is_brought_in_step_with_the_log(
    source: Store, store: Store
):
    def change(_: int) -> None:
        if len(source.log()) == 1:
            hide(source, "c1", "l2")

    copy(source, store, change)
    assert_same(source, store)


def test_what_is_changed_meanwhile_for_a_second_time_is_brought_too(source: Store, store: Store):
    hide(source, "c1", "l2")
    copy(source, store, nothing)
    publish_again(source, "c3", "l3")

    def change(_: int) -> None:
        if len(source.log()) == 3:
            hide(source, "c3", "l4")

    copy(source, store, change)
    assert_same(source, store)


def test_what_comes_in_after_the_contributions_were_read_is_brought_with_its_changes(
    source: Store, store: Store
):
    def bring(_: int) -> None:
        if len(source.log()) == 1:
            source.add(make_contribution("c0"), once=Once("k0", "f0"))
            hide(source, "c0", "l2")
            hide(source, "c1", "l3")

    copy(source, store, bring)
    assert_same(source, store)
    assert store.taken(Once("k0", "f0")) == source.get("c0")


def test_a_store_with_something_of_its_own_is_no_target(source: Store, store: Store):
    store.add(make_contribution("mine"))
    with pytest.raises(StoreInUse):
        copy(source, store, nothing)
    assert [kept.contribution.id for part in store.stock() for kept in part.contributions] == [
        "mine"
    ]


def test_an_idempotency_key_that_is_something_else_there_ends_the_copy(source: Store, store: Store):
    store.adopt(source.secret())
    store.take_over(Stock(contributions=(Kept(make_contribution("other"), ONCE),)))
    with pytest.raises(DuplicateRecord):
        copy(source, store, nothing)


def test_what_is_foreign_or_different_is_told(source: Store, store: Store):
    copy(source, store, nothing)
    store.add(make_contribution("c9"))
    hide(store, "c1", "l9")
    compared = compare_stores(source, store, nothing)
    assert not compared.same
    assert (compared.contributions, compared.entries) == (2, 1)
    assert (compared.missing, compared.foreign, compared.different) == (0, 2, 1)


@pytest.mark.parametrize("parts_before_the_end", [1, 2])
def test_a_copy_that_is_killed_goes_on_where_it_ended(
    tmp_path: Path, new_id: Callable[[], str], parts_before_the_end: int
):
    source_url, target_url = f"embedded:{tmp_path / 'source'}", f"embedded:{tmp_path / 'target'}"
    source = open_store(source_url)
    for _ in range(3):
        part = (Kept(make_contribution(new_id()), None) for _ in range(PART))
        source.take_over(Stock(contributions=tuple(part)))
    command = [sys.executable, "-m", "tests.comment_service.storage.copier"]
    copier = subprocess.Popen([*command, source_url, target_url], stdout=subprocess.PIPE)
    assert copier.stdout is not None
    for _ in range(parts_before_the_end):
        assert copier.stdout.readline() == b"1000\n"
    copier.kill()
    copier.communicate()
    target = open_store(target_url)
    there = sum(len(part.contributions) for part in target.stock())
    assert there >= parts_before_the_end * PART
    copy(source, target, nothing)
    assert_same(source, target)


def test_decisions_and_accounts_are_copied_with_what_was_changed_since(
    source: MemoryStore, store: Store
):
    source.change([Change(None, make_decision("d1")), Change(None, make_account("a1"))], [])
    copy(source, store, nothing)
    assert_same(source, store)
    revised, locked = make_decision("d1", version=2), make_account("a1", is_locked=True)
    source.change(
        [Change(make_decision("d1"), revised), Change(make_account("a1"), locked)],
        [make_log_entry("l2", subject="d1"), make_log_entry("l3", subject="a1")],
    )
    failed = replace(locked, failures=1)
    source.change([Change(locked, failed)], [])  # what nobody logs is copied, too
    compared = compare_stores(source, store, nothing)
    assert (compared.different, compared.missing) == (2, 2)
    copy(source, store, nothing)
    assert_same(source, store)
    compared = compare_stores(source, store, nothing)
    assert (compared.decisions, compared.accounts) == (1, 1)


def test_decisions_and_accounts_that_come_or_change_meanwhile_are_copied(
    source: MemoryStore, store: Store
):
    source.change([Change(None, make_decision("d1"))], [])

    def meanwhile(_: int) -> None:
        if len(source.log()) == 1:
            revised = make_decision("d1", version=2)
            source.change(
                [Change(make_decision("d1"), revised), Change(None, make_account("a1"))],
                [make_log_entry(f"l-{each}", subject=each) for each in ("d1", "a1")],
            )

    copy(source, store, meanwhile)
    assert_same(source, store)


def test_supports_are_copied_with_what_was_given_and_taken_back_since(
    source: MemoryStore, store: Store
):
    given = [make_support("s1"), make_support("s2")]
    source.change([Change(None, one) for one in given], [])
    copy(source, store, nothing)
    assert_same(source, store)
    source.change(
        [
            Change(given[0], replace(given[0], is_withdrawn=True)),
            Change(None, make_support("s3")),
        ],
        [],
    )
    copy(source, store, nothing)
    assert_same(source, store)
    assert compare_stores(source, store, nothing).supports == 3


def test_a_name_that_somebody_else_has_there_ends_the_copy(source: MemoryStore, store: Store):
    store.adopt(source.secret())
    store.change([Change(None, make_account("a2", name="ada"))], [])
    source.change([Change(None, make_account("a1", name="ada"))], [])
    with pytest.raises(DuplicateRecord):
        copy(source, store, nothing)


def test_a_broken_chain_is_copied_as_it_is(source: MemoryStore, store: Store):
    forged = Logged(make_log_entry("l2", subject="c1"), "f" * 64)
    source.take_over(Stock(log=(forged,)))
    copy(source, store, nothing)
    assert_same(source, store)
    assert first_break(store.log()) == forged
