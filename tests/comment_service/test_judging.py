from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import pytest

from comment_service.form_stamps import LIFETIME, FormStamps
from comment_service.judging import Doubts, Judging
from comment_service.questions import ANSWERS
from comment_service.sent import Sent
from comment_service.spent import MOST, Spent
from comment_service.storage.memory import MemoryStore
from participation.caution import FASTEST, PERIOD, Doubt, Ordinary
from participation.refusals import TooMany
from tests.comment_service.proving import solved
from tests.conftest import Clock
from tests.factories import NOON, make_contribution

ORDINARY = Ordinary(unproven=3, from_one_place=5, at_once=50)
HERE = Sent(address="203.0.113.9")
LONG = timedelta(minutes=3)


class Hand(Protocol):
    """Hands in a contribution on a document, and returns why it waits."""

    def __call__(self, sent: Sent, slug: str = "leitlinien") -> Doubts: ...


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def judging(store: MemoryStore) -> Judging:
    return Judging(ORDINARY, store.secret, store.received_since)


@pytest.fixture
def hand_in(judging: Judging, clock: Clock) -> Hand:
    """Hand in a contribution on a document, and return why it waits."""

    def hand_in(sent: Sent, slug: str = "leitlinien") -> Doubts:
        with judging.judged(sent, slug, clock()) as doubts:
            return doubts

    return hand_in


def proven(judging: Judging, clock: Clock) -> Sent:
    """What a browser sends that has computed a proof, some minutes after it was asked."""
    proof = solved(judging.proofs.challenge(clock() - LONG))
    return Sent(address=HERE.address, proof=proof)


def answered(stamps: FormStamps, clock: Clock, *, ago: timedelta = LONG) -> Sent:
    stamp, question = stamps.new(clock() - ago)
    return Sent(address=HERE.address, shown=stamp, answer=min(ANSWERS[question]))


def test_ordinary_amounts_are_public_without_any_proof(hand_in: Hand):
    assert [hand_in(HERE) for _ in range(3)] == [()] * 3
    assert hand_in(HERE) == (Doubt.MANY_FROM_ONE_PLACE,)
    assert hand_in(Sent(address="203.0.113.10")) == ()


def test_after_a_while_the_amounts_are_ordinary_again(hand_in: Hand, clock: Clock):
    for _ in range(4):
        hand_in(HERE)
    clock.now += PERIOD
    assert hand_in(HERE) == ()


def test_beyond_that_a_proof_makes_it_public(judging: Judging, hand_in: Hand, clock: Clock):
    for _ in range(3):
        hand_in(HERE)
    assert hand_in(proven(judging, clock)) == ()


def test_a_proof_is_good_once(judging: Judging, hand_in: Hand, clock: Clock):
    for _ in range(2):
        hand_in(HERE)
    sent = proven(judging, clock)
    assert hand_in(sent) == ()
    assert hand_in(sent) == (Doubt.MANY_FROM_ONE_PLACE,)


def test_a_proof_of_what_was_refused_is_good_for_the_next_try(
    judging: Judging, hand_in: Hand, clock: Clock
):
    for _ in range(3):
        hand_in(HERE)
    sent = proven(judging, clock)
    with pytest.raises(ZeroDivisionError), judging.judged(sent, "leitlinien", clock()):
        raise ZeroDivisionError
    assert hand_in(sent) == ()


def test_nothing_is_counted_that_was_refused(judging: Judging, hand_in: Hand, clock: Clock):
    for _ in range(9):
        with pytest.raises(ZeroDivisionError), judging.judged(HERE, "leitlinien", clock()):
            raise ZeroDivisionError
    assert hand_in(HERE) == ()


def test_an_expired_proof_counts_as_none(judging: Judging, hand_in: Hand, clock: Clock):
    for _ in range(3):
        hand_in(HERE)
    sent = proven(judging, clock)
    clock.now += timedelta(minutes=17)
    for _ in range(3):
        hand_in(HERE)
    assert hand_in(sent) == (Doubt.MANY_FROM_ONE_PLACE,)


