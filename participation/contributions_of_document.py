"""The public contributions of a document, each where its paragraph is in every version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from participation.carried import Carried, carried
from participation.document import Document, Version
from participation.paragraph import Paragraph
from participation.public_contributions import (
    PublicContribution,
    WindowSeen,
    plain_contribution,
    plain_pieces,
)
from participation.window import HOME
from participation.word_diff import word_diff

Said = Carried[PublicContribution]


def plain_contributions(
    document: Document,
    contributions: Sequence[PublicContribution],
    windows: Mapping[int, WindowSeen | None],
    *,
    only: int | None = None,
) -> dict[str, Any]:
    """Return what ``GET /api/documents/{slug}/contributions`` tells, as plain data for JSON.

    ``contributions`` come by their ordinals; ``windows`` as in ``PublicContributions``;
    ``only`` is the one version that is asked for. ``read_contributions`` undoes it.
    """
    counted = [one for one in contributions if _exists(document, one)]
    versions = [one for one in document.versions if only in {None, one.number}]
    return {
        "document": document.slug,
        "title": document.title,
        "count": len(counted),
        "versions": [
            _version(document, version, counted, windows.get(version.number))
            for version in versions
        ],
    }


def changed_because_of(
    contributions: Iterable[PublicContribution], slug: str, version: int
) -> dict[int, list[PublicContribution]]:
    """Return the contributions whose answers name a paragraph of a version, by its number."""
    found: defaultdict[int, list[PublicContribution]] = defaultdict(list)
    for one in contributions:
        for ref in one.answer.changes if one.answer else ():
            if (ref.document, ref.version) == (slug, version):
                found[ref.number].append(one)
    return dict(found)


def _exists(document: Document, one: PublicContribution) -> bool:
    return any(version.number == one.ref.version for version in document.versions)


def _version(
    document: Document,
    version: Version,
    contributions: Sequence[PublicContribution],
    seen: WindowSeen | None,
) -> dict[str, Any]:
    own = [one for one in contributions if one.ref.version == version.number]
    before = carried(document, contributions, version.number)
    because = changed_because_of(contributions, document.slug, version.number)
    return {
        "version": version.number,
        "window": None if seen is None else _window(seen),
        "moderation": version.moderation.value,
        "answers": None if version.answers is None else version.answers.isoformat(),
        "count": len(own),
        "paragraphs": _paragraphs(version, own, before, because),
        "removed": [_earlier(one) for one in before if not one.here],
    }


def _paragraphs(
    version: Version,
    own: Iterable[PublicContribution],
    before: Iterable[Said],
    because: Mapping[int, Sequence[PublicContribution]],
) -> list[dict[str, Any]]:
    """Return every paragraph on which something was said, in this version or before."""
    here: defaultdict[int, list[PublicContribution]] = defaultdict(list)
    for contribution in own:
        here[contribution.ref.number].append(contribution)
    earlier: defaultdict[int, list[Said]] = defaultdict(list)
    for one in before:
        for number in one.here:
            earlier[number].append(one)
    return [
        {
            "number": number,
            "count": len(here[number]),
            "contributions": [plain_contribution(one) for one in here[number]],
            "earlier": [_earlier(one, version.paragraphs[number - 1]) for one in earlier[number]],
            "changed_because_of": [_named(one) for one in because.get(number, ())],
        }
        for number in sorted({*here, *earlier, *because})
    ]


def _named(one: PublicContribution) -> dict[str, Any]:
    ref = one.ref
    return {"id": one.id, "ordinal": one.ordinal, "version": ref.version, "number": ref.number}


def _earlier(one: Said, now: Paragraph | None = None) -> dict[str, Any]:
    pieces = () if now is None else word_diff(one.paragraph.text, now.text)
    return {
        "version": one.version.number,
        "number": one.paragraph.number,
        "wording": one.paragraph.text,
        "difference": plain_pieces(pieces),
        "contributions": [plain_contribution(each) for each in one.contributions],
    }


def _window(seen: WindowSeen) -> dict[str, Any]:
    opens, closes = seen.window.opens, seen.window.closes
    return {
        "opens": opens.astimezone(HOME).isoformat(),
        "closes": None if closes is None else closes.astimezone(HOME).isoformat(),
        "state": seen.state.value,
    }
