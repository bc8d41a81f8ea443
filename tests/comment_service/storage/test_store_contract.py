from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest

from comment_service.storage.memory import MemoryStore
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
from participation.caution import Doubt
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    EarlierText,
)
from participation.paragraph import ParagraphRef
from participation.refusals import ChangedMeanwhile, IdempotencyKeyReused, UnknownContribution
from tests.comment_service.storage.logs import chain, logged
from tests.factories import NOON, make_contribution, make_log_entry

ONCE = Once(key="k1", fingerprint="f1")


def hidden(contribution: Contribution) -> Contribution:
    return replace(contribution, status=ContributionStatus.HIDDEN)


def stock_of(store: Store) -> Stock:
    """All parts of a store's stock as one."""
    whole = list(store.stock())
    return Stock(
        tuple(kept for part in whole for kept in part.contributions),
        tuple(decision for part in whole for decision in part.decisions),
        tuple(account for part in whole for account in part.accounts),
        tuple(entry for part in whole for entry in part.log),
    )


def test_what_was_added_is_returned_as_it_was(store: Store):
    contribution = make_contribution(
        ref=ParagraphRef("methodenkoffer", 12, 345),
        kind=ContributionKind.QUESTION,
        text='Zeile 1\n\tZeile 2 <b>"ß" 👩‍👩‍👧 \u2028 ende',
        name=None,
        channel=Channel.WORKSHOP,
        received_at=NOON + timedelta(microseconds=1),
        status=ContributionStatus.PENDING,
        receipt_digest="a" * 64,
        proposed_wording="Neu 👩‍👩‍👧\n" * 20,
        in_reply_to="c9",
        edited_at=NOON + timedelta(1),
        earlier_texts=(
            EarlierText("Alt", "Ada", None, NOON + timedelta(microseconds=2)),
            EarlierText("Älter", None, "Wortlaut", NOON),
        ),
        author_mark="b" * 64,
        waiting_because=(Doubt.TOO_FAST, Doubt.MANY_AT_ONCE),
    )
    assert store.add(contribution) == contribution
    assert store.get(contribution.id) == contribution


def test_contributions_come_by_paragraph_oldest_first_ties_by_id(store: Store):
    two, four = ParagraphRef("leitlinien", 1, 2), ParagraphRef("leitlinien", 2, 4)
    store.add(make_contribution("c4", ref=two))
    store.add(make_contribution("c3", ref=four, received_at=NOON - timedelta(1)))
    store.add(make_contribution("c2", ref=two))
    for ref in (("methodenkoffer", 1, 2), ("leitlinien", 2, 2), ("leitlinien", 1, 4)):
        store.add(make_contribution(f"not-{ref}", ref=ParagraphRef(*ref)))
    assert [entry.id for entry in store.on_paragraphs([two, four])] == ["c3", "c2", "c4"]
    assert [entry.id for entry in store.on_paragraphs([two, two])] == ["c2", "c4"]
    assert store.on_paragraphs([]) == []
    assert store.on_paragraphs([ParagraphRef("leitlinien", 10**30, 10**30)]) == []


def test_what_came_in_online_since_a_moment_is_counted_whatever_became_of_it(store: Store):
    minute = timedelta(minutes=1)
    assert store.received_since("leitlinien", NOON) == 0
    store.add(make_contribution("c1", received_at=NOON))
    store.add(make_contribution("c2", received_at=NOON - minute))
    store.add(make_contribution("c3", received_at=NOON + minute))
    store.add(make_contribution("c4", received_at=NOON, channel=Channel.WORKSHOP))
    store.add(make_contribution("c5", ref=ParagraphRef("methodenkoffer", 1, 2)))
    store.change([Change(store.get("c3"), hidden(store.get("c3")))], [make_log_entry()])
    later = NOON + timedelta(microseconds=1)
    counted = [
        store.received_since("leitlinien", moment) for moment in (NOON - minute, NOON, later)
    ]
    assert counted == [3, 2, 1]
    assert store.received_since("leitlinien", NOON + 2 * minute) == 0


def test_a_changed_contribution_is_on_its_paragraph_as_it_is_now(store: Store):
    store.add(make_contribution("c1"))
    store.change([Change(store.get("c1"), hidden(store.get("c1")))], [make_log_entry()])
    assert store.on_paragraphs([make_contribution().ref]) == [store.get("c1")]


def test_a_moment_keeps_its_time_zone(store: Store):
    store.add(make_contribution())
    assert store.get("c1").received_at.utcoffset() == timedelta(0)


def test_an_unknown_contribution_is_refused(store: Store):
    store.add(make_contribution("c1"))
    with pytest.raises(UnknownContribution):
        store.get("c2")


