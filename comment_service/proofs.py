"""Proofs of work by ALTCHA's protocol (version 2): a browser has computed a while for this.

It costs a person nothing, and whoever sends thousands of texts much. The challenge bears the
moment at which it was made, signed, so nothing need be kept of those that never come back.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # altcha brings much along; only who sends a proof waits for it
    from altcha import Payload

LIFETIME = timedelta(minutes=20)  # of a challenge
ALGORITHM, COST = "PBKDF2/SHA-256", 2000  # iterations of each try
FEWEST, SPREAD = 300, 300  # tries until a solution is found; docs/decisions/0031 has the times
LONGEST = 4000  # characters of a proof; those of ours have about 700
MADE_AT = "madeAt"  # in the challenge's data, milliseconds since 1970
RIPE_AFTER = "ripeAfter"  # in the challenge's data, milliseconds for which a browser waits


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that holds: ``mark`` is its own, ``made_at`` is when its challenge was made."""

    mark: str
    made_at: datetime

    @property
    def good_until(self) -> datetime:
        """The moment from which on it proves nothing any more."""
        return self.made_at + LIFETIME


class Proofs:
    """Makes challenges and looks at what comes back."""

    def __init__(self, secret: Callable[[], bytes], ripe_after: timedelta = timedelta(0)) -> None:
        """Lean on the store's secret; browsers keep a proof back until it is ``ripe_after`` old."""
        self._secret = secret
        self._ripe_after = ripe_after

    def challenge(self, now: datetime) -> dict[str, Any]:
        """Return a new challenge, as ALTCHA's protocol has it."""
        from altcha import create_challenge  # noqa: PLC0415  # see above

        made = create_challenge(
            ALGORITHM,
            COST,
            counter=FEWEST + secrets.randbelow(SPREAD),
            data={
                MADE_AT: round(now.timestamp() * 1000),
                RIPE_AFTER: round(self._ripe_after / timedelta(milliseconds=1)),
            },
            hmac_secret=self._key("challenges"),
            hmac_key_secret=self._key("solutions"),
        )
        return made.to_dict()

    def read(self, sent: str | None, now: datetime) -> Proof | None:
        """Return the proof that was sent, None if it does not hold at ``now``."""
        payload = _payload(sent)
        if payload is None or not self._holds(payload):
            return None
        data, mark = payload.challenge.parameters.data, payload.challenge.signature
        proof = Proof(str(mark), _made_at(data or {}))
        return proof if proof.made_at <= now < proof.good_until else None

    def _holds(self, payload: "Payload") -> bool:
        from altcha import verify_solution  # noqa: PLC0415  # see above

        return verify_solution(
            payload, self._key("challenges"), hmac_key_secret=self._key("solutions")
        ).verified

    def _key(self, what_for: str) -> bytes:
        return hmac.digest(self._secret(), f"proofs of work: {what_for}".encode(), hashlib.sha256)


def _payload(sent: str | None) -> "Payload | None":
    if not sent or len(sent) > LONGEST:
        return None
    from altcha import Payload  # noqa: PLC0415  # see above

    try:
        return Payload.from_base64(sent)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # it is nothing of ours


def _made_at(data: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(data[MADE_AT] / 1000, UTC)
