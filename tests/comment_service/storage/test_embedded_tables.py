"""TinyDB's own interface works on the journal: tables that cost what they change."""

from threading import Thread

import pytest
from tinydb import where

from comment_service.storage.embedded.group_commit import GroupCommit
from comment_service.storage.embedded.tables import Transaction


@pytest.fixture
def tables() -> Transaction:
    """A transaction on top of two rows."""
    kept = {
        "c1": {"id": "c1", "text": "Bänke", "ref": {"document": "leitlinien"}, "once": None},
        "c2": {"id": "c2", "text": "Bäume", "ref": {"document": "leitlinien"}, "once": None},
    }
    return Transaction({"contributions": kept, "log": {}}, {"k1": "c1"})


def test_an_update_puts_the_rows_that_it_changes_and_no_others(tables):
    tables.contributions.update({"text": "Beete"}, where("id") == "c2")
    assert list(tables.put) == ["contributions"]
    assert [row["text"] for row in tables.put["contributions"].values()] == ["Beete"]
    assert [row["text"] for row in tables.contributions.all()] == ["Bänke", "Beete"]


def test_an_update_that_changes_a_row_inside_is_seen(tables):
    tables.contributions.update(lambda row: row["ref"].update(document="methodenkoffer"))
    assert len(tables.put["contributions"]) == 2
    assert tables.contributions.count(where("ref").document == "methodenkoffer") == 2


def test_the_rows_below_a_transaction_stay_as_they_are(tables):
    part = tables.nested()
    part.contributions.update({"text": "Beete"})
    part.log.insert_multiple([])
    assert [row["text"] for row in tables.contributions.all()] == ["Bänke", "Bäume"]
    assert tables.put == {}


def test_a_row_that_was_put_can_be_changed_again(tables):
    tables.contributions.update({"text": "Beete"}, doc_ids=["c1"])
    tables.contributions.update({"name": "Ada"}, doc_ids=["c1"])
    assert tables.contributions.row("c1")["text"] == "Beete"
    assert tables.contributions.row("c1")["name"] == "Ada"
    assert len(tables.contributions) == 2


def test_nothing_is_ever_taken_out(tables):
    with pytest.raises(TypeError, match="nothing is taken out of the journal"):
        tables.contributions.remove(doc_ids=["c1"])
    assert len(tables.contributions) == 2


def test_a_key_is_found_in_the_transaction_that_brought_it(tables):
    part = tables.nested()
    part.write({"contributions": {"c3": {"id": "c3", "once": {"key": "k3"}}}})
    assert dict(part.requests) == {"k1": "c1", "k3": "c3"}
    assert len(tables.requests) == 1


def test_what_breaks_a_group_is_told_to_each_of_it_and_the_next_one_is_carried_out():
    broken = [True]

    def commit(wishes):
        if broken.pop() if broken else False:
            raise MemoryError("no room")
        for wish in wishes:
            wish.result = wish.work(None)

    group: GroupCommit[None] = GroupCommit(commit)
    with pytest.raises(MemoryError):
        group.carry_out(lambda _: 1)
    answers = []
    threads = [
        Thread(target=lambda: answers.append(group.carry_out(lambda _: 2))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [2] * 4
