"""Who may do what: residents inside the window, accounts of the editorial desk by their role."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from participation.account import Account
from participation.document import Version
from participation.log_entry import Role
from participation.refusals import NotPermitted, WindowNotOpen
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


class Action(StrEnum):
    """What is done at the editorial desk; no window holds for it."""

    SEE_DESK = "see-desk"
    MODERATE = "moderate"
    BLACK_OUT = "black-out"
    TRANSCRIBE = "transcribe"
    IMPORT = "import"
    ANSWER = "answer"
    PUBLISH_ANSWERS = "publish-answers"
    EXPORT = "export"
    ERASE = "erase"
    SEE_LOG = "see-log"
    MANAGE_ACCOUNTS = "manage-accounts"


_MODERATORS = frozenset(
    {Action.SEE_DESK, Action.MODERATE, Action.BLACK_OUT, Action.TRANSCRIBE, Action.SEE_LOG}
)
_EDITORS = _MODERATORS | {
    Action.IMPORT,
    Action.ANSWER,
    Action.PUBLISH_ANSWERS,
    Action.EXPORT,
    Action.ERASE,
}
PERMITTED: Mapping[Role, frozenset[Action]] = {
    Role.AUTHOR: frozenset(),
    Role.MODERATOR: _MODERATORS,
    Role.EDITOR: _EDITORS,
    Role.ADMINISTRATOR: frozenset(Action),
}


def permitted(role: Role, action: Action) -> bool:
    """Say whether somebody may do ``action`` in that role."""
    return action in PERMITTED[role]


def allow(account: Account, action: Action) -> None:
    """Let an action of an account pass.

    Raises:
        NotPermitted: If its role does not permit the action, or it is locked.
    """
    if account.is_locked or not permitted(account.role, action):
        raise NotPermitted(action)
