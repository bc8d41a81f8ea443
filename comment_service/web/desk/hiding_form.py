"""What is to be done to contributions, as a form says it."""

from collections.abc import Mapping

from participation.contribution import Hiding, HidingReason
from participation.moderation import Act
from participation.refusals import FieldProblem, InvalidInput

ACTS = {act.value: act for act in (Act.PUBLISH, Act.HIDE, Act.RESTORE)}


def read_act(form: Mapping[str, str]) -> Act:
    """Read what is to be done.

    Raises:
        InvalidInput: If it is none of the acts of the desk.
    """
    act = ACTS.get(form.get("act", ""))
    if act is None:
        raise InvalidInput({"act": FieldProblem("missing")})
    return act


def read_hiding(form: Mapping[str, str]) -> Hiding | None:
    """Read why it is to be hidden, if it is.

    Raises:
        InvalidInput: If no reason was chosen from the list.
    """
    if form.get("act") != Act.HIDE:
        return None
    reason = form.get("reason", "")
    if reason not in set(HidingReason):
        raise InvalidInput({"reason": FieldProblem("no-reason")})
    return Hiding(HidingReason(reason), form.get("note") or None)
