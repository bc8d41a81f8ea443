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
    Once,
    Stock,
    Store,
    StoreInUse,
)
from participation.contribution import Channel, Contribution, ContributionKind, ContributionStatus
from participation.log_chain import Logged, chained
from participation.log_entry import Changed, LogEntry, Role
from participation.paragraph import ParagraphRef
from participation.refusals import Refusal
from tests.factories import NOON, make_contribution, make_log_entry

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
)
ENTRIES = st.builds(
    make_log_entry,
    st.uuids(version=4).map(str),
    at=MOMENTS,
    role=st.sampled_from(Role),
    changed=st.sampled_from(Changed),
    reason=st.none() | WORDS,
)

Answer = object


def answer(ask: Callable[..., object], *asked: object) -> Answer:
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

    def same(self, ask: Callable[[Store], object]) -> Answer:
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
        before = self.states()
        self.store.check()
        assert self.states() == before

    @invariant()
    def everything_is_the_same(self) -> None:
        for slug in SLUGS:
            self.same(methodcaller("of_document", slug))
        self.same(lambda store: store.log())
        self.same(lambda store: store.secret())
        assert whole(self.store) == whole(self.model)

    def states(self) -> dict[str, str]:
        return {slug: self.store.state(slug) for slug in SLUGS}

    def states_differ_on(self, slug: str, before: dict[str, str]) -> None:
        assert self.states()[slug] != before[slug]


def whole(store: Store) -> tuple[list[Kept], list[Logged]]:
    parts = list(store.stock())
    return (
        [kept for part in parts for kept in part.contributions],
        [entry for part in parts for entry in part.log],
    )


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
