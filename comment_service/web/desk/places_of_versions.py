"""Versions that take contributions at some time, to be chosen from: ``leitlinien/1``."""

import re
from dataclasses import dataclass

from comment_service.web.service import commenting
from participation.document import Document, Version
from participation.paragraph import SLUG
from participation.refusals import FieldProblem, InvalidInput

PLACE = re.compile(rf"({SLUG.pattern})/([0-9]{{1,9}})")


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """A version of a document, and what it is called in a form."""

    document: Document
    version: Version

    @property
    def value(self) -> str:
        """What a form says of it."""
        return f"{self.document.slug}/{self.version.number}"


def version_places() -> list[VersionPlace]:
    """Return all that can be chosen: newest versions first."""
    return [
        VersionPlace(document, version)
        for document in commenting().published().documents.values()
        for version in reversed(document.versions)
        if version.window is not None
    ]


def read_place(text: str) -> tuple[str, int]:
    """Read what was chosen: the slug of a document, and the number of a version.

    Raises:
        InvalidInput: If it is none that is offered.
    """
    chosen = PLACE.fullmatch(text)
    if chosen is None or text not in {place.value for place in version_places()}:
        raise InvalidInput({"place": FieldProblem("unknown-choice")})
    return chosen[1], int(chosen[2])
