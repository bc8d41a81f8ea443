"""Retention: what may be kept of a contribution when its document's period is over."""

from dataclasses import replace
from datetime import datetime

from participation.contribution import Contribution, ContributionStatus
from participation.moderation import erased


def retained(contribution: Contribution, now: datetime) -> Contribution:
    """Return what may be kept of a contribution for longer.

    What is public stays as part of the text's history, but nobody's name; all else is erased,
    what stood there before a correction, too.
    """
    if contribution.status is not ContributionStatus.PUBLISHED:
        return erased(contribution, now)
    typed = contribution.transcribed
    return replace(
        contribution,
        name=None,
        transcribed=None if typed is None else replace(typed, by=""),
        earlier_texts=(),
        author_mark=None,
    )
