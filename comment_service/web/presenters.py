"""From domain values to the JSON that is sent: every field that leaves is named here."""

from collections import defaultdict
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec

from comment_service.commenting import DocumentSeen, Taken, VersionSeen
from comment_service.web import shapes
from participation.carried import Carried
from participation.contribution import Contribution
from participation.paragraph import Paragraph
from participation.window import HOME
from participation.word_diff import word_diff

if TYPE_CHECKING:
    from flask import Response


def json_answer(
    shape: msgspec.Struct, status: int = HTTPStatus.OK, *, mimetype: str = "application/json"
) -> "Response":
    """Return an answer with this body."""
    # Who presents without Flask does not wait for it.
    from flask import Response  # noqa: PLC0415

    return Response(msgspec.json.encode(shape), status=status, mimetype=mimetype)


def present_contributions(seen: DocumentSeen) -> shapes.Contributions:
    """Return the public contributions on a document, by version and paragraph."""
    return shapes.Contributions(
        document=seen.document.slug,
        title=seen.document.title,
        count=seen.count,
        versions=[_commented(version) for version in seen.versions],
    )


def present_contribution(contribution: Contribution) -> shapes.Contribution:
    """Return a public contribution."""
    return shapes.Contribution(
        id=contribution.id,
        document=contribution.ref.document,
        version=contribution.ref.version,
        number=contribution.ref.number,
        kind=contribution.kind,
        text=contribution.text,
        name=contribution.name,
        channel=contribution.channel,
        received_at=at_home(contribution.received_at),
    )


def present_taken(taken: Taken) -> shapes.TakenContribution:
    """Return to its author the contribution that was taken."""
    return shapes.TakenContribution(
        **msgspec.structs.asdict(present_contribution(taken.contribution)),
        status=taken.contribution.status,
        receipt=taken.receipt,
    )


def at_home(moment: datetime) -> datetime:
    """Return the same moment with the offset of Europe/Berlin."""
    return moment.astimezone(HOME)


def present_document(seen: DocumentSeen) -> shapes.Document:
    """Return a document of the list, without its contributions."""
    return shapes.Document(
        slug=seen.document.slug,
        title=seen.document.title,
        newest=seen.document.newest.number,
        count=seen.count,
        versions=[_version(version) for version in seen.versions],
    )


def _version(seen: VersionSeen) -> shapes.Version:
    version = seen.version
    return shapes.Version(
        version=version.number,
        status=version.status,
        published=version.published,
        changes=version.changes,
        window=_window(seen),
        moderation=version.moderation,
        answers=version.answers,
        count=len(seen.contributions),
    )


def _commented(seen: VersionSeen) -> shapes.CommentedVersion:
    return shapes.CommentedVersion(
        version=seen.version.number,
        window=_window(seen),
        moderation=seen.version.moderation,
        answers=seen.version.answers,
        count=len(seen.contributions),
        paragraphs=_paragraphs(seen),
        removed=[_earlier(one) for one in seen.earlier if not one.here],
    )


def _paragraphs(seen: VersionSeen) -> list[shapes.Paragraph]:
    """Return every paragraph on which something was said, in this version or before."""
    own: defaultdict[int, list[Contribution]] = defaultdict(list)
    for contribution in seen.contributions:
        own[contribution.ref.number].append(contribution)
    before: defaultdict[int, list[Carried[Contribution]]] = defaultdict(list)
    for one in seen.earlier:
        for number in one.here:
            before[number].append(one)
    return [
        shapes.Paragraph(
            number=number,
            count=len(own[number]),
            contributions=[present_contribution(one) for one in own[number]],
            earlier=[_earlier(one, seen.version.paragraphs[number - 1]) for one in before[number]],
        )
        for number in sorted({*own, *before})
    ]


def _earlier(one: Carried[Contribution], now: Paragraph | None = None) -> shapes.EarlierParagraph:
    pieces = () if now is None else word_diff(one.paragraph.text, now.text)
    return shapes.EarlierParagraph(
        version=one.version.number,
        number=one.paragraph.number,
        wording=one.paragraph.text,
        difference=[shapes.Piece(piece.change, piece.text) for piece in pieces],
        contributions=[present_contribution(each) for each in one.contributions],
    )


def _window(seen: VersionSeen) -> shapes.Window | None:
    window, state = seen.version.window, seen.state
    if window is None or state is None:
        return None
    closes = None if window.closes is None else at_home(window.closes)
    return shapes.Window(opens=at_home(window.opens), closes=closes, state=state)