def test_a_second_contribution_of_the_same_id_is_refused_and_changes_nothing(
    store: Store,
):
    store.add(make_contribution(text="first"))
    with pytest.raises(DuplicateRecord):
        store.add(make_contribution(text="second"), once=ONCE)
    assert store.get("c1").text == "first"
    assert store.taken(ONCE) is None


def test_an_empty_store_has_nothing_on_a_document(store: Store):
    assert store.of_document("leitlinien") == []


def test_contributions_come_by_document_oldest_first_ties_by_id(store: Store):
    store.add(make_contribution("c3", received_at=NOON))
    store.add(make_contribution("c2", received_at=NOON))
    store.add(make_contribution("c9", received_at=NOON - timedelta(seconds=1)))
    store.add(make_contribution("other", ref=ParagraphRef("methodenkoffer", 1, 1)))
    assert [entry.id for entry in store.of_document("leitlinien")] == ["c9", "c2", "c3"]


def test_contributions_of_every_status_and_version_are_returned(store: Store):
    for number, status in enumerate(ContributionStatus, start=1):
        ref = ParagraphRef("leitlinien", number, 1)
        store.add(make_contribution(f"c{number}", ref=ref, status=status))
    found = store.of_document("leitlinien")
    assert [entry.status for entry in found] == list(ContributionStatus)


def test_a_repeated_request_returns_the_first_contribution_and_adds_nothing(
    store: Store,
):
    first = store.add(make_contribution("c1"), once=ONCE)
    assert store.add(make_contribution("c2"), once=ONCE) == first
    assert store.of_document("leitlinien") == [first]


def test_a_key_that_was_used_for_another_request_is_refused(store: Store):
    store.add(make_contribution("c1"), once=ONCE)
    with pytest.raises(IdempotencyKeyReused):
        store.add(make_contribution("c2"), once=Once("k1", "f2"))
    with pytest.raises(UnknownContribution):
        store.get("c2")


def test_another_key_is_another_request(store: Store):
    store.add(make_contribution("c1"), once=ONCE)
    store.add(make_contribution("c2"), once=Once("k2", "f1"))
    assert len(store.of_document("leitlinien")) == 2


def test_what_was_taken_is_found_by_its_request(store: Store):
    assert store.taken(ONCE) is None
    first = store.add(make_contribution("c1"), once=ONCE)
    store.add(make_contribution("c2"))
    assert store.taken(ONCE) == first


def test_a_request_of_a_used_key_that_differs_is_refused(store: Store):
    store.add(make_contribution("c1"), once=ONCE)
    with pytest.raises(IdempotencyKeyReused):
        store.taken(Once("k1", "f2"))


def test_the_secret_is_long_and_stays_the_same(store: Store):
    assert len(store.secret()) == 32
    assert store.secret() == store.secret()


def test_a_store_that_could_take_a_contribution_passes_its_check(store: Store):
    store.check()
    store.add(make_contribution("c1"))
    store.check()
    assert store.get("c1") == make_contribution("c1")


