"""Everything public, for everybody to take along: JSON, CSV, XLSX and web annotations."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urljoin

from flask import Blueprint, Response, abort, request, url_for

from comment_service.web.api import DOCUMENT, rendered
from comment_service.web.forms import read_language, read_page, wants_fresh
from comment_service.web.messages import language
from comment_service.web.rendering import FOREVER, Rendering
from comment_service.web.service import commenting, service
from participation import annotations
from participation.annotations import Annotated
from participation.document import Document
from participation.public_contributions import PublicContribution, plain_contribution

bp = Blueprint("exports", __name__)

ANNOTATIONS = f"{DOCUMENT}/annotations"
CSV = "text/csv; charset=utf-8; header=present"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LD_JSON = f'application/ld+json; profile="{annotations.CONTEXT}"'
Plain = dict[str, Any]


@bp.get(f"{DOCUMENT}/export.json")
def export_json(slug: str) -> Response:
    """Answer all public contributions, each with the wording of its paragraph."""
    return _answer(slug, "json", lambda document: Rendering(_bytes(_plain(document)), FOREVER))


@bp.get(f"{DOCUMENT}/export.csv")
def export_csv(slug: str) -> Response:
    """Answer them as CSV."""
    from spreadsheets.writing import write_csv  # noqa: PLC0415  # only where a table is asked for

    return _table(slug, "csv", CSV, write_csv)


@bp.get(f"{DOCUMENT}/export.xlsx")
def export_xlsx(slug: str) -> Response:
    """Answer them as a workbook."""
    from spreadsheets.writing import write_xlsx  # noqa: PLC0415  # as above

    return _table(slug, "xlsx", XLSX, write_xlsx)


@bp.get(ANNOTATIONS)
def annotation_collection(slug: str) -> Response:
    """Answer the AnnotationCollection or, with ``?page=N``, one of its pages."""
    number = read_page(request)
    if number is None:
        return _annotations(slug, "collection", annotations.collection)
    return _annotations(slug, f"page {number}", partial(annotations.page, number=number))


@bp.get(f"{ANNOTATIONS}/<contribution_id>")
def annotation(slug: str, contribution_id: str) -> Response:
    """Answer the annotation that a contribution is."""
    make = partial(annotations.annotation, contribution_id=contribution_id)
    return _annotations(slug, contribution_id, make)


@bp.get(f"{ANNOTATIONS}/<contribution_id>/answer")
def annotation_answer(slug: str, contribution_id: str) -> Response:
    """Answer the annotation that the answer to a contribution is."""
    make = partial(annotations.annotation, contribution_id=contribution_id, answer=True)
    return _annotations(slug, f"{contribution_id}/answer", make)


def _answer(slug: str, form: str, render: Callable[[Document], Rendering]) -> Response:
    made = service().reading.export(slug, form, render, fresh=wants_fresh(request))
    return rendered(made)


def _plain(document: Document) -> Plain:
    public = _public(document)
    return {
        "document": document.slug,
        "title": document.title,
        "count": len(public),
        "contributions": [
            plain_contribution(one)
            | {"wording": document.paragraph(one.ref.version, one.ref.number).text}
            for one in public
        ],
    }


def _table(slug: str, form: str, media_type: str, write: Callable[..., bytes]) -> Response:
    """Answer a table in the language that is asked for by ``?lang=``, else the texts' own."""
    from comment_service.web.table_of_contributions import (  # noqa: PLC0415  # as above
        table_of_contributions,
    )

    code = read_language(request) or service().settings.language

    def render(document: Document) -> Rendering:
        table = table_of_contributions(document, _public(document), language(code))
        return Rendering(write(table), FOREVER, media_type)

    answer = _answer(slug, f"{form} {code}", render)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-contributions.{form}")
    return answer


def _annotations(slug: str, part: str, make: Callable[[Annotated], Plain | None]) -> Response:
    """Answer a part of the annotations; what is not among them is not there."""
    base = service().settings.service_url or request.url_root

    def render(document: Document) -> Rendering:
        plain = make(_annotated(document, base))
        if plain is None:
            abort(404)
        return Rendering(_bytes(plain), FOREVER, LD_JSON)

    return _answer(slug, f"annotations {base} {part}", render)


def _annotated(document: Document, base: str) -> Annotated:
    settings = service().settings
    address = url_for("exports.annotation_collection", slug=document.slug)
    return Annotated(
        document,
        commenting().public(document),  # kept: a collection has many pages
        collection=urljoin(base, address),
        site=urljoin(base, settings.site_url),
        language=settings.language,
    )


def _public(document: Document) -> tuple[PublicContribution, ...]:
    return commenting().public.anew(document)


def _bytes(plain: Plain) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
