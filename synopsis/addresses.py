"""Where the links of a synopsis lead: to texts, comparisons, minutes and files."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution

SYNOPSIS = "abwaegung"  # what the addresses of synopses call them


@dataclass(frozen=True, slots=True)
class Addresses:
    """``site`` is where the site begins, relative or not, with a slash at its end.

    ``files`` is the address of the files without what ends their names; ``synopses`` that of
    the synopsis of a version, with ``{version}`` in the place of its number; ``minutes`` are the
    days of which the site has minutes; ``compared`` says whether it compares the two versions.
    """

    site: str
    files: str
    synopses: str
    minutes: Container[date] = field(default=frozenset())
    compared: bool = True

    def paragraph(self, ref: ParagraphRef) -> str:
        """Return where a paragraph stands for good."""
        return f"{self.site}{ref.document}/{ref.version}/#rn-{ref.number}"

    def version(self, slug: str, number: int) -> str:
        """Return where a version stands for good."""
        return f"{self.site}{slug}/{number}/"

    def comparison(self, slug: str, old: int, new: int) -> str:
        """Return where two versions are compared."""
        return f"{self.site}{slug}/{old}-{new}/"

    def contribution(self, one: PublicContribution, *, here: int) -> str:
        """Return where a contribution stands, as seen from the synopsis of the version ``here``."""
        version = one.ref.version
        page = "" if version == here else self.synopses.format(version=version)
        return f"{page}#beitrag-{one.ordinal}"

    def meeting(self, day: date) -> str | None:
        """Return where the minutes of a day stand, if there are any."""
        return f"{self.site}sitzungen/{day}/" if day in self.minutes else None
