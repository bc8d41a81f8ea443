"""The gate of a publication: no new version while somebody waits for an answer to the last one."""

from collections.abc import Iterator
from itertools import pairwise

from participation.document import Document
from participation.public_contributions import PublicContribution, PublicContributions
from site_src.archives import Archive, BrokenArchive, read_archive
from site_src.asking_service import ServiceNotAsked, public_contributions_at
from site_src.editions import Edition, PublishedDocument
from site_src.messages import Message, message
from site_src.problems import Level, Problem

BEGINNING = 60  # characters of a contribution that are shown


def check_answers(
    published: PublishedDocument, archive: Archive | None, service: str, *, unasked: Level
) -> Iterator[Problem]:
    """Yield each public contribution to the version before the newest that has no answer.

    What was said is in the archive; if that does not cover the version, the ``service`` is
    asked. ``unasked`` is how much it weighs if nobody knows where to ask.
    """
    editions = list(pairwise(published.editions))
    if not editions:
        return
    before, newest = editions[-1]
    if not newest.source.answers_required or not _could_be_said(published, before):
        return
    try:
        public = _public(published.document, before.version.number, archive, service)
    except (ServiceNotAsked, BrokenArchive) as error:
        what = message(
            "nobody can say whether all contributions to version {number} are answered: {detail}",
            number=before.version.number,
            detail=_words(error),
        )
        level = unasked if not service else Level.ERROR
        yield _problem(newest, what, ASK, level)
        return
    for one in public.on_version(before.version.number):
        if one.lacks_answer:
            yield _problem(newest, _unanswered(published.document, newest, one), ANSWER)


def _could_be_said(published: PublishedDocument, before: Edition) -> bool:
    """Say whether the version, or one before it, took contributions: late ones count, too."""
    return published.shows_comments(before.version.number)


def _public(
    document: Document, number: int, archive: Archive | None, service: str
) -> PublicContributions:
    if archive is not None and archive.covers(number):
        return archive.public
    return read_archive(public_contributions_at(service, document.slug), document).public


def _unanswered(document: Document, newest: Edition, one: PublicContribution) -> Message:
    text = " ".join(one.text.split())
    beginning = text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…"
    number = newest.version.number
    words = REMOVED if not document.successors(one.ref.version, one.ref.number, number) else WAITS
    return message(
        words.english,
        ordinal=one.ordinal,
        version=one.ref.version,
        number=one.ref.number,
        newest=number,
        beginning=beginning,
    )


def _words(error: Exception) -> str | Message:
    return error.what[0] if isinstance(error, BrokenArchive) else str(error)


def _problem(newest: Edition, what: Message, cure: Message, level: Level = Level.ERROR) -> Problem:
    file = newest.source.file
    return Problem(file.path, file.line("version"), what, cure, level)


WAITS = message(
    "contribution {ordinal} on version {version}, Rn. {number}, has no answer: “{beginning}”"
)
REMOVED = message(
    "contribution {ordinal} on version {version}, Rn. {number}, has no answer, and version "
    "{newest} removes the paragraph: “{beginning}”"
)
ANSWER = message(
    "answer it at the editorial desk and publish the answer; for a document whose contributions "
    "need none, write “answers_required: false”"
)
ASK = message(
    "name the comment service by --service, archive what was said with “build.py archive”, or "
    "write “answers_required: false”"
)
