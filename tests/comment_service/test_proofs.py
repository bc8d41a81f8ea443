import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from comment_service.proofs import FEWEST, LIFETIME, LONGEST, SPREAD, Proofs
from tests.comment_service.proving import solved
from tests.factories import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def proofs() -> Proofs:
    return Proofs(lambda: b"s" * 32)


def test_a_solved_challenge_is_a_proof_that_knows_when_it_was_made(proofs: Proofs):
    proof = proofs.read(solved(proofs.challenge(NOON)), NOON + SECOND)
    assert proof is not None
    assert (proof.made_at, proof.good_until) == (NOON, NOON + LIFETIME)


def test_two_challenges_are_two_proofs(proofs: Proofs):
    proven = [proofs.read(solved(proofs.challenge(NOON)), NOON) for _ in range(2)]
    assert len({proof.mark for proof in proven if proof}) == 2


def test_a_proof_is_good_for_a_while(proofs: Proofs):
    sent = solved(proofs.challenge(NOON))
    assert proofs.read(sent, NOON + LIFETIME - SECOND) is not None
    assert proofs.read(sent, NOON + LIFETIME) is None
    assert proofs.read(sent, NOON - SECOND) is None


def test_a_challenge_costs_as_many_tries_as_it_should(proofs: Proofs):
    for _ in range(3):
        payload = json.loads(base64.b64decode(solved(proofs.challenge(NOON))))
        assert FEWEST <= payload["solution"]["counter"] < FEWEST + SPREAD


def test_a_proof_for_another_service_proves_nothing(proofs: Proofs):
    other = Proofs(lambda: b"t" * 32)
    assert other.read(solved(proofs.challenge(NOON)), NOON) is None


def changed(
    change: Callable[[dict[str, Any]], object],
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def apply(payload: dict[str, Any]) -> dict[str, Any]:
        change(payload)
        return payload

    return apply


@pytest.mark.parametrize(
    "change",
    [
        changed(lambda one: one["solution"].update(derivedKey="00" * 32)),
        changed(lambda one: one["solution"].pop("derivedKey")),
        changed(lambda one: one["challenge"]["parameters"].update(cost=1)),
        changed(lambda one: one["challenge"]["parameters"]["data"].update(madeAt=2e12)),
        changed(lambda one: one["challenge"]["parameters"].update(data=None)),
        changed(lambda one: one["challenge"]["parameters"].update(expiresAt=1)),
        changed(lambda one: one["challenge"].pop("signature")),
        changed(lambda one: one["challenge"].update(parameters=[])),
        changed(lambda one: one.update(challenge="no")),
        lambda _: [],
        lambda _: None,
        lambda one: {**one, "more": "x" * LONGEST},
    ],
)
def test_what_was_tampered_with_proves_nothing(proofs: Proofs, change: Callable[[Any], Any]):
    payload = json.loads(base64.b64decode(solved(proofs.challenge(NOON))))
    sent = base64.b64encode(json.dumps(change(payload)).encode()).decode()
    assert proofs.read(sent, NOON) is None


@pytest.mark.parametrize("sent", [None, "", "x", "ä", "\ud800", "W10=", "[" * LONGEST, "=" * 99])
def test_what_is_no_proof_proves_nothing(proofs: Proofs, sent: str | None):
    assert proofs.read(sent, NOON) is None
