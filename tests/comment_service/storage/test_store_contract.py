from datetime import timedelta
from threading import Thread

import pytest

from comment_service.storage.protocol import ContributionStore, DuplicateContribution, Once
from participation.contribution import Channel, ContributionKind, ContributionStatus
from participation.paragraph import ParagraphRef
from participation.refusals import IdempotencyKeyReused, UnknownContribution
from tests.factories import NOON, make_contribution

ONCE = Once(key="k1", fingerprint="f1")


def test_what_was_added_is_returned_as_it_was(store: ContributionStore):
    contribution = make_contribution(
        ref=ParagraphRef("methodenkoffer", 12, 345),
        kind=ContributionKind.QUESTION,
        text='Zeile 1\n\tZeile 2 <b>"ß" 👩‍👩‍👧 \u2028 ende',
        name=None,
        channel=Channel.WORKSHOP,
        received_at=NOON + timedelta(microseconds=1),
        status=ContributionStatus.PENDING,
        receipt_digest="a" * 64,
    )
    assert store.add(contribution) == contribution
    assert store.get(contribution.id) == contribution


def test_a_moment_keeps_its_time_zone(store: ContributionStore):
    store.add(make_contribution())
    assert store.get("c1").received_at.utcoffset() == timedelta(0)


def test_an_unknown_contribution_is_refused(store: ContributionStore):
    store.add(make_contribution("c1"))
    with pytest.raises(UnknownContribution):
        store.get("c2")


def test_a_second_contribution_of_the_same_id_is_refused_and_changes_nothing(
    store: ContributionStore,
):
    store.add(make_contribution(text="first"))
    with pytest.raises(DuplicateContribution):
        store.add(make_contribution(text="second"), once=ONCE)
    assert store.get("c1").text == "first"
    assert store.taken(ONCE) is None


def test_an_empty_store_has_nothing_on_a_document(store: ContributionStore):
    assert store.of_document("leitlinien") == []


def test_contributions_come_by_document_oldest_first_ties_by_id(store: ContributionStore):
    store.add(make_contribution("c3", received_at=NOON))
    store.add(make_contribution("c2", received_at=NOON))
    store.add(make_contribution("c9", received_at=NOON - timedelta(seconds=1)))
    store.add(make_contribution("other", ref=ParagraphRef("methodenkoffer", 1, 1)))
    assert [entry.id for entry in store.of_document("leitlinien")] == ["c9", "c2", "c3"]


def test_contributions_of_every_status_and_version_are_returned(store: ContributionStore):
    for number, status in enumerate(ContributionStatus, start=1):
        ref = ParagraphRef("leitlinien", number, 1)
        store.add(make_contribution(f"c{number}", ref=ref, status=status))
    found = store.of_document("leitlinien")
    assert [entry.status for entry in found] == list(ContributionStatus)


def test_a_repeated_request_returns_the_first_contribution_and_adds_nothing(
    store: ContributionStore,
):
    first = store.add(make_contribution("c1"), once=ONCE)
    assert store.add(make_contribution("c2"), once=ONCE) == first
    assert store.of_document("leitlinien") == [first]


def test_a_key_that_was_used_for_another_request_is_refused(store: ContributionStore):
    store.add(make_contribution("c1"), once=ONCE)
    with pytest.raises(IdempotencyKeyReused):
        store.add(make_contribution("c2"), once=Once("k1", "f2"))
    with pytest.raises(UnknownContribution):
        store.get("c2")


def test_another_key_is_another_request(store: ContributionStore):
    store.add(make_contribution("c1"), once=ONCE)
    store.add(make_contribution("c2"), once=Once("k2", "f1"))
    assert len(store.of_document("leitlinien")) == 2


def test_what_was_taken_is_found_by_its_request(store: ContributionStore):
    assert store.taken(ONCE) is None
    first = store.add(make_contribution("c1"), once=ONCE)
    store.add(make_contribution("c2"))
    assert store.taken(ONCE) == first


def test_a_request_of_a_used_key_that_differs_is_refused(store: ContributionStore):
    store.add(make_contribution("c1"), once=ONCE)
    with pytest.raises(IdempotencyKeyReused):
        store.taken(Once("k1", "f2"))


def test_the_secret_is_long_and_stays_the_same(store: ContributionStore):
    assert len(store.secret()) == 32
    assert store.secret() == store.secret()


def test_a_store_that_could_take_a_contribution_passes_its_check(store: ContributionStore):
    store.check()
    store.add(make_contribution("c1"))
    store.check()
    assert store.get("c1") == make_contribution("c1")


def test_threads_lose_nothing(store: ContributionStore):
    def add_ten(thread: int) -> None:
        for number in range(10):
            store.add(make_contribution(f"{thread}-{number}"))

    threads = [Thread(target=add_ten, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.of_document("leitlinien")) == 40


def test_of_two_threads_with_the_same_request_one_is_carried_out(store: ContributionStore):
    taken = []
    threads = [
        Thread(
            target=lambda number: taken.append(store.add(make_contribution(number), once=ONCE)),
            args=(str(number),),
        )
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({entry.id for entry in taken}) == 1
    assert len(store.of_document("leitlinien")) == 1
