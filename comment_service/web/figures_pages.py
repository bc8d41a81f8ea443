"""Public figures of a document: how many contributions came in, and what became of them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import msgspec
from flask import Blueprint, Response, render_template, request

from comment_service.web import shapes
from comment_service.web.api import DOCUMENT, rendered
from comment_service.web.contribution_words import contribution_words
from comment_service.web.forms import wants_fresh
from comment_service.web.rendering import FOREVER, Rendering
from comment_service.web.service import commenting, service
from participation.contribution import Contribution
from participation.decision import Decision
from participation.document import Document
from participation.figures import figures

bp = Blueprint("figures", __name__)


@bp.get(f"{DOCUMENT}/figures")
def of_document(slug: str) -> Response:
    """Answer the figures of a document and its versions."""
    return rendered(_rendering(slug))


@bp.get("/beitrag/<slug>/zahlen")
def page(slug: str) -> str:
    """Answer them for people to read."""
    return render_template(
        "figures.html",
        document=commenting().published().document(slug),
        told=msgspec.json.decode(_rendering(slug).body, type=shapes.DocumentFigures),
        words=contribution_words,
    )


def _rendering(slug: str) -> Rendering:
    return service().reading.export(slug, "figures", _render, fresh=wants_fresh(request))


def _render(document: Document) -> Rendering:
    store = commenting().store
    kept, decisions = store.of_document(document.slug), store.decisions(document.slug)
    versions = [
        shapes.VersionFigures(
            **_plain([one for one in kept if one.ref.version == version.number], decisions),
            version=version.number,
        )
        for version in document.versions
    ]
    total = shapes.Figures(**_plain(kept, decisions))
    shape = shapes.DocumentFigures(document.slug, document.title, total, versions)
    return Rendering(msgspec.json.encode(shape), FOREVER)


def _plain(kept: Iterable[Contribution], decisions: Iterable[Decision]) -> dict[str, Any]:
    told = figures(kept, decisions)
    return asdict(told) | {"hidden": {str(reason): n for reason, n in told.hidden.items()}}
