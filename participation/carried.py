"""Contributions carried along: those on earlier versions, found where their paragraph went."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from participation.document import Document, Version
from participation.paragraph import Paragraph, ParagraphRef


class Placed(Protocol):
    """What was said on a paragraph."""

    @property
    def ref(self) -> ParagraphRef:
        """The paragraph."""
        ...


Said = TypeVar("Said", bound=Placed)


@dataclass(frozen=True, slots=True)
class Carried(Generic[Said]):
    """The contributions on one paragraph of an earlier version.

    ``here`` are the numbers that it has in the later version: none if it was removed.
    """

    version: Version
    paragraph: Paragraph
    here: tuple[int, ...]
    contributions: tuple[Said, ...]


def carried(
    document: Document, contributions: Iterable[Said], to: int
) -> tuple[Carried[Said], ...]:
    """Return what was said on the versions before ``to``, by version and number.

    None is lost: what stands on a removed paragraph is there, too. (A version that is gone
    from the catalogue has none to show; the build refuses to let one go.)

    Raises:
        UnknownVersion: If the document has no version ``to``.
    """
    document.version(to)
    earlier = {version.number for version in document.versions if version.number < to}
    found: defaultdict[tuple[int, int], list[Said]] = defaultdict(list)
    for contribution in contributions:
        if contribution.ref.version in earlier:
            found[contribution.ref.version, contribution.ref.number].append(contribution)
    return tuple(
        Carried(
            document.version(version),
            document.paragraph(version, number),
            document.successors(version, number, to),
            tuple(together),
        )
        for (version, number), together in sorted(found.items())
    )
