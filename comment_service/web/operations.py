"""What can be asked of the API, and how each request may be answered."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec

from comment_service.web import shapes
from comment_service.web.errors import UNAVAILABLE
from comment_service.web.forms import KEY_HEADER

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked of the API."""

    method: str
    path: str
    name: str
    summary: str
    shape: type[msgspec.Struct] | None  # None: any JSON
    codes: tuple[str, ...] = ()
    parameters: tuple[Plain, ...] = ()
    body: type[msgspec.Struct] | None = None
    status: HTTPStatus = HTTPStatus.OK
    cached: bool = True


def _in_path(name: str, description: str, schema: Plain, example: object) -> Plain:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
        "example": example,
    }


_NUMBER: Plain = {"type": "integer", "minimum": 1}
_SLUG = _in_path("slug", "Name of the document.", {"type": "string"}, "leitlinien")
_VERSION_QUERY: Plain = {
    "name": "version",
    "in": "query",
    "description": "Only this version; without it, all of them.",
    "schema": _NUMBER,
    "example": 1,
}
_KEY: Plain = {
    "name": KEY_HEADER,
    "in": "header",
    "description": "Chosen anew for each contribution, such as a UUID. A request that is repeated "
    "with the same key is carried out once and gets the first answer, even after the window.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "example": "5f2b0c1e-8f0a-4c53-b8f4-0d9b4c7f3a11",
}

OPERATIONS = (
    Operation(
        method="get",
        path="/api/documents",
        name="documents",
        summary="List all documents with their versions, windows and counts",
        shape=shapes.Documents,
        codes=(UNAVAILABLE,),
    ),
    Operation(
        method="get",
        path="/api/documents/{slug}/contributions",
        name="contributions",
        summary="List the public contributions on a document by version and paragraph",
        shape=shapes.Contributions,
        codes=("unknown-document", "unknown-version", "invalid-input", UNAVAILABLE),
        parameters=(_SLUG, _VERSION_QUERY),
    ),
    Operation(
        method="post",
        path="/api/documents/{slug}/versions/{version}/paragraphs/{number}/contributions",
        name="contribute",
        summary="Hand in a contribution on a paragraph while its window is open",
        shape=shapes.TakenContribution,
        codes=(
            "broken-json",
            "window-not-open",
            "unknown-document",
            "unknown-version",
            "unknown-paragraph",
            "too-large",
            "unsupported-media-type",
            "invalid-input",
            "idempotency-key-reused",
            UNAVAILABLE,
        ),
        parameters=(
            _SLUG,
            _in_path("version", "Number of the version.", _NUMBER, 1),
            _in_path("number", "Number of the paragraph (Rn.).", _NUMBER, 14),
            _KEY,
        ),
        body=shapes.NewContribution,
        status=HTTPStatus.CREATED,
        cached=False,
    ),
    Operation(
        method="get",
        path="/api/contributions/{id}",
        name="contribution",
        summary="Read one public contribution",
        shape=shapes.Contribution,
        codes=("unknown-contribution", UNAVAILABLE),
        parameters=(
            _in_path(
                "id",
                "Id of the contribution.",
                {"type": "string"},
                "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
            ),
        ),
    ),
    Operation(
        method="get",
        path="/api/openapi.json",
        name="openapi",
        summary="Read this document",
        shape=None,
    ),
    Operation(
        method="get",
        path="/healthz",
        name="alive",
        summary="Ask whether the process lives",
        shape=shapes.Health,
        cached=False,
    ),
    Operation(
        method="get",
        path="/readyz",
        name="ready",
        summary="Ask whether contributions can be read and taken",
        shape=shapes.Health,
        codes=(UNAVAILABLE,),
        cached=False,
    ),
)
