"""The public contributions of a document, each where its paragraph is in every version."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from participation.document import Document, Version
from participation.paragraph import Paragraph
from participation.public_contributions import (
    PublicContribution,
    WindowSeen,
    plain_contribution,
    plain_pieces,
)
from participation.said_on_paragraphs import Said, SaidOnParagraph, SaidOnVersion, said_on
from participation.window import HOME
from participation.word_diff import word_diff

Windows = Mapping[int, WindowSeen | None]
Plain = dict[str, Any]


def plain_contributions(
    document: Document,
    contributions: Sequence[PublicContribution],
    windows: Windows,
    *,
    only: int | None = None,
) -> Plain:
    """Return what ``GET /api/documents/{slug}/contributions`` tells, as plain data for JSON.

    ``contributions`` come by their ordinals; ``windows`` as in ``PublicContributions``;
    ``only`` is the one version that is asked for. ``read_contributions`` undoes it.
    """
    told = _versions(document, contributions, windows, only, _all_said)
    return {"document": document.slug, "title": document.title, **told}


def plain_counts(
    document: Document,
    contributions: Sequence[PublicContribution],
    windows: Windows,
    *,
    only: int | None = None,
) -> Plain:
    """Return what ``GET /api/documents/{slug}/counts`` tells: as above, numbers without words."""
    told = _versions(document, contributions, windows, only, _counted)
    return {"document": document.slug, **told}


def _versions(
    document: Document,
    contributions: Sequence[PublicContribution],
    windows: Windows,
    only: int | None,
    tell: Callable[[SaidOnVersion], Plain],
) -> Plain:
    counted = [one for one in contributions if _exists(document, one)]
    versions = [one for one in document.versions if only in {None, one.number}]
    told = []
    for version in versions:
        said, seen = said_on(document, version, counted), windows.get(version.number)
        told.append(_version(said, seen) | tell(said))
    return {"count": len(counted), "versions": told}


def _exists(document: Document, one: PublicContribution) -> bool:
    return any(version.number == one.ref.version for version in document.versions)


def _version(said: SaidOnVersion, seen: WindowSeen | None) -> Plain:
    version = said.version
    return {
        "version": version.number,
        "window": None if seen is None else _window(seen),
        "moderation": version.moderation.value,
        "answers": None if version.answers is None else version.answers.isoformat(),
        "count": said.count,
    }


def _all_said(said: SaidOnVersion) -> Plain:
    return {
        "paragraphs": [_paragraph(said.version, one) for one in said.paragraphs],
        "removed": [_earlier(one) for one in said.removed],
    }


def _paragraph(version: Version, one: SaidOnParagraph) -> Plain:
    return {
        "number": one.number,
        "count": len(one.own),
        "contributions": [plain_contribution(each) for each in one.own],
        "earlier": [_earlier(each, version.paragraphs[one.number - 1]) for each in one.earlier],
        "changed_because_of": [_named(each) for each in one.because],
    }


def _counted(said: SaidOnVersion) -> Plain:
    return {
        "paragraphs": [
            {
                "number": one.number,
                "count": len(one.own),
                "earlier": _counts(one.earlier),
                "changed_because_of": [_named(each) for each in one.because],
            }
            for one in said.paragraphs
        ],
        "removed": _counts(said.removed),
    }


def _counts(said: Iterable[Said]) -> list[Plain]:
    """Return how many there are by the version that they were made on."""
    counts: Counter[int] = Counter()
    for one in said:
        counts[one.version.number] += len(one.contributions)
    return [{"version": version, "count": counts[version]} for version in sorted(counts)]


def _named(one: PublicContribution) -> Plain:
    ref = one.ref
    return {"id": one.id, "ordinal": one.ordinal, "version": ref.version, "number": ref.number}


def _earlier(one: Said, now: Paragraph | None = None) -> Plain:
    pieces = () if now is None else word_diff(one.paragraph.text, now.text)
    return {
        "version": one.version.number,
        "number": one.paragraph.number,
        "wording": one.paragraph.text,
        "difference": plain_pieces(pieces),
        "contributions": [plain_contribution(each) for each in one.contributions],
    }


def _window(seen: WindowSeen) -> Plain:
    opens, closes = seen.window.opens, seen.window.closes
    return {
        "opens": opens.astimezone(HOME).isoformat(),
        "closes": None if closes is None else closes.astimezone(HOME).isoformat(),
        "state": seen.state.value,
    }
