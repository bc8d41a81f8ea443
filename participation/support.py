"""Support: one person's backing of a contribution, once per browser, and taken back at will."""

from dataclasses import dataclass, replace
from datetime import datetime

from participation.contribution import Contribution, ContributionStatus
from participation.document import Version
from participation.permissions import Verb, admit
from participation.refusals import OwnContribution, UnknownContribution


@dataclass(frozen=True, slots=True)
class Support:
    """A browser's support of the contribution of id ``contribution``, on ``document``.

    ``id`` is a keyed digest of both, so that there is one of each browser at most and it links no
    two contributions; ``at`` is when it was given, or taken back.
    """

    id: str
    document: str
    contribution: str
    at: datetime
    is_withdrawn: bool = False


def supported(contribution: Contribution, version: Version, mark: str, *, now: datetime) -> Support:
    """Return the support of a contribution by the browser of a mark.

    Raises:
        WindowNotOpen: If the version takes no contributions at ``now``.
        UnknownContribution: If it is not public.
        OwnContribution: If it was written in the same browser.
    """
    admit(Verb.SUPPORT, version, now=now)
    refuse_hidden(contribution)
    if contribution.author_mark == mark:
        raise OwnContribution(contribution.id)
    return Support(mark, contribution.ref.document, contribution.id, now)


def support_withdrawn(support: Support, version: Version, *, now: datetime) -> Support:
    """Return the support as it was taken back.

    Raises:
        WindowNotOpen: If the version takes no contributions at ``now``.
    """
    admit(Verb.WITHDRAW_SUPPORT, version, now=now)
    return replace(support, at=now, is_withdrawn=True)


def refuse_hidden(contribution: Contribution) -> None:
    """Return if a contribution is public.

    Raises:
        UnknownContribution: If it is not: nobody is told that it is there.
    """
    if contribution.status is not ContributionStatus.PUBLISHED:
        raise UnknownContribution(contribution.id)
