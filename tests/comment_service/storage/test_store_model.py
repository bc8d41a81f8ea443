"""Random histories: every store answers as the one in memory does, restarts included."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from operator import methodcaller

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comment_service.storage.memory import MemoryStore
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import (
    Change,
    DuplicateRecord,
    Kept,
    KeptRecord,
    Once,
    Record,
    Stock,
    Store,
    StoreInUse,
)
from participation.account import Account, Session
from participation.caution import Doubt
from participation.contribution import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    EarlierText,
    Hiding,
    HidingReason,
    Transcribed,
)
from participation.decision import Answer, Decision, DecisionStatus, Outcome, Revision
from participation.log_chain import Logged, chained
from participation.log_entry import Changed, LogEntry, Role
from participation.paragraph import ParagraphRef
from participation.refusals import Refusal
from participation.support import Support
from tests.factories import (
    NOON,
    make_account,
    make_contribution,
    make_decision,
    make_log_entry,
    make_support,
)

SLUGS = ("leitlinien", "methodenkoffer")
HISTORIES = 25
STEPS = 30

# Few values, so that they meet again: what matters is which of them are the same.
IDS = st.sampled_from([f"c{number}" for number in range(6)])
KEYS = st.none() | st.builds(Once, st.sampled_from("abc"), st.sampled_from("xy"))
# No surrogates: no UTF-8 can hold them, and the rules refuse them. No NUL: the rules refuse
# control characters, and PostgreSQL cannot hold that one.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=3)).map(lambda later: NOON + later)
HANDED_IN = st.builds(
    Transcribed,
    WORDS,
    st.integers(1, 99),
    st.none() | WORDS,
    st.none() | st.dates(),
    st.booleans(),
)
CONTRIBUTIONS = st.builds(
    make_contribution,
    IDS,
    ref=st.builds(
        ParagraphRef, st.sampled_from(SLUGS), st.integers(1, 2), st.integers(1, 2_000_000)
    ),
    kind=st.sampled_from(ContributionKind),
    text=WORDS,
    name=st.none() | WORDS,
    channel=st.sampled_from(Channel),
    received_at=MOMENTS,
    status=st.sampled_from(ContributionStatus),
    transcribed=st.none() | HANDED_IN,
    hidden=st.none() | st.builds(Hiding, st.sampled_from(HidingReason), st.none() | WORDS),
    is_blacked_out=st.booleans(),
    erased_at=st.none() | MOMENTS,
    proposed_wording=st.none() | WORDS,
    in_reply_to=st.none() | IDS,
    edited_at=st.none() | MOMENTS,
    earlier_texts=st.lists(
        st.builds(EarlierText, WORDS, st.none() | WORDS, st.none() | WORDS, MOMENTS), max_size=2
    ).map(tuple),
    author_mark=st.none() | WORDS,
    waiting_because=st.lists(st.sampled_from(Doubt), max_size=2).map(tuple),
)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(Outcome),
    WORDS,
    st.none() | st.dates(),
    st.lists(
        st.builds(ParagraphRef, st.sampled_from(SLUGS), st.integers(2, 3), st.integers(1, 9))
    ).map(tuple),
)
DECISIONS = st.builds(
    make_decision,
    st.sampled_from(["d1", "d2", "d3"]),
    document=st.sampled_from(SLUGS),
    version=st.integers(1, 2),
    contributions=st.lists(IDS, min_size=1, max_size=3).map(tuple),
    answer=ANSWERS,
    status=st.sampled_from(DecisionStatus),
    role=st.sampled_from(Role),
    at=MOMENTS,
    published_at=st.none() | MOMENTS,
    revisions=st.lists(
        st.builds(Revision, ANSWERS, st.sampled_from(Role), MOMENTS), max_size=2
    ).map(tuple),
)
ACCOUNTS = st.builds(
    make_account,
    st.sampled_from(["a1", "a2", "a3"]),
    name=st.sampled_from(["ada", "grace", "hedy", "Ömer"]),
    role=st.sampled_from(Role),
    subject=st.none() | st.sampled_from(["s1", "s2"]),
    failures=st.integers(0, 9),
    next_try_at=st.none() | MOMENTS,
    totp_step=st.none() | st.integers(0, 2**40),
    is_locked=st.booleans(),
    sessions=st.lists(st.builds(Session, WORDS, MOMENTS, MOMENTS), max_size=2).map(tuple),
)
SUPPORTS = st.builds(
    make_support,
    st.sampled_from(["s1", "s2", "s3"]),
    document=st.sampled_from(SLUGS),
    contribution=IDS,
    at=MOMENTS,
    is_withdrawn=st.booleans(),
)
ENTRIES = st.builds(
    make_log_entry,
    st.uuids(version=4).map(str),
    at=MOMENTS,
    role=st.sampled_from(Role),
    changed=st.sampled_from(Changed),
    reason=st.none() | WORDS,
)

Said = object


def answer(ask: Callable[..., object], *asked: object) -> Said:
    """What was said, a refusal included."""
    try:
        return ask(*asked)
    except (Refusal, DuplicateRecord, StoreInUse) as refused:
        return type(refused)


class Histories(RuleBasedStateMachine):
    """Does everything twice, in memory and in the store, and compares."""

    new_url: Callable[[], str]
    contributions: Bundle[Contribution] = Bundle("contributions")

    @initialize()
    def begin(self) -> None:
        self.model: Store = MemoryStore()
        self.url = self.new_url()
        self.store = open_store(self.url)
        self.model.adopt(self.store.secret())

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()

    def same(self, ask: Callable[[Store], object]) -> Said:
        expected, got = (answer(ask, store) for store in (self.model, self.store))
        assert got == expected
        return expected

    @rule(target=contributions, contribution=CONTRIBUTIONS, once=KEYS)
    def add(self, contribution: Contribution, once: Once | None) -> Contribution:
        before = self.states()
        taken = self.same(lambda store: store.add(contribution, once=once))
        if taken is contribution:
            self.states_differ_on(contribution.ref.document, before)
        return contribution

    @rule(seen=contributions, changed=CONTRIBUTIONS, entry=ENTRIES)
    def change(self, seen: Contribution, changed: Contribution, entry: LogEntry) -> None:
        known = answer(self.model.get, seen.id)
        seen = known if isinstance(known, Contribution) else seen
        self.attempt(seen, changed, entry)

    @rule(seen=contributions, changed=CONTRIBUTIONS, entry=ENTRIES)
    def change_what_may_have_changed(
        self, seen: Contribution, changed: Contribution, entry: LogEntry
    ) -> None:
        self.attempt(seen, changed, entry)

    def attempt(self, seen: Contribution, changed: Contribution, entry: LogEntry) -> None:
        # Id, reference and moment of a contribution never change.
        changed = replace(changed, id=seen.id, ref=seen.ref, received_at=seen.received_at)
        entry = replace(entry, subject=seen.id)
        before = self.states()
        taken = self.same(lambda store: store.change([Change(seen, changed)], [entry])) is None
        if taken and changed != seen:
            self.states_differ_on(seen.ref.document, before)

    @rule(new=st.lists(st.builds(Kept, CONTRIBUTIONS, KEYS), max_size=4))
    def add_all(self, new: list[Kept]) -> None:
        self.same(lambda store: store.add_all(new))

    @rule(
        changed=st.lists(CONTRIBUTIONS | DECISIONS | ACCOUNTS | SUPPORTS, max_size=4),
        others=st.lists(DECISIONS | ACCOUNTS | SUPPORTS, max_size=1),
        entries=st.lists(ENTRIES, max_size=2),
    )
    def change_many(
        self, changed: list[Record], others: list[Record], entries: list[LogEntry]
    ) -> None:
        """Change what is there, add what is not, and now and then see something else in it."""
        before = self.states()
        now: dict[tuple[type, str], Record | None] = {}
        changes = []
        for each in changed:
            place = type(each), each.id
            seen = now[place] if place in now else record(self.model, each)
            now[place] = new = as_ever(seen, each)
            changes.append(Change(seen, new))
        changes += [Change(other, other) for other in others]
        done = self.same(lambda store: store.change(changes, entries)) is None
        if done:
            for change in changes:
                if change.seen != change.changed and not isinstance(change.changed, Account):
                    self.states_differ_on(document_of(change.changed), before)

    @rule(others=st.lists(DECISIONS | ACCOUNTS | SUPPORTS, max_size=5))
    def take_over_others(self, others: list[Record]) -> None:
        source = MemoryStore()
        for each in others:
            answer(source.change, [Change(None, each)], [])
        for part in source.stock():
            self.same(partial(take_over, part))

    @rule(
        contributions=st.lists(st.builds(Kept, CONTRIBUTIONS, KEYS), max_size=3),
        log=st.lists(ENTRIES, max_size=2),
    )
    def take_over(self, contributions: list[Kept], log: list[LogEntry]) -> None:
        source = MemoryStore()  # a part comes from a store: ids and keys are unique in it
        for kept in contributions:
            answer(partial(source.add, kept.contribution, once=kept.once))
        part = Stock(tuple(kept for part in source.stock() for kept in part.contributions))
        self.same(lambda store: store.take_over(replace(part, log=tuple(chained(log)))))

    @rule(secret=st.binary(min_size=32, max_size=32))
    def adopt(self, secret: bytes) -> None:
        self.same(lambda store: store.adopt(secret))

    @rule(once=KEYS.filter(bool))
    def ask_for_what_was_taken(self, once: Once) -> None:
        self.same(lambda store: store.taken(once))

    @precondition(lambda self: self.url != "memory:")
    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.url)

    @rule()
    def check(self) -> None:
        if self.url != "memory:":
            self.restart()  # a compaction that runs would make the states other ones
        before = self.states()
        self.store.check()
        assert self.states() == before

    @invariant()
    def everything_is_the_same(self) -> None:
        for slug in SLUGS:
            self.same(methodcaller("of_document", slug))
            self.same(methodcaller("decisions", slug))
            self.same(methodcaller("supports", slug))
            self.same(methodcaller("supports", slug, "c1"))
        self.same(lambda store: store.accounts())
        self.same(lambda store: store.log())
        self.same(lambda store: store.secret())
        assert whole(self.store) == whole(self.model)

    def states(self) -> dict[str, str]:
        return {slug: self.store.state(slug) for slug in SLUGS}

    def states_differ_on(self, slug: str, before: dict[str, str]) -> None:
        assert self.states()[slug] != before[slug]


def whole(store: Store) -> tuple[list[KeptRecord], list[Logged]]:
    parts = list(store.stock())
    return (
        [kept for part in parts for kept in part.records],
        [entry for part in parts for entry in part.log],
    )


def take_over(part: Stock, store: Store) -> None:
    store.take_over(part)


def record(store: Store, like: Record) -> Record | None:
    """What is kept of the kind and id of another record."""
    try:
        match like:
            case Contribution():
                return store.get(like.id)
            case Decision():
                return store.decision(like.id)
            case Account():
                return store.account(like.id)
            case Support():
                return store.support(like.id)
    except Refusal:
        return None


def as_ever(seen: Record | None, changed: Record) -> Record:
    """The change with what never changes: ids, documents, moments of receipt."""
    match seen, changed:
        case Contribution(), Contribution():
            return replace(changed, ref=seen.ref, received_at=seen.received_at)
        case Decision(), Decision():
            return replace(changed, document=seen.document)
        case Support(), Support():
            return replace(changed, document=seen.document, contribution=seen.contribution)
    return changed


def document_of(each: Record) -> str:
    """The document that a contribution, a decision or a support is on."""
    assert not isinstance(each, Account)
    return each.ref.document if isinstance(each, Contribution) else each.document


def test_every_store_answers_as_the_one_in_memory(new_url: Callable[[], str]):
    run_state_machine_as_test(
        type("Histories", (Histories,), {"new_url": staticmethod(new_url)}),
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # Each step waits for a disk: to shrink a failure would take minutes.
            phases=[Phase.reuse, Phase.generate],
        ),
    )
