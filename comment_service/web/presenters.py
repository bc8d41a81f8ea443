"""From domain values to the JSON that is sent: every field that leaves is named here."""

from datetime import datetime
from http import HTTPStatus
from itertools import groupby

import msgspec
from flask import Response

from comment_service.commenting import DocumentSeen, Taken, VersionSeen
from comment_service.web import shapes
from participation.contribution import Contribution
from participation.window import HOME


def json_answer(
    shape: msgspec.Struct, status: int = HTTPStatus.OK, *, mimetype: str = "application/json"
) -> Response:
    """Return an answer with this body."""
    return Response(msgspec.json.encode(shape), status=status, mimetype=mimetype)


def present_documents(documents: list[DocumentSeen]) -> shapes.Documents:
    """Return the list of documents."""
    return shapes.Documents([_document(seen) for seen in documents])


def present_contributions(seen: DocumentSeen) -> shapes.Contributions:
    """Return the public contributions on a document, by version and paragraph."""
    return shapes.Contributions(
        document=seen.document.slug,
        title=seen.document.title,
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


def _document(seen: DocumentSeen) -> shapes.Document:
    return shapes.Document(
        slug=seen.document.slug,
        title=seen.document.title,
        newest=seen.document.newest.number,
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
        paragraphs=[
            _paragraph(number, list(contributions))
            for number, contributions in groupby(seen.contributions, lambda entry: entry.ref.number)
        ],
    )


def _paragraph(number: int, contributions: list[Contribution]) -> shapes.Paragraph:
    presented = [present_contribution(contribution) for contribution in contributions]
    return shapes.Paragraph(number=number, count=len(presented), contributions=presented)


def _window(seen: VersionSeen) -> shapes.Window | None:
    window, state = seen.version.window, seen.state
    if window is None or state is None:
        return None
    closes = None if window.closes is None else at_home(window.closes)
    return shapes.Window(opens=at_home(window.opens), closes=closes, state=state)
