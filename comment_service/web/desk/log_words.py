"""What an entry of the log says, in words."""

from comment_service.answering import NOTHING
from comment_service.web.contribution_words import contribution_words
from comment_service.web.messages import gettext_noop
from comment_service.web.spoken import spoken
from participation.contribution import ContributionStatus, HidingReason
from participation.decision import DecisionStatus
from participation.log_entry import Changed, LogEntry

CHANGED = {
    Changed.STATUS: gettext_noop("State"),
    Changed.TEXT: gettext_noop("Text"),
    Changed.DECISION: gettext_noop("Answer"),
    Changed.ACCOUNT: gettext_noop("Account"),
}
DECISION_STATUSES: dict[str, str] = {
    DecisionStatus.DRAFT: gettext_noop("draft"),
    DecisionStatus.PUBLISHED: gettext_noop("public"),
    DecisionStatus.DISCARDED: gettext_noop("discarded"),
}
REASONS = {
    "blacked-out": gettext_noop("blacked out"),
    "erased": gettext_noop("erased"),
    "retention": gettext_noop("erased after the retention period"),
}


def log_words(entry: LogEntry) -> str:
    """Return what was changed, from what to what, and why; of texts only the fact."""
    language = spoken()
    if entry.changed is Changed.TEXT:
        reason = REASONS.get(entry.reason or "")
        return f"{changed_words(entry.changed)}: {_or(reason, entry.reason or '')}"
    if entry.changed is Changed.DECISION and entry.new not in DECISION_STATUSES:
        written = gettext_noop("written") if entry.old == NOTHING else gettext_noop("rewritten")
        return f"{changed_words(entry.changed)}: {language.gettext(written)}"
    values = {"old": _value(entry.old), "new": _value(entry.new)}
    steps = language.gettext("%(old)s → %(new)s") % values if entry.old else values["new"]
    because = f" ({_value(entry.reason)})" if entry.reason else ""
    return f"{changed_words(entry.changed)}: {steps}{because}"


def _or(message: str | None, plain: str) -> str:
    return plain if message is None else spoken().gettext(message)


def _value(value: str) -> str:
    if value in DECISION_STATUSES:
        return spoken().gettext(DECISION_STATUSES[value])
    for known in (ContributionStatus, HidingReason):
        if value in set(known):
            return contribution_words(known(value))
    return value


def changed_words(changed: Changed) -> str:
    """Return what was changed, in words."""
    return spoken().gettext(CHANGED[changed])
