"""What was said on the paragraphs of a version: on each itself, and on what it was before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from participation.carried import Carried, carried
from participation.document import Document, Version
from participation.public_contributions import PublicContribution

Said = Carried[PublicContribution]


@dataclass(frozen=True, slots=True)
class SaidOnParagraph:
    """What was said on one paragraph, in this version and before.

    ``because`` are the contributions on whose answers it was changed.
    """

    number: int
    own: Sequence[PublicContribution]
    earlier: Sequence[Said]
    because: Sequence[PublicContribution]


@dataclass(frozen=True, slots=True)
class SaidOnVersion:
    """What was said on a version: only on paragraphs that have anything.

    ``count`` are those on the version itself; ``removed`` were made on what it has no more.
    """

    version: Version
    count: int
    paragraphs: tuple[SaidOnParagraph, ...]
    removed: tuple[Said, ...]


def said_on(
    document: Document, version: Version, contributions: Sequence[PublicContribution]
) -> SaidOnVersion:
    """Return what was said on a version; ``contributions`` are all on the document."""
    own = [one for one in contributions if one.ref.version == version.number]
    before = carried(document, contributions, version.number)
    because = changed_because_of(contributions, document.slug, version.number)
    here: defaultdict[int, list[PublicContribution]] = defaultdict(list)
    for contribution in own:
        here[contribution.ref.number].append(contribution)
    earlier: defaultdict[int, list[Said]] = defaultdict(list)
    for one in before:
        for number in one.here:
            earlier[number].append(one)
    paragraphs = tuple(
        SaidOnParagraph(number, here[number], earlier[number], because.get(number, ()))
        for number in sorted({*here, *earlier, *because})
    )
    return SaidOnVersion(
        version, len(own), paragraphs, tuple(one for one in before if not one.here)
    )


def changed_because_of(
    contributions: Iterable[PublicContribution], slug: str, version: int
) -> dict[int, list[PublicContribution]]:
    """Return the contributions whose answers name a paragraph of a version, by its number."""
    found: defaultdict[int, list[PublicContribution]] = defaultdict(list)
    for one in contributions:
        for ref in one.answer.changes if one.answer else ():
            if (ref.document, ref.version) == (slug, version):
                found[ref.number].append(one)
    return dict(found)
