"""Showing somebody the receipt of what they have just handed in, and nobody later.

The page after a form is asked for by an address. The code itself must stand in no address, which
browsers and logs remember; so the address bears a proof that holds for a few minutes.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from comment_service.receipts import receipt_code
from comment_service.web.forms import NUMBER
from comment_service.web.service import commenting

SECONDS = 600  # for which the page after a form may be loaded anew
UNTIL, PROOF = "until", "proof"


def shown_soon(contribution_id: str) -> dict[str, str]:
    """Return what stands in the address of the page after a form."""
    until = str(_seconds(commenting().clock()) + SECONDS)
    return {UNTIL: until, PROOF: _proof(contribution_id, until)}


def receipt_shown(contribution_id: str, query: Mapping[str, str]) -> str | None:
    """Return the receipt code if the address proves, in time, that it may be shown."""
    until, proof = query.get(UNTIL, ""), query.get(PROOF, "")
    if not NUMBER.fullmatch(until) or int(until) < _seconds(commenting().clock()):
        return None
    known = hmac.compare_digest(proof.encode(), _proof(contribution_id, until).encode())
    return receipt_code(commenting().secret(), contribution_id) if known else None


def _proof(contribution_id: str, until: str) -> str:
    asked = f"show the receipt of {contribution_id} until {until}"
    return hmac.digest(commenting().secret(), asked.encode(), hashlib.sha256).hex()[:32]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
