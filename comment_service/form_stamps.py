"""Stamps of forms: when a form was handed out, and with which question; signed, not kept."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from comment_service.questions import QUESTIONS

STAMP = re.compile(r"([0-9]{1,15})-([a-z-]{1,40})-([0-9a-f]{16})-([0-9a-f]{32})")
LIFETIME = timedelta(hours=12)  # of the right answer to a question


@dataclass(frozen=True, slots=True)
class FormStamp:
    """What a form says of itself; ``mark`` is its own."""

    made_at: datetime
    question: str
    mark: str

    @property
    def good_until(self) -> datetime:
        """The moment from which on an answer to its question proves nothing any more."""
        return self.made_at + LIFETIME


class FormStamps:
    """Makes and reads stamps."""

    def __init__(self, secret: Callable[[], bytes]) -> None:
        """Lean on the store's secret."""
        self._secret = secret

    def new(self, now: datetime) -> tuple[str, str]:
        """Return a new stamp and the name of the question that it bears."""
        question = secrets.choice(QUESTIONS)
        said = f"{round(now.timestamp() * 1000)}-{question}-{secrets.token_hex(8)}"
        return f"{said}-{self._signature(said)}", question

    def read(self, stamp: str | None) -> FormStamp | None:
        """Return what a stamp says, None if it is none of ours."""
        known = STAMP.fullmatch(stamp or "")
        if known is None:
            return None
        milliseconds, question, mark, signature = known.groups()
        said = f"{milliseconds}-{question}-{mark}"
        if not hmac.compare_digest(signature, self._signature(said)):
            return None
        return FormStamp(datetime.fromtimestamp(int(milliseconds) / 1000, UTC), question, mark)

    def _signature(self, said: str) -> str:
        asked = f"a form was handed out: {said}".encode()
        return hmac.digest(self._secret(), asked, hashlib.sha256).hex()[:32]
