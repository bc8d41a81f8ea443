"""Checks against what was published before: a version that people commented on stays."""

import json
from collections.abc import Iterator
from pathlib import Path

from participation.catalogue import Catalogue, read_catalogue
from participation.document import Document
from participation.faults import UnreadableCatalogue
from site_src.content import Content
from site_src.messages import message
from site_src.problems import Level, Problem, warning


def check_publication(content: Content, catalogue: Path, *, refuse: bool) -> Iterator[Problem]:
    """Yield each version that the ``catalogue`` published and that is gone from the history.

    A catalogue that is missing or of another kind forbids nothing. Versions without a commit
    were never published, only shown. ``refuse``: that is an error, else a warning.
    """
    level = Level.ERROR if refuse else Level.WARNING
    for document in _published(catalogue).documents.values():
        known = content.documents.get(document.slug)
        path = f"guidelines/{document.slug}.md"
        if known is not None:
            numbers = {edition.version.number for edition in known.editions}
            yield from _vanished(path, document, numbers, level)
        elif path not in content.sources.unread and _numbers(document):
            yield warning(
                path,
                None,
                message("“{title}” was published, and is not here any more", title=document.title),
                message("if it was renamed or deleted by mistake, bring the file back"),
            )


def _published(file: Path) -> Catalogue:
    try:
        return read_catalogue(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, RecursionError, UnreadableCatalogue):
        return Catalogue({})


def _vanished(path: str, document: Document, numbers: set[int], level: Level) -> Iterator[Problem]:
    for number in _numbers(document):
        if number not in numbers:
            yield Problem(
                path,
                None,
                message(
                    "version {number} was published and is gone from the history", number=number
                ),
                message(
                    "bring its commit back (comments hang on it); if it was never public, delete "
                    "the folder of the old site"
                ),
                level,
            )


def _numbers(document: Document) -> list[int]:
    return [version.number for version in document.versions if version.commit is not None]
