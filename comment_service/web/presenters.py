"""From domain values to the JSON that is sent: every field that leaves is named here."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from comment_service.commenting import DocumentSeen, Taken, VersionSeen
from comment_service.supporting import Backing
from comment_service.web import shapes
from participation.contributions_of_document import plain_contributions, plain_counts
from participation.public_contributions import PublicContribution, WindowSeen, plain_contribution
from participation.window import HOME

if TYPE_CHECKING:
    from flask import Response


def json_answer(
    shape: msgspec.Struct | Mapping[str, Any],
    status: int = HTTPStatus.OK,
    *,
    mimetype: str = "application/json",
) -> "Response":
    """Return an answer with this body."""
    # Who presents without Flask does not wait for it.
    from flask import Response  # noqa: PLC0415

    return Response(msgspec.json.encode(shape), status=status, mimetype=mimetype)


def present_contributions(seen: DocumentSeen) -> dict[str, Any]:
    """Return the public contributions on a document, by version and paragraph."""
    return plain_contributions(seen.document, seen.contributions, _windows(seen), only=_only(seen))


def present_counts(seen: DocumentSeen) -> dict[str, Any]:
    """Return how many public contributions there are, by version and paragraph."""
    return plain_counts(seen.document, seen.contributions, _windows(seen), only=_only(seen))


def present_contribution(contribution: PublicContribution) -> dict[str, Any]:
    """Return a public contribution."""
    return plain_contribution(contribution)


def present_taken(taken: Taken) -> shapes.TakenContribution:
    """Return to its author the contribution that was taken."""
    contribution = taken.contribution
    return shapes.TakenContribution(
        id=contribution.id,
        document=contribution.ref.document,
        version=contribution.ref.version,
        number=contribution.ref.number,
        kind=contribution.kind,
        text=contribution.text,
        name=contribution.name,
        channel=contribution.channel,
        received_at=at_home(contribution.received_at),
        proposed_wording=contribution.proposed_wording,
        in_reply_to=contribution.in_reply_to,
        newest=taken.newest,
        status=contribution.status,
        receipt=taken.receipt,
    )


def present_backing(backing: Backing) -> shapes.Backing:
    """Return how many support a contribution."""
    return shapes.Backing(backing.contribution_id, backing.supports, backing.is_supported)


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


def _only(seen: DocumentSeen) -> int | None:
    """Return the one version that was asked for, if not all were."""
    shown = [one.version.number for one in seen.versions]
    return None if len(shown) == len(seen.document.versions) else min(shown)


def _windows(seen: DocumentSeen) -> dict[int, WindowSeen | None]:
    return {one.version.number: _window_seen(one) for one in seen.versions}


def _window_seen(seen: VersionSeen) -> WindowSeen | None:
    window, state = seen.version.window, seen.state
    return None if window is None or state is None else WindowSeen(window, state)


def _window(seen: VersionSeen) -> shapes.Window | None:
    window, state = seen.version.window, seen.state
    if window is None or state is None:
        return None
    closes = None if window.closes is None else at_home(window.closes)
    return shapes.Window(opens=at_home(window.opens), closes=closes, state=state)
