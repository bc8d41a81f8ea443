from collections.abc import Iterator
from dataclasses import replace

from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import Change, Kept, Stock, Store
from comment_service.storage.verifying import verify
from participation.catalogue import Catalogue
from participation.contribution import Contribution
from participation.faults import StoreUnavailable
from participation.log_entry import Changed
from participation.paragraph import ParagraphRef
from tests.comment_service.storage.logs import chain, logged
from tests.comment_service.storage.test_copying import hide, nothing, publish_again
from tests.factories import (
    make_account,
    make_contribution,
    make_decision,
    make_log_entry,
    make_support,
)


def found(store: Store, catalogue: Catalogue | None = None) -> list[str]:
    return list(verify(store, catalogue, nothing).problems)


def test_a_store_without_problems_has_none(store: Store, catalogue: Catalogue):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    hide(store, "c2", "l1")
    publish_again(store, "c2", "l2")
    verified = verify(store, catalogue, nothing)
    assert (verified.contributions, verified.entries, verified.problems) == (2, 2, ())


def test_an_unknown_paragraph_is_found_if_there_is_a_catalogue(store: Store, catalogue: Catalogue):
    store.add(make_contribution("c1", ref=ParagraphRef("leitlinien", 1, 99)))
    assert found(store) == []
    assert found(store, catalogue) == [
        "contribution c1: Version 1 of 'leitlinien' has no paragraph 99."
    ]


def test_an_entry_without_a_contribution_is_found(store: Store):
    store.take_over(Stock(log=chain(make_log_entry("l1"))))
    assert found(store) == ["log entry l1: there is no contribution c1"]


def test_a_status_that_the_log_does_not_know_is_found(store: Store):
    log = chain(make_log_entry("l1"))
    store.take_over(Stock(contributions=(Kept(make_contribution("c1"), None),)))
    store.take_over(Stock(log=log))
    assert found(store) == ["contribution c1: is published, but the log says hidden"]


def test_a_gap_in_the_log_is_found(store: Store):
    store.add(make_contribution("c1"))
    hide(store, "c1", "l1")
    publish_again(store, "c1", "l2")
    hide(store, "c1", "l3")
    log = chain(*(entry for entry in logged(store) if entry.id != "l2"))
    target = MemoryStore()
    for part in store.stock():
        target.take_over(replace(part, log=()))
    target.take_over(Stock(log=log))
    assert found(target) == ["log entry l3: begins with published, not with hidden"]


def test_entries_on_texts_are_no_status(store: Store):
    store.add(make_contribution("c1"))
    entry = make_log_entry("l1", changed=Changed.TEXT, old="0" * 64, new="1" * 64)
    store.change([Change(store.get("c1"), make_contribution("c1", text="Neu"))], [entry])
    assert found(store) == []


def test_what_is_changed_meanwhile_is_no_problem(store: Store):
    store.add(make_contribution("c1"))

    def change(_: int) -> None:
        if not store.log():
            hide(store, "c1", "l1")
            store.add(make_contribution("c2"))
            hide(store, "c2", "l2")

    assert verify(store, None, change).problems == ()


def test_what_a_decision_and_the_log_name_has_to_be_there(store: Store, catalogue: Catalogue):
    entries = [
        make_log_entry("l1", subject="d1", changed=Changed.DECISION),
        make_log_entry("l2", subject="a1", changed=Changed.ACCOUNT),
    ]
    store.change([Change(None, make_account("a1")), Change(None, make_decision("d1"))], entries)
    assert found(store) == ["decision d1: there is no contribution c1"]
    store.add(make_contribution("c1"))
    verified = verify(store, catalogue, nothing)
    assert (verified.decisions, verified.accounts, verified.problems) == (1, 1, ())
    lost = [
        make_log_entry("l3", subject="d9", changed=Changed.DECISION),
        make_log_entry("l4", subject="a9", changed=Changed.ACCOUNT),
    ]
    store.change([], lost)
    assert found(store) == [
        "log entry l3: there is no decision d9",
        "log entry l4: there is no account a9",
    ]


def test_what_is_supported_has_to_be_there(store: Store, catalogue: Catalogue):
    store.change([Change(None, make_support("s1"))], [])
    assert found(store) == ["support s1: there is no contribution c1"]
    store.add(make_contribution("c1"))
    verified = verify(store, catalogue, nothing)
    assert (verified.supports, verified.problems) == (1, ())


def test_what_a_decision_refers_to_has_to_be_there(store: Store, catalogue: Catalogue):
    store.add(make_contribution("c1"))
    answer = replace(make_decision().answer, changes=(ParagraphRef("leitlinien", 1, 99),))
    decisions = (make_decision("d1", answer=answer), make_decision("d2", version=7))
    store.change([Change(None, each) for each in decisions], [])
    assert found(store, catalogue) == [
        "decision d1: Version 1 of 'leitlinien' has no paragraph 99.",
        "decision d2: The document 'leitlinien' has no version 7.",
    ]


def test_an_entry_that_was_changed_is_found(store: Store):
    store.add(make_contribution("c1"))
    hide(store, "c1", "l1")
    forged = replace(store.log()[0], entry=replace(store.log()[0].entry, reason="?"))
    target = MemoryStore()
    for part in store.stock():
        target.take_over(replace(part, log=()))
    target.take_over(Stock(log=(forged,)))
    assert found(target) == ["log entry l1: is not as it was, or what was before it is not"]


class Forgetful(MemoryStore):
    """A store with a broken index and a contribution that is there twice."""

    def of_document(self, slug: str) -> list[Contribution]:
        return super().of_document(slug)[1:]

    def stock(self) -> Iterator[Stock]:
        first = next(super().stock())
        yield first
        yield first


class Damaged(MemoryStore):
    """A store that knows of a damage by itself, and cannot be read any further."""

    def verify(self) -> list[str]:
        return ["record 7: the checksum does not match"]

    def stock(self) -> Iterator[Stock]:
        raise StoreUnavailable("record 7")


def test_a_broken_store_is_found():
    store = Forgetful()
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    assert found(store) == [
        "contribution c1: is there twice",
        "contribution c2: is there twice",
        "contribution c1: is not listed with its document 'leitlinien'",
    ]


def test_what_a_store_knows_of_its_own_damages_is_told():
    assert found(Damaged()) == ["record 7: the checksum does not match"]
