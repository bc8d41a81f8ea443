"""What residents do, and which of it needs an open window."""

from datetime import datetime
from enum import StrEnum

from participation.document import Version
from participation.refusals import WindowNotOpen
from participation.window import WindowState


class Verb(StrEnum):
    """What a resident does with contributions."""

    READ = "read"
    CONTRIBUTE = "contribute"
    REPLY = "reply"
    SUPPORT = "support"
    CORRECT = "correct"
    WITHDRAW_SUPPORT = "withdraw-support"
    WITHDRAW = "withdraw"


ALWAYS_POSSIBLE = frozenset({Verb.READ, Verb.WITHDRAW})


def admit(verb: Verb, version: Version, *, now: datetime) -> None:
    """Let a resident's verb pass at the moment ``now`` (aware), for whatever role.

    Raises:
        WindowNotOpen: If the verb needs an open window and the version's is not open.
    """
    if verb in ALWAYS_POSSIBLE:
        return
    window = version.window
    if window is None:
        raise WindowNotOpen(None, None)
    if window.state(now) is not WindowState.OPEN:
        raise WindowNotOpen(window.opens, window.closes)
