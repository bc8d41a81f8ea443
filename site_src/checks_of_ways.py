"""Checks of the ways between versions: doubtful ones, for an editor to settle."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from participation.document import Version
from participation.following import is_doubtful
from participation.way import Way
from site_src.content import Content
from site_src.messages import Message, message
from site_src.problems import Problem, hint
from site_src.settled_ways import pair_name
from site_src.sources import FOLLOWS

SHOWN = 160  # characters of a wording in a hint


def check_ways(content: Content) -> Iterator[Problem]:
    """Yield files of settled ways without a document, and hints at doubtful ways."""
    yield from _without_document(content)
    for published in content.documents.values():
        versions = [edition.version for edition in published.editions]
        for old, new in pairwise(versions):
            for way in new.ways:
                if is_doubtful(way):
                    yield _doubtful(published.slug, old, new, way)


def _without_document(content: Content) -> Iterator[Problem]:
    known = {PurePosixPath(path).stem for path in content.sources.unread}
    known |= {document.slug for document in content.sources.documents}
    for slug, file in content.sources.follows.items():
        if slug not in known:
            yield Problem(
                file.path,
                1,
                message("there is no document “{slug}” for these ways", slug=slug),
                message("name the file after its document, such as leitlinien{end}", end=FOLLOWS),
            )


def _doubtful(slug: str, old: Version, new: Version, way: Way) -> Problem:
    pair = pair_name(old.number, new.number)
    numbers = ", ".join(str(number) for number in way.new)
    return hint(
        f"guidelines/{slug}{FOLLOWS}",
        None,
        message(
            "{pair}: it is doubtful what became of paragraph {number} “{text}”; {chosen}",
            pair=pair,
            number=way.old,
            text=_short(old.texts[way.old - 1]),
            chosen=_chosen(new, way, numbers),
        ),
        message(
            "if that is right, write “{number}: [{numbers}]” below “{pair}:”, else the right "
            "numbers, or [] if it was removed",
            pair=pair,
            number=way.old,
            numbers=numbers,
        ),
    )


def _chosen(new: Version, way: Way, numbers: str) -> Message:
    if not way.new:
        return message("chosen: it was removed")
    texts = " … ".join(_short(new.texts[number - 1]) for number in way.new)
    return message("chosen: {numbers} “{text}”", numbers=numbers, text=texts)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
