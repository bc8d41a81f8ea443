"""Archives: the contributions on documents whose consultation is over, kept beside the texts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec

import participation.public_contributions
from participation.contributions_of_document import plain_contributions, plain_counts
from participation.document import Document
from participation.faults import UnreadableContributions
from participation.paragraph import ParagraphRef
from participation.public_contributions import (
    PublicContributions,
    WindowSeen,
    read_contributions,
)
from participation.refusals import Refusal
from participation.said_on_paragraphs import changed_because_of
from participation.window import WindowState
from site_src.editions import PublishedDocument
from site_src.messages import Message, message
from site_src.problems import Problem, warning
from site_src.sources import ARCHIVE

SCHEMA = Path(participation.public_contributions.__file__).with_name("contributions.schema.json")
ERRORS_SHOWN = 5  # of one archive; whoever edits such a file by hand needs no more


class BrokenArchive(Exception):
    """This is no archive of public contributions; ``what`` says why, each with its place."""

    def __init__(self, what: list[Message]) -> None:
        super().__init__(what[0].english)
        self.what = what


@dataclass(frozen=True)
class Archive:
    """What was said on a document, as far as it is over."""

    document: Document
    public: PublicContributions

    def covers(self, number: int) -> bool:
        """Say whether nothing can come to a version any more, so that nobody need be asked.

        A window that was set anew since is another one: then the service knows more.
        """
        window = self.document.version(number).window
        seen = self.public.windows.get(number)
        if window is None:
            return seen is None
        return seen is not None and is_over(seen) and seen.window == window

    @cached_property
    def covered(self) -> tuple[int, ...]:
        """The numbers of the versions that it covers."""
        return tuple(one.number for one in self.document.versions if self.covers(one.number))

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the covered versions on which, or before which, anything was said."""
        first = min((one.ref.version for one in self.public.contributions), default=None)
        return tuple(number for number in self.covered if first is not None and number >= first)

    def because(self, number: int) -> dict[int, list[int]]:
        """Return the ordinals of the contributions that changed a paragraph of a version."""
        found = changed_because_of(self.public.contributions, self.document.slug, number)
        return {changed: [one.ordinal for one in some] for changed, some in found.items()}

    def is_answered(self, number: int) -> bool:
        """Say whether everything that was said on a version has an answer."""
        return not any(one.lacks_answer for one in self.public.on_version(number))

    def total(self, number: int) -> dict[str, int]:
        """Return how much was said on all versions, and how much of it on what is gone since."""
        told = self.plain_counts(number)
        return {"total": told["count"], "gone": _sum(told["versions"][0]["removed"])}

    def counts(self, number: int) -> dict[str, list[int]]:
        """Return for each paragraph how much was said on it, and on what it was before."""
        return {
            str(paragraph["number"]): [paragraph["count"], _sum(paragraph["earlier"])]
            for paragraph in self.plain_counts(number)["versions"][0]["paragraphs"]
        }

    def plain(self, number: int) -> dict[str, Any]:
        """Return what the service would answer for one version."""
        return plain_contributions(
            self.document, self.public.contributions, self.public.windows, only=number
        )

    def plain_counts(self, number: int) -> dict[str, Any]:
        """Return how the service would count what was said on one version."""
        return plain_counts(
            self.document, self.public.contributions, self.public.windows, only=number
        )


def is_over(seen: WindowSeen | None) -> bool:
    """Say whether nothing can be handed in any more, as far as was known then."""
    return seen is None or seen.state is WindowState.CLOSED


def archive_path(slug: str) -> str:
    """Return where the archive of a document lies, relative to the content."""
    return f"guidelines/{slug}{ARCHIVE}"


def read_archives(
    files: Mapping[str, Path], documents: Mapping[str, PublishedDocument], problems: list[Problem]
) -> dict[str, Archive]:
    """Read the archives by the slugs of their documents; what is wrong goes to ``problems``."""
    archives = {}
    for slug, file in files.items():
        path, published = archive_path(slug), documents.get(slug)
        if published is None:
            problems.append(warning(path, None, NO_DOCUMENT, DELETE))
            continue
        try:
            archives[slug] = read_archive(file.read_bytes(), published.document)
        except BrokenArchive as broken:
            problems += [Problem(path, None, what, MAKE_ANEW) for what in broken.what]
    return archives


def read_archive(content: bytes, document: Document) -> Archive:
    """Read the public contributions on a document, from an archive or from the service.

    Raises:
        BrokenArchive: If it is none, or belongs to another document or to other texts.
    """
    plain = _checked(content)
    try:
        public = read_contributions(plain)
    except UnreadableContributions as error:
        raise BrokenArchive([message("it makes no sense: {detail}", detail=str(error))]) from None
    wrong = list(_foreign(public, document))
    if wrong:
        raise BrokenArchive(wrong[:ERRORS_SHOWN])
    return Archive(document, public)


def archive_bytes(archive: Archive) -> bytes:
    """Return the file's bytes, the same for the same contributions; only what is over goes in."""
    over = tuple(
        one for one in archive.document.versions if is_over(archive.public.windows.get(one.number))
    )
    document = replace(archive.document, versions=over)
    plain = plain_contributions(document, archive.public.contributions, archive.public.windows)
    return written(plain)


def written(plain: Mapping[str, Any]) -> bytes:
    """Return plain data as JSON that people and git can read."""
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def _sum(counts: Iterable[Mapping[str, int]]) -> int:
    return sum(one["count"] for one in counts)


def _checked(content: bytes) -> dict[str, Any]:
    """Return the JSON, if it fits the schema: a field that it does not name may be personal."""
    try:
        plain: dict[str, Any] = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BrokenArchive([message("it is no JSON: {detail}", detail=str(error))]) from None
    errors = [
        message(
            "at “{place}” it does not fit its schema: {detail}",
            place="/".join(str(step) for step in error.instance_path),
            detail=error.message[:200],
        )
        for error in _validator().iter_errors(plain)
    ]
    if errors:
        raise BrokenArchive(errors[:ERRORS_SHOWN])
    return plain


def _foreign(public: PublicContributions, document: Document) -> Iterator[Message]:
    """Yield what belongs to another document, or to a text that there is not."""
    if public.document != document.slug:
        yield message("it belongs to the document “{slug}”", slug=public.document)
        return
    for one in public.contributions:
        changes = one.answer.changes if one.answer else ()
        for ref in _unknown([one.ref, *changes], document):
            yield message(
                "contribution {ordinal} names {ref}, which there is not",
                ordinal=one.ordinal,
                ref=str(ref),
            )


def _unknown(refs: Iterable[ParagraphRef], document: Document) -> Iterator[ParagraphRef]:
    for ref in refs:
        try:
            document.paragraph(ref.version, ref.number)
        except Refusal:
            yield ref


@cache
def _validator() -> jsonschema_rs.Validator:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)


NO_DOCUMENT = message("there is no document to which this archive belongs")
DELETE = message("delete it, or bring the document back")
MAKE_ANEW = message("take it out of the history, or make it anew with “build.py archive”")
