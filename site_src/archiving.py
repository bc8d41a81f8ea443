"""Archives the contributions on a document: from then on, nobody need be asked for them."""

from dataclasses import dataclass
from pathlib import Path

from participation.refusals import UnknownDocument
from site_src.archives import Archive, archive_bytes, archive_path, is_over, read_archive
from site_src.asking_service import public_contributions_at
from site_src.content import Content


@dataclass(frozen=True, slots=True)
class Archived:
    """What was kept: the file, how many contributions, and how many of them have no answer.

    ``left`` are the versions to which something can still come: nothing of theirs is kept.
    """

    file: Path
    count: int
    unanswered: int
    left: tuple[int, ...]


def archive(content: Content, folder: Path, slug: str, service: str) -> Archived:
    """Ask the service for the public contributions on a document and keep those that are over.

    Raises:
        UnknownDocument: If there is no such published document.
        ServiceNotAsked: If the service does not answer.
        BrokenArchive: If its answer is none, tells too much, or tells of other texts.
    """
    published = content.documents.get(slug)
    if published is None:
        raise UnknownDocument(slug)
    found = read_archive(public_contributions_at(service, slug), published.document)
    file = folder / archive_path(slug)
    _write(file, archive_bytes(found))
    kept = [one for one in found.public.contributions if one.ref.version not in _left(found)]
    unanswered = sum(one.lacks_answer for one in kept)
    return Archived(file, len(kept), unanswered, _left(found))


def _left(found: Archive) -> tuple[int, ...]:
    return tuple(number for number, seen in found.public.windows.items() if not is_over(seen))


def _write(file: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    aside = file.with_name(f".{file.name}.new")
    aside.write_bytes(content)
    aside.replace(file)