def test_threads_lose_nothing(store: Store):
    def add_ten(thread: int) -> None:
        for number in range(10):
            store.add(make_contribution(f"{thread}-{number}"))

    threads = [Thread(target=add_ten, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.of_document("leitlinien")) == 40


def test_of_two_threads_with_the_same_request_one_is_carried_out(store: Store):
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


def test_a_change_is_kept_and_logged(store: Store):
    first = store.add(make_contribution(), once=ONCE)
    store.change([Change(first, hidden(first))], [make_log_entry()])
    assert store.get("c1") == hidden(first)
    assert store.of_document("leitlinien") == [hidden(first)]
    assert store.taken(ONCE) == hidden(first)
    assert logged(store) == [make_log_entry()]


def test_log_entries_come_in_the_order_in_which_they_were_appended(store: Store):
    first = store.add(make_contribution())
    second = hidden(first)
    store.change([Change(first, second)], [make_log_entry("l9", reason=None)])
    store.change([Change(second, first)], [make_log_entry("l1", at=NOON - timedelta(days=1))])
    assert [one.entry.id for one in store.log()] == ["l9", "l1"]
    assert store.log()[0].entry.reason is None


def test_what_was_changed_in_between_is_not_changed_again(store: Store):
    first = store.add(make_contribution())
    store.change([Change(first, hidden(first))], [make_log_entry("l1")])
    with pytest.raises(ChangedMeanwhile):
        store.change([Change(first, replace(first, text="other"))], [make_log_entry("l2")])
    assert store.get("c1") == hidden(first)
    assert [one.entry.id for one in store.log()] == ["l1"]


def test_what_is_not_there_cannot_be_changed(store: Store):
    absent = make_contribution()
    with pytest.raises(UnknownContribution):
        store.change([Change(absent, hidden(absent))], [make_log_entry()])
    assert logged(store) == []


def test_the_state_of_a_document_is_another_after_every_change(store: Store):
    states = [store.state("leitlinien")]
    first = store.add(make_contribution("c1"))
    states.append(store.state("leitlinien"))
    store.add(make_contribution("c2"))
    states.append(store.state("leitlinien"))
    store.change([Change(first, hidden(first))], [make_log_entry()])
    states.append(store.state("leitlinien"))
    store.take_over(Stock((Kept(make_contribution("c3"), None),)))
    states.append(store.state("leitlinien"))
    assert len(set(states)) == 5


def test_the_state_of_a_document_stays_as_long_as_nothing_changes(store: Store):
    store.add(make_contribution("c1"), once=ONCE)
    state = store.state("leitlinien")
    store.add(make_contribution("c2"), once=ONCE)
    store.of_document("leitlinien")
    store.check()
    assert store.state("leitlinien") == state


def test_the_stock_is_everything_contributions_by_id_then_the_log(store: Store):
    first = store.add(make_contribution("c2"), once=ONCE)
    store.add(make_contribution("c1", ref=ParagraphRef("methodenkoffer", 1, 1)))
    store.change([Change(first, hidden(first))], [make_log_entry()])
    assert stock_of(store) == Stock(
        (
            Kept(store.get("c1"), None),
            Kept(hidden(first), ONCE),
        ),
        log=chain(make_log_entry()),
    )


def test_the_stock_comes_in_parts(store: Store):
    many = [Kept(make_contribution(f"c{number:05}"), None) for number in range(PART + 1)]
    store.take_over(Stock(tuple(many[:PART])))
    store.take_over(Stock(tuple(many[PART:])))
    assert [len(part.contributions) for part in store.stock()] == [PART, 1]
    assert stock_of(store).contributions == tuple(many)


def test_an_empty_store_has_no_stock(store: Store):
    assert list(store.stock()) == []


def test_what_is_taken_over_is_as_it_was(store: Store):
    source = MemoryStore()
    first = source.add(make_contribution("c1"), once=ONCE)
    source.change([Change(first, hidden(first))], [make_log_entry("l9")])
    source.change([Change(hidden(first), first)], [make_log_entry("l1")])
    for part in source.stock():
        store.take_over(part)
    assert stock_of(store) == stock_of(source)
    assert store.taken(ONCE) == first


def test_what_is_here_already_is_taken_over_once(store: Store):
    part = Stock((Kept(make_contribution("c1"), ONCE),), log=chain(make_log_entry()))
    store.take_over(part)
    store.take_over(part)
    assert stock_of(store) == part


@pytest.mark.parametrize(
    "other",
    [
        Kept(make_contribution("c1", text="another"), ONCE),
        Kept(make_contribution("c1"), None),
        Kept(make_contribution("c2"), ONCE),
    ],
)
def test_what_is_here_with_another_content_is_not_taken_over(store: Store, other: Kept):
    store.take_over(Stock((Kept(make_contribution("c1"), ONCE),)))
    before = stock_of(store)
    with pytest.raises(DuplicateRecord):
        store.take_over(Stock((Kept(make_contribution("c0"), None), other)))
    assert stock_of(store) == before


def test_an_empty_store_adopts_a_secret(store: Store):
    store.secret()
    store.adopt(b"s" * 32)
    assert store.secret() == b"s" * 32


def test_a_store_that_keeps_something_adopts_no_other_secret(store: Store):
    own = store.secret()
    store.add(make_contribution())
    store.adopt(own)
    with pytest.raises(StoreInUse):
        store.adopt(b"s" * 32)
    assert store.secret() == own


def test_a_contribution_is_found_by_the_digest_of_its_receipt(store: Store):
    for number in range(3):
        store.add(make_contribution(f"c{number}", receipt_digest=f"{number}" * 64))
    before = store.get("c1")
    store.change([Change(before, hidden(before))], [make_log_entry()])
    assert store.of_receipt("1" * 64) == hidden(before)
    assert store.of_receipt("1" * 63 + "2") is None
    assert store.of_receipt("") is None


def test_of_the_log_what_is_new_is_read(store: Store):
    one = store.add(make_contribution("c1"))
    for number in range(3):
        store.change([Change(one, one)], [make_log_entry(f"l{number}")])
    assert store.log(1) == store.log()[1:]
    assert store.log(3) == []
    assert [logged.entry.id for logged in store.log(2)] == ["l2"]
