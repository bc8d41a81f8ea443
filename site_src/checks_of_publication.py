"""Checks against what was published before: a version that people commented on stays."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from participation.catalogue import Catalogue, read_catalogue
from participation.document import Document, Version
from participation.faults import UnreadableCatalogue
from site_src.content import Content
from site_src.editions import PublishedDocument
from site_src.messages import Message, message
from site_src.problems import Level, Problem, warning


def check_publication(content: Content, catalogue: Path, *, refuse: bool) -> Iterator[Problem]:
    """Yield each version that the ``catalogue`` published and the history no longer tells of.

    One with another number of paragraphs is another one: comments would hang on the wrong ones.
    A catalogue that is missing or of another kind forbids nothing. Versions without a commit
    were never published, only shown. ``refuse``: that is an error, else a warning.
    """
    level = Level.ERROR if refuse else Level.WARNING
    for document in _published(catalogue).documents.values():
        known = content.documents.get(document.slug)
        path = f"guidelines/{document.slug}.md"
        if known is not None:
            yield from _changed(known, document, level)
        elif path not in content.sources.unread and _numbers(document):
            yield warning(
                path,
                None,
                message("“{title}” was published, and is not here any more", title=document.title),
                message("if it was renamed or deleted by mistake, bring the file back"),
            )


def is_new(published: PublishedDocument, catalogue: Path) -> bool:
    """Say whether the newest version of a document that is public has not been public yet."""
    known = _published(catalogue).documents.get(published.slug)
    return known is not None and known.newest.number < published.newest.version.number


def _published(file: Path) -> Catalogue:
    try:
        return read_catalogue(msgspec.json.decode(file.read_bytes()))
    except (OSError, ValueError, RecursionError, UnreadableCatalogue):
        return Catalogue({})


def _changed(known: PublishedDocument, document: Document, level: Level) -> Iterator[Problem]:
    file, now = known.newest.source.file, known.document.versions
    counts = {version.number: len(version.paragraphs) for version in now}
    for version in document.versions:
        count = counts.get(version.number)
        if version.commit is not None and count != len(version.paragraphs):
            what = _gone(version) if count is None else _rewritten(version, count)
            yield Problem(file.path, file.line("version"), what, BRING_BACK, level)


def _gone(version: Version) -> Message:
    return message(
        "version {number} was published and is gone from the history", number=version.number
    )


def _rewritten(version: Version, count: int) -> Message:
    return message(
        "version {number} was published with {then} paragraphs, and in the history it has {now}",
        number=version.number,
        then=len(version.paragraphs),
        now=count,
    )


def _numbers(document: Document) -> list[int]:
    return [version.number for version in document.versions if version.commit is not None]


BRING_BACK = message(
    "bring its commit back (comments hang on it); if it was never public, delete the folder of "
    "the old site"
)
