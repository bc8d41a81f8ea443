"""What kinds, states, ways in, outcomes and reasons of hiding are called."""

from collections.abc import Mapping
from enum import StrEnum

from comment_service.web.messages import gettext_noop
from comment_service.web.spoken import spoken
from comment_service.web.words_of_contributions import CHANNELS, KINDS, OUTCOMES
from participation.contribution import ContributionStatus, HidingReason

STATUSES = {
    ContributionStatus.PENDING: gettext_noop("waits for a review"),
    ContributionStatus.PUBLISHED: gettext_noop("public"),
    ContributionStatus.HIDDEN: gettext_noop("hidden"),
    ContributionStatus.WITHDRAWN: gettext_noop("withdrawn"),
}
REASONS = {
    HidingReason.INSULT: gettext_noop("insult"),
    HidingReason.ADVERTISING: gettext_noop("advertising"),
    HidingReason.OFF_TOPIC: gettext_noop("off topic"),
    HidingReason.PERSONAL_DATA: gettext_noop("personal data of others"),
    HidingReason.DUPLICATE: gettext_noop("sent twice"),
    HidingReason.UNLAWFUL: gettext_noop("against the law"),
    HidingReason.OTHER: gettext_noop("another reason"),
}
WORDS: Mapping[StrEnum, str] = dict(
    item for words in (KINDS, CHANNELS, OUTCOMES, STATUSES, REASONS) for item in words.items()
)


def contribution_words(value: StrEnum) -> str:
    """Return what something about a contribution is called in the language that is spoken."""
    return spoken().gettext(WORDS[value])
