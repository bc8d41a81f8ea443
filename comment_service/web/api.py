"""The JSON API; its contract is the OpenAPI document."""

import json
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for

from comment_service.restraint import Asked
from comment_service.web import shapes
from comment_service.web.content_coding import preferred
from comment_service.web.forms import (
    new_draft,
    read_key,
    read_new,
    read_version,
    wants_fresh,
)
from comment_service.web.presenters import (
    json_answer,
    present_backing,
    present_contribution,
    present_taken,
)
from comment_service.web.rendering import Rendering
from comment_service.web.restraining import restrain
from comment_service.web.sent_by_api import bearer, sent_by_api
from comment_service.web.service import commenting, service, supporting
from comment_service.web.wording import MEANINGS
from participation.paragraph import ParagraphRef

bp = Blueprint("api", __name__)

DOCUMENT = "/api/documents/<slug>"
SUPPORT = "/api/contributions/<contribution_id>/support"
PARAGRAPH = f"{DOCUMENT}/versions/<number:version>/paragraphs/<number:number>"


def rendered(rendering: Rendering) -> Response:
    """Answer with a rendering, in the form that the request prefers; so does ``web/front.py``."""
    coding = preferred(request.headers.get("Accept-Encoding", ""))
    headers = rendering.headers(coding, commenting().clock())
    answer = Response(rendering.coded(coding), headers=headers)
    answer.vary.add("Accept-Encoding")
    return answer


@bp.get("/api/documents")
def documents() -> Response:
    """Answer all documents with their versions."""
    return rendered(service().reading.documents(fresh=wants_fresh(request)))


@bp.get(f"{DOCUMENT}/contributions")
def contributions(slug: str) -> Response:
    """Answer the public contributions on a document."""
    version, fresh = read_version(request), wants_fresh(request)
    return rendered(service().reading.contributions(slug, version, fresh=fresh))


@bp.get(f"{DOCUMENT}/counts")
def counts(slug: str) -> Response:
    """Answer how many public contributions there are on a document."""
    version, fresh = read_version(request), wants_fresh(request)
    return rendered(service().reading.counts(slug, version, fresh=fresh))


@bp.post(f"{PARAGRAPH}/contributions")
def contribute(slug: str, version: int, number: int) -> Response:
    """Take a contribution; answer 201, its address, and its receipt."""
    new, proxies = read_new(request), service().settings.proxies
    draft = new_draft(new, ParagraphRef(slug, version, number))
    sent = sent_by_api(request.environ, proxies, new.proof)
    taken = commenting().contribute(draft, key=read_key(request), sent=sent)
    answer = json_answer(present_taken(taken), HTTPStatus.CREATED)
    answer.location = url_for("api.contribution", contribution_id=taken.contribution.id)
    return answer


@bp.get("/api/contributions/<contribution_id>")
def contribution(contribution_id: str) -> Response:
    """Answer one public contribution."""
    return json_answer(present_contribution(commenting().contribution(contribution_id)))


@bp.put(SUPPORT)
def support(contribution_id: str) -> Response:
    """Support a contribution; answer how many do."""
    restrain(Asked.SUPPORT)
    backing = supporting().support(contribution_id, bearer(request.environ))
    return json_answer(present_backing(backing))


@bp.delete(SUPPORT)
def withdraw_support(contribution_id: str) -> Response:
    """Take a support back; answer how many are left."""
    restrain(Asked.SUPPORT)
    backing = supporting().withdraw(contribution_id, bearer(request.environ))
    return json_answer(present_backing(backing))


@bp.post("/api/browser-tokens")
def browser_token() -> Response:
    """Answer 201 and a token by which a browser is told from others."""
    restrain(Asked.BROWSER_TOKEN)
    return json_answer(shapes.BrowserToken(supporting().new_token()), HTTPStatus.CREATED)


@bp.get("/api/openapi.json")
def openapi() -> Response:
    """Answer the OpenAPI document."""
    # Made of all types and examples: whoever takes a contribution does not wait for it.
    from comment_service.web.openapi import openapi_json  # noqa: PLC0415

    return Response(openapi_json(), mimetype="application/json")


@bp.get("/api/")
def handbook() -> str:
    """Answer a page on which the OpenAPI document can be read."""
    from comment_service.web.openapi import openapi_document  # noqa: PLC0415  # as above

    return render_template(
        "api.html",
        api=openapi_document(),
        meanings=MEANINGS,
        pretty=partial(json.dumps, indent=2, ensure_ascii=False),
    )


@bp.get("/healthz")
def alive() -> Response:
    """Answer that the process lives."""
    return _uncached(json_answer(shapes.Health()))


@bp.get("/readyz")
def ready() -> Response:
    """Answer whether contributions can be read and taken."""
    commenting().check()
    return _uncached(json_answer(shapes.Health()))


def _uncached(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
