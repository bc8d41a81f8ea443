"""From what is kept on a document to what everybody may see of it."""

from collections.abc import Sequence

from participation.contribution import Contribution, ContributionStatus
from participation.document import Document
from participation.public_contributions import PublicContribution


def made_public(document: Document, kept: Sequence[Contribution]) -> tuple[PublicContribution, ...]:
    """Return the public contributions on the versions of a document, by their ordinals.

    ``kept`` is all that is kept on it, oldest first. Contributions that wait are not counted.
    """
    there = {version.number for version in document.versions}
    counted = [one for one in kept if one.status is not ContributionStatus.PENDING]
    return tuple(
        _public(one, ordinal)
        for ordinal, one in enumerate(counted, start=1)
        if one.status is ContributionStatus.PUBLISHED and one.ref.version in there
    )


def _public(one: Contribution, ordinal: int) -> PublicContribution:
    return PublicContribution(
        id=one.id,
        ordinal=ordinal,
        ref=one.ref,
        kind=one.kind,
        text=one.text,
        name=one.name,
        channel=one.channel,
        received_at=one.received_at,
    )
