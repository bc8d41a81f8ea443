"""Settles the ways to a version: writes them into the file that overrules the computed ones."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from participation.refusals import UnknownDocument, UnknownVersion
from participation.way import Way
from site_src.content import Content
from site_src.editions import PublishedDocument
from site_src.settled_ways import pair_name
from site_src.site_settings import yaml
from site_src.sources import FOLLOWS

FIRST_LINES = "# Old paragraph → the new ones that it became; [] if it was removed.\n"


def settle(content: Content, folder: Path, slug: str, version: int) -> tuple[Path, int]:
    """Write the ways from the version before to ``version``; what is there already stays.

    Args:
        content: Content without errors in its settled ways.
        folder: The content's folder.
        slug: The document.
        version: Its version; not its first one.

    Returns:
        The file, and the number of entries that were added.

    Raises:
        UnknownDocument: If there is no such document.
        UnknownVersion: If it has no such version, or none before it.
    """
    published = content.documents.get(slug)
    if published is None:
        raise UnknownDocument(slug)
    pair, ways = _ways_to(published, version)
    file = folder / "guidelines" / f"{slug}{FOLLOWS}"
    plain = _read(file)
    added = _add(plain.setdefault(pair, CommentedMap()), ways)
    _write(file, plain)
    return file, added


def _ways_to(published: PublishedDocument, number: int) -> tuple[str, Sequence[Way]]:
    version = published.document.version(number)
    earlier = [one.version.number for one in published.editions if one.version.number < number]
    if not earlier:
        raise UnknownVersion(published.slug, number - 1)
    return pair_name(earlier[-1], number), version.ways


def _read(file: Path) -> Any:
    """Return what the file says, its comments included; nothing if there is none."""
    return yaml().load(file.read_text("utf-8")) if file.exists() else CommentedMap()


def _add(entries: Any, ways: Sequence[Way]) -> int:
    new = [way for way in ways if way.old not in entries]
    for way in new:
        numbers = CommentedSeq(way.new)
        numbers.fa.set_flow_style()
        entries.insert(sum(old < way.old for old in entries), way.old, numbers)
    return len(new)


def _write(file: Path, plain: Any) -> None:
    """Write the file whole or not at all."""
    written = StringIO()
    yaml().dump(plain, written)
    aside = file.with_name(f".{file.name}.new")
    text = written.getvalue() if file.exists() else FIRST_LINES + written.getvalue()
    aside.write_text(text, "utf-8", newline="\n")
    aside.replace(file)