def test_a_right_answer_is_as_good_as_a_proof_and_good_once(
    judging: Judging, hand_in: Hand, clock: Clock
):
    for _ in range(3):
        hand_in(HERE)
    sent = answered(judging.stamps, clock)
    assert [hand_in(sent), hand_in(sent)] == [(), (Doubt.MANY_FROM_ONE_PLACE,)]


def test_a_wrong_or_a_late_answer_is_as_good_as_none(judging: Judging, hand_in: Hand, clock: Clock):
    for _ in range(3):
        hand_in(HERE)
    wrong = replace(answered(judging.stamps, clock), answer="?")
    assert hand_in(wrong) == (Doubt.MANY_FROM_ONE_PLACE,)
    late = answered(judging.stamps, clock, ago=LIFETIME)
    assert hand_in(late) == (Doubt.MANY_FROM_ONE_PLACE,)


def test_what_was_filled_in_faster_than_a_person_can_is_read_first(
    judging: Judging, hand_in: Hand, clock: Clock
):
    quick = FASTEST - timedelta(milliseconds=1)
    assert hand_in(answered(judging.stamps, clock, ago=quick)) == (Doubt.TOO_FAST,)
    assert hand_in(answered(judging.stamps, clock, ago=FASTEST)) == ()
    challenge = judging.proofs.challenge(clock() - quick)
    assert hand_in(Sent(HERE.address, proof=solved(challenge))) == (Doubt.TOO_FAST,)


def test_a_field_that_nobody_sees_is_a_trap(hand_in: Hand):
    assert hand_in(Sent(address=HERE.address, trap="https://buy.example")) == (Doubt.TRAP,)


def test_beyond_what_a_whole_hall_writes_nothing_is_taken_for_a_while(
    judging: Judging, hand_in: Hand, clock: Clock
):
    for _ in range(5):
        hand_in(HERE)
    with pytest.raises(TooMany) as refused:
        hand_in(proven(judging, clock))
    assert refused.value.until == NOON + PERIOD
    assert hand_in(Sent(address="203.0.113.10")) == ()


def test_the_brake_holds_what_comes_after_a_flood_from_many_places(hand_in: Hand, clock: Clock):
    told = [hand_in(Sent(address=f"203.0.113.{number}")) for number in range(51)]
    assert told == [*[()] * 50, (Doubt.MANY_AT_ONCE,)]
    assert hand_in(HERE, "methodenkoffer") == ()
    clock.now += PERIOD
    assert hand_in(HERE) == ()


def test_the_brake_knows_what_other_processes_took(
    store: MemoryStore, judging: Judging, hand_in: Hand, clock: Clock
):
    assert judging.braked(["leitlinien"], clock()) == []
    for number in range(50):
        store.add(make_contribution(f"c{number}", received_at=clock()))
    clock.now += timedelta(seconds=1)
    assert hand_in(HERE) == (Doubt.MANY_AT_ONCE,)
    assert judging.braked(["leitlinien", "methodenkoffer"], clock()) == ["leitlinien"]
    clock.now += PERIOD
    assert judging.braked(["leitlinien"], clock()) == []


def test_where_nothing_is_counted_only_the_trap_is_left(store: MemoryStore, clock: Clock):
    judging = Judging(None, store.secret, store.received_since)
    for _ in range(700):
        with judging.judged(HERE, "leitlinien", clock()) as doubts:
            assert doubts == ()
    with judging.judged(Sent(trap="x"), "leitlinien", clock()) as doubts:
        assert doubts == (Doubt.TRAP,)
    assert judging.braked(["leitlinien"], clock()) == []


def test_what_was_used_is_remembered_until_it_is_worth_nothing():
    spent, until = Spent(), NOON + LONG
    assert spent.take("a", until, NOON)
    assert not spent.take("a", until, NOON)
    assert spent.take("a", until, until)


def test_where_no_more_can_be_remembered_nothing_more_is_proven():
    spent = Spent()
    for number in range(MOST):
        spent.take(str(number), NOON + LONG, NOON)
    assert not spent.take("one more", NOON + LONG, NOON)
    assert spent.take("one more", NOON + 2 * LONG, NOON + LONG)
