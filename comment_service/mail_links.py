"""What stands in the links of letters: a wish, and the proof that the link was in a letter."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

LENGTH = 32  # hexadecimal digits: 128 bits cannot be guessed
TOKEN = re.compile(rf"(?P<wish>[0-9a-f-]{{1,64}})\.(?P<proof>[0-9a-f]{{{LENGTH}}})")


class Purpose(StrEnum):
    """What a link is for; one cannot be made from the other."""

    CONFIRM = "confirm an address"
    STOP = "stop mail to an address"


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and reads what proves that somebody has got a letter; nothing of it is stored."""

    secret: bytes

    def token(self, purpose: Purpose, wish_id: str) -> str:
        """Return what stands in a link, always the same."""
        return f"{wish_id}.{self._proof(purpose, wish_id)}"

    def read(self, purpose: Purpose, token: str) -> str | None:
        """Return the wish of a token, None if it is not one of ours for that purpose."""
        found = TOKEN.fullmatch(token)
        if found is None:
            return None
        proof = self._proof(purpose, found["wish"])
        return found["wish"] if hmac.compare_digest(proof, found["proof"]) else None

    def key(self, what: str, value: str, day: str) -> str:
        """Return a name for something on one day, from which nobody can tell what it was."""
        return hmac.digest(self.secret, f"{what} {value} on {day}".encode(), hashlib.sha256).hex()

    def _proof(self, purpose: Purpose, wish_id: str) -> str:
        asked = f"{purpose.value}: {wish_id}"
        return hmac.digest(self.secret, asked.encode(), hashlib.sha256).hex()[:LENGTH]
