"""What every store promises the editorial desk: any record changed, decisions, accounts, chain."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import (
    Change,
    DuplicateRecord,
    Kept,
    Once,
    Record,
    Stock,
    Store,
    StoreInUse,
)
from participation.account import Session
from participation.contribution import (
    Channel,
    Contribution,
    ContributionStatus,
    Hiding,
    HidingReason,
    Transcribed,
)
from participation.decision import Answer, DecisionStatus, Outcome, Revision
from participation.log_chain import chained, first_break
from participation.log_entry import Changed, Role
from participation.paragraph import ParagraphRef
from participation.refusals import (
    AccountNameTaken,
    ChangedMeanwhile,
    IdempotencyKeyReused,
    UnknownAccount,
    UnknownContribution,
    UnknownDecision,
)
from participation.support import Support
from tests.comment_service.storage.logs import logged
from tests.factories import (
    NOON,
    make_account,
    make_contribution,
    make_decision,
    make_log_entry,
    make_support,
)

ONCE = Once("k1", "f1")
HANDED_IN = make_contribution(
    "c1",
    channel=Channel.WORKSHOP,
    status=ContributionStatus.HIDDEN,
    text="Frag ██████!",
    transcribed=Transcribed("Grace", 12, "Werkstatt „Mitte“", date(2024, 3, 31), is_late=True),
    hidden=Hiding(HidingReason.PERSONAL_DATA, "ein Name"),
    is_blacked_out=True,
    erased_at=NOON + timedelta(days=1, microseconds=1),
)
ANSWER = Answer(
    Outcome.PARTLY,
    'Zum Teil: "ja" \u2028 👩‍👩‍👧',
    date(2024, 4, 22),
    (ParagraphRef("leitlinien", 2, 3), ParagraphRef("leitlinien", 2, 4)),
)
DECIDED = make_decision(
    "d1",
    contributions=("c1", "c2"),
    answer=ANSWER,
    status=DecisionStatus.PUBLISHED,
    role=Role.EDITOR,
    published_at=NOON + timedelta(hours=1),
    revisions=(Revision(replace(ANSWER, meeting=None, changes=()), Role.EDITOR, NOON),),
)
SIGNED_IN = make_account(
    "a1",
    role=Role.ADMINISTRATOR,
    password_hash="$argon2id$…",
    subject="https://id.example#7",
    totp_secret="JBSWY3DP",
    totp_step=57_000_000,
    failures=3,
    next_try_at=NOON,
    is_locked=True,
    sessions=(Session("0" * 64, NOON, NOON + timedelta(hours=8)),),
)
BACKED = make_support("s1", at=NOON + timedelta(microseconds=1), is_withdrawn=True)
RECORDS: list[Record] = [HANDED_IN, DECIDED, SIGNED_IN, BACKED]


def put(store: Store, *records: Record) -> None:
    """Keep new records."""
    store.change([Change(None, record) for record in records], [])


def found(store: Store, like: Record) -> Record | None:
    """Return the record of the same kind and id."""
    if isinstance(like, Contribution):
        return store.get(like.id)
    if isinstance(like, Support):
        return store.support(like.id)
    look = store.decision if like.id.startswith("d") else store.account
    return look(like.id)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_new_record_is_returned_as_it_was(store: Store, record: Record):
    put(store, record)
    assert found(store, record) == record


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (make_contribution("c1"), HANDED_IN),
        (HANDED_IN, make_contribution("c1")),
        (make_decision("d1"), DECIDED),
        (DECIDED, make_decision("d1")),
        (make_account("a1"), SIGNED_IN),
        (SIGNED_IN, make_account("a1")),
        (make_support("s1"), BACKED),
        (BACKED, make_support("s1")),
    ],
)
def test_a_changed_record_is_returned_as_it_is_now(store: Store, first: Record, later: Record):
    put(store, first)
    store.change([Change(first, later)], [])
    assert found(store, later) == later


def test_a_record_takes_no_place_but_its_own():
    with pytest.raises(ValueError, match="c2 cannot take the place of c1"):
        Change(make_contribution("c1"), make_contribution("c2"))
    with pytest.raises(ValueError, match="x cannot take the place of x"):
        Change(make_contribution("x"), make_decision("x"))


def test_what_is_not_there_is_refused(store: Store):
    with pytest.raises(UnknownDecision):
        store.decision("d1")
    with pytest.raises(UnknownAccount):
        store.account("a1")
    with pytest.raises(UnknownContribution):
        store.kept("c1")
    assert (store.decisions("leitlinien"), store.accounts(), store.log()) == ([], [], [])
    assert (store.support("s1"), store.supports("leitlinien")) == (None, [])


def test_a_contribution_is_returned_with_its_request(store: Store):
    store.add(make_contribution("c1"), once=ONCE)
    put(store, make_contribution("c2"))
    assert store.kept("c1") == Kept(make_contribution("c1"), ONCE)
    assert store.kept("c2") == Kept(make_contribution("c2"), None)


def test_decisions_come_by_document_and_id(store: Store):
    put(store, make_decision("d2"), make_decision("d1"), make_decision("d3", document="zweck"))
    store.change([Change(make_decision("d2"), make_decision("d2", version=2))], [])
    assert store.decisions("leitlinien") == [make_decision("d1"), make_decision("d2", version=2)]


def test_supports_come_by_document_or_contribution_and_by_id(store: Store):
    put(store, make_support("s3"), make_support("s1", is_withdrawn=True))
    put(store, make_support("s2", contribution="c2"), make_support("s4", document="zweck"))
    assert [one.id for one in store.supports("leitlinien")] == ["s1", "s2", "s3"]
    assert [one.id for one in store.supports("leitlinien", "c1")] == ["s1", "s3"]
    assert store.supports("leitlinien", "c9") == store.supports("nichts", "c1") == []


def test_accounts_come_by_name(store: Store):
    put(store, make_account("a1", name="ottilie"), make_account("a2", name="Ömer"))
    put(store, make_account("a3", name="ada"))
    assert [account.name for account in store.accounts()] == ["ada", "ottilie", "Ömer"]


def test_all_changes_and_entries_are_kept_together(store: Store):
    first = store.add(make_contribution("c1"), once=ONCE)
    entries = [
        make_log_entry("l2"),
        make_log_entry("l1", subject="d1", changed=Changed.DECISION),
        make_log_entry("l3", subject="a1", changed=Changed.ACCOUNT, reason=None),
    ]
    new = [Change(None, each) for each in (DECIDED, SIGNED_IN, BACKED)]
    store.change([Change(first, HANDED_IN), *new], entries)
    assert [found(store, record) for record in RECORDS] == RECORDS
    assert logged(store) == entries
    assert store.taken(ONCE) == HANDED_IN


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (Change(make_contribution("c9"), make_contribution("c9", text="")), UnknownContribution),
        (Change(make_decision("d9"), make_decision("d9", version=2)), UnknownDecision),
        (Change(make_account("a9"), make_account("a9", failures=1)), UnknownAccount),
        (Change(make_support("s9"), make_support("s9", is_withdrawn=True)), UnknownContribution),
        (Change(make_support("s1", is_withdrawn=True), make_support("s1")), ChangedMeanwhile),
        (Change(None, make_support("s1")), DuplicateRecord),
        (Change(make_contribution("c1", text="?"), make_contribution("c1")), ChangedMeanwhile),
        (Change(make_decision("d1", version=7), make_decision("d1")), ChangedMeanwhile),
        (Change(make_account("a1", failures=7), make_account("a1")), ChangedMeanwhile),
        (Change(None, make_contribution("c1")), DuplicateRecord),
        (Change(None, make_decision("d1")), DuplicateRecord),
        (Change(None, make_account("a1")), DuplicateRecord),
        (Change(None, make_account("a9", name="name of a1")), AccountNameTaken),
        (Change(None, make_account("a9", subject="s1")), AccountNameTaken),
        (Change(make_account("a2"), make_account("a2", name="name of a1")), AccountNameTaken),
        (Change(make_account("a2"), make_account("a2", subject="s1")), AccountNameTaken),
    ],
)
def test_one_change_that_is_refused_undoes_all(
    store: Store, wrong: Change, refusal: type[Exception]
):
    kept: list[Record] = [
        make_contribution("c1"),
        make_decision("d1"),
        make_account("a1", subject="s1"),
        make_account("a2"),
        make_support("s1"),
    ]
    put(store, *kept)
    state = store.state("leitlinien")
    fine = [
        Change(make_contribution("c1"), make_contribution("c1", text="anders")),
        Change(None, make_decision("d2")),
        Change(None, make_account("a3")),
        Change(None, make_support("s2")),
    ]
    wrong_first = [wrong, *(change for change in fine if change.changed.id != wrong.changed.id)]
    for changes in (wrong_first, wrong_first[::-1], [wrong]):
        with pytest.raises(refusal):
            store.change(changes, [make_log_entry()])
    assert [found(store, record) for record in kept] == kept
    assert (len(store.decisions("leitlinien")), len(store.accounts()), store.log()) == (1, 2, [])
    assert store.state("leitlinien") == state


def test_changes_are_carried_out_one_after_the_other(store: Store):
    first, second = make_contribution("c1"), make_contribution("c1", text="zwei")
    put(store, make_account("a1", name="ada"), make_account("a2", name="grace"))
    store.change(
        [
            Change(None, first),
            Change(first, second),
            Change(make_account("a1", name="ada"), make_account("a1", name="")),
            Change(make_account("a2", name="grace"), make_account("a2", name="ada")),
            Change(make_account("a1", name=""), make_account("a1", name="grace")),
        ],
        [],
    )
    assert store.get("c1") == second
    assert [(one.id, one.name) for one in store.accounts()] == [("a2", "ada"), ("a1", "grace")]


def test_what_takes_nobodys_place_shows_that_nobody_changed_it(store: Store):
    put(store, make_account("a1"))
    store.change([Change(make_account("a1"), make_account("a1"))], [make_log_entry()])
    assert logged(store) == [make_log_entry()]


def test_accounts_without_a_subject_are_several(store: Store):
    put(store, make_account("a1"), make_account("a2"))
    assert len(store.accounts()) == 2


def test_the_state_of_a_document_is_another_after_every_change_of_a_decision(store: Store):
    states = [store.state("leitlinien")]
    other = store.state("zweck")
    for change in (
        Change(None, make_decision("d1")),
        Change(make_decision("d1"), DECIDED),
        Change(DECIDED, make_decision("d1")),
    ):
        store.change([change], [])
        states.append(store.state("leitlinien"))
    store.take_over(Stock(decisions=(make_decision("d2"),)))
    states.append(store.state("leitlinien"))
    assert len(set(states)) == 5
    put(store, make_account("a1"))
    assert store.state("leitlinien") == states[-1]
    assert store.state("zweck") == other


def test_the_state_of_a_document_is_another_after_every_change_of_a_support(store: Store):
    states, given = [store.state("leitlinien")], make_support("s1")
    other = store.state("zweck")
    for change in (Change(None, given), Change(given, BACKED), Change(BACKED, given)):
        store.change([change], [])
        states.append(store.state("leitlinien"))
    store.take_over(Stock(supports=(make_support("s2"),)))
    states.append(store.state("leitlinien"))
    assert len(set(states)) == 5
    assert store.state("zweck") == other


def test_of_two_who_support_as_the_same_browser_at_once_one_is_told(store: Store):
    def support(_: int) -> bool:
        try:
            put(store, make_support("s1"))
        except DuplicateRecord:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(support, range(4))) == [False, False, False, True]
    assert store.supports("leitlinien") == [make_support("s1")]


def test_the_log_is_chained(store: Store):
    first = store.add(make_contribution("c1"))
    one, two, three = (make_log_entry(f"l{number}") for number in (3, 1, 2))
    store.change([Change(first, HANDED_IN)], [one])
    store.change([], [two, three])
    assert store.log() == list(chained([one, two, three]))
    assert store.log(2) == store.log()[2:]
    assert store.log(3) == store.log(9) == []


def test_threads_that_log_at_once_make_one_chain(store: Store):
    many = [make_contribution(f"c{number}") for number in range(24)]
    store.add_all([Kept(each, None) for each in many])

    def change(each: Contribution) -> None:
        entries = [make_log_entry(f"{each.id}-{number}", subject=each.id) for number in range(3)]
        store.change([Change(each, replace(each, text="neu"))], entries[:1])
        store.change([], entries[1:])

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(change, many))
    assert len(store.log()) == 72
    assert first_break(store.log()) is None


def test_of_two_who_changed_the_same_one_is_told(store: Store):
    put(store, make_decision("d1"))

    def revise(version: int) -> bool:
        try:
            store.change([Change(make_decision("d1"), make_decision("d1", version=version))], [])
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(revise, (2, 3, 4, 5))) == [False, False, False, True]


def test_of_two_who_want_the_same_name_one_gets_it(store: Store):
    def take(number: int) -> bool:
        try:
            put(store, make_account(f"a{number}", name="ada"))
        except AccountNameTaken:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, range(4))) == [False, False, False, True]


def test_many_new_contributions_are_kept_in_their_order(store: Store):
    new = [Kept(make_contribution(f"c{number}"), Once(f"k{number}", "f")) for number in (3, 1, 2)]
    state = store.state("leitlinien")
    assert store.add_all(new) == [kept.contribution for kept in new]
    assert [store.kept(kept.contribution.id) for kept in new] == new
    assert store.state("leitlinien") != state


def test_what_came_before_is_not_added_again(store: Store):
    first = store.add(make_contribution("c1"), once=ONCE)
    again = Kept(make_contribution("c7"), ONCE)
    fresh = Kept(make_contribution("c2"), Once("k2", "f2"))
    twice = Kept(make_contribution("c8"), Once("k2", "f2"))
    assert store.add_all([again, fresh, twice]) == [first, fresh.contribution, fresh.contribution]
    assert store.of_document("leitlinien") == [first, fresh.contribution]
    assert store.add_all([again, fresh]) == [first, fresh.contribution]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (Kept(make_contribution("c9"), Once("k1", "other")), IdempotencyKeyReused),
        (Kept(make_contribution("c9"), Once("k2", "other")), IdempotencyKeyReused),
        (Kept(make_contribution("c1"), None), DuplicateRecord),
        (Kept(make_contribution("c2"), Once("k9", "f9")), DuplicateRecord),
    ],
)
def test_one_new_contribution_that_is_refused_keeps_all_out(
    store: Store, wrong: Kept, refusal: type[Exception]
):
    first = store.add(make_contribution("c1"), once=ONCE)
    state = store.state("leitlinien")
    with pytest.raises(refusal):
        store.add_all([Kept(make_contribution("c2"), Once("k2", "f2")), wrong])
    assert store.of_document("leitlinien") == [first]
    assert store.state("leitlinien") == state


def test_nothing_new_is_nothing(store: Store):
    state = store.state("leitlinien")
    assert store.add_all([]) == []
    store.change([], [])
    assert (list(store.stock()), store.state("leitlinien")) == ([], state)


def test_the_stock_has_all_records_before_the_log(store: Store):
    put(store, make_account("a2"), DECIDED, make_decision("d0"), SIGNED_IN, HANDED_IN)
    put(store, make_support("s2"), BACKED)
    store.change([], [make_log_entry()])
    assert list(store.stock()) == [
        Stock(contributions=(Kept(HANDED_IN, None),)),
        Stock(decisions=(make_decision("d0"), DECIDED)),
        Stock(accounts=(SIGNED_IN, make_account("a2"))),
        Stock(supports=(BACKED, make_support("s2"))),
        Stock(log=tuple(chained([make_log_entry()]))),
    ]


def test_decisions_accounts_and_chain_are_taken_over_as_they_were(store: Store):
    source = MemoryStore()
    put(source, HANDED_IN, DECIDED, SIGNED_IN, BACKED)
    source.change([], [make_log_entry("l1"), make_log_entry("l2")])
    for _ in range(2):
        for part in source.stock():
            store.take_over(part)
    assert list(store.stock()) == list(source.stock())
    store.change([], [make_log_entry("l3")])
    assert first_break(store.log()) is None


@pytest.mark.parametrize(
    "other",
    [
        Stock(decisions=(make_decision("d1", version=2),)),
        Stock(accounts=(make_account("a1", failures=1),)),
        Stock(accounts=(make_account("a2", name="name of a1"),)),
        Stock(supports=(BACKED,)),
        Stock(decisions=(make_decision("d2"),), accounts=(make_account("a1", failures=1),)),
    ],
)
def test_what_is_here_as_something_else_is_not_taken_over(store: Store, other: Stock):
    put(store, make_decision("d1"), make_account("a1"), make_support("s1"))
    before = list(store.stock())
    with pytest.raises(DuplicateRecord):
        store.take_over(other)
    assert list(store.stock()) == before


@pytest.mark.parametrize("record", [DECIDED, SIGNED_IN, BACKED], ids=lambda record: record.id)
def test_a_store_that_keeps_any_record_adopts_no_other_secret(store: Store, record: Record):
    put(store, record)
    with pytest.raises(StoreInUse):
        store.adopt(b"s" * 32)
