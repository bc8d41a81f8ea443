"""What an entry of the log says, in words."""

from comment_service.answering import NOTHING
from comment_service.web.contribution_words import contribution_words
from comment_service.web.desk.role_words import role_words
from comment_service.web.messages import gettext_noop
from comment_service.web.spoken import spoken
from participation.contribution import ContributionStatus, HidingReason
from participation.decision import DecisionStatus
from participation.log_entry import Changed, LogEntry, Role

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
ACCOUNT_VALUES = {  # see administering.py; roles have words of their own
    "password": gettext_noop("password"),
    "other password": gettext_noop("another password"),
    "no second factor": gettext_noop("without a second factor"),
    "second factor": gettext_noop("second factor"),
    "no single sign-on": gettext_noop("without single sign-on"),
    "single sign-on": gettext_noop("single sign-on"),
    "open": gettext_noop("not locked"),
    "locked": gettext_noop("locked"),
}
REASONS = {
    "blacked-out": gettext_noop("blacked out"),
    "erased": gettext_noop("erased"),
    "retention": gettext_noop("erased after the retention period"),
    "corrected": gettext_noop("corrected by its author"),
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
    told = _account_value if entry.changed is Changed.ACCOUNT else _value
    values = {"old": told(entry.old), "new": told(entry.new)}
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
    return _or(REASONS.get(value), value)


def _account_value(value: str) -> str:
    if value in set(Role):
        return role_words(Role(value))
    return _or(ACCOUNT_VALUES.get(value), value)


def changed_words(changed: Changed) -> str:
    """Return what was changed, in words."""
    return spoken().gettext(CHANGED[changed])
