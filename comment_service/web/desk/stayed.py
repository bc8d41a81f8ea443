"""Why one of many contributions stayed as it was, and who was faster."""

from comment_service.web.desk.at_work import at_work
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.log_entry import LogEntry
from participation.refusals import Refusal

Stayed = tuple[str, str, LogEntry | None]  # id, why, and what was done to it last


def stayed_words(contribution_id: str, refusal: Refusal) -> Stayed:
    """Return why one stayed as it was."""
    return contribution_id, meaning(refusal.code, spoken())[0], _last_entry(contribution_id)


def _last_entry(contribution_id: str) -> LogEntry | None:
    history = at_work().history.of(contribution_id)
    return history[-1] if history else None
