"""What can be asked of the API, and how each request may be answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any

import msgspec

from comment_service.web import shapes
from comment_service.web.errors import UNAVAILABLE
from comment_service.web.examples import ANNOTATION, ANNOTATION_COLLECTION, CSV
from comment_service.web.forms import KEY_HEADER

Plain = dict[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Browser(Enum):
    """Whether a request may, or must, bear a browser token."""

    UNTOLD = "untold"
    MAY_BE_TOLD = "may be told"
    MUST_BE_TOLD = "must be told"


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
    browser: Browser = Browser.UNTOLD
    media: Mapping[str, Plain] = field(default_factory=dict)  # of what has no shape, by its type


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

_LANGUAGE: Plain = {
    "name": "lang",
    "in": "query",
    "description": "Language of headings and values; without it, that of the texts.",
    "schema": {"type": "string", "enum": ["de", "en"]},
    "example": "de",
}
_PAGE: Plain = {
    "name": "page",
    "in": "query",
    "description": "Number of an AnnotationPage, counted from 0; without it, the collection.",
    "schema": {"type": "integer", "minimum": 0},
    "example": 0,
}
_ID = _in_path(
    "id",
    "Id of the contribution.",
    {"type": "string", "format": "uuid"},
    "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
)


SUPPORTING = (
    "unknown-browser",
    "window-not-open",
    "unknown-contribution",
    "too-many",
    UNAVAILABLE,
)
_BACKING: Plain = {
    "shape": shapes.Backing,
    "parameters": (_ID,),
    "cached": False,
    "browser": Browser.MUST_BE_TOLD,
}


def _annotations(example: Plain) -> dict[str, Plain]:
    named: Plain = {"type": "object", "required": ["@context", "id", "type"]}
    return {"application/ld+json": {"schema": named, "example": example}}


EXPORTS = (
    Operation(
        method="get",
        path="/api/documents/{slug}/export.json",
        name="export_json",
        summary="Take along all public contributions with answers and wordings, as JSON",
        shape=shapes.Export,
        codes=("unknown-document", UNAVAILABLE),
        parameters=(_SLUG,),
    ),
    Operation(
        method="get",
        path="/api/documents/{slug}/export.csv",
        name="export_csv",
        summary="Take them along as CSV (UTF-8, commas; an apostrophe guards against formulas)",
        shape=None,
        codes=("unknown-document", "invalid-input", UNAVAILABLE),
        parameters=(_SLUG, _LANGUAGE),
        media={"text/csv": {"schema": {"type": "string"}, "example": CSV}},
    ),
    Operation(
        method="get",
        path="/api/documents/{slug}/export.xlsx",
        name="export_xlsx",
        summary="Take them along as a workbook (XLSX)",
        shape=None,
        codes=("unknown-document", "invalid-input", UNAVAILABLE),
        parameters=(_SLUG, _LANGUAGE),
        media={XLSX: {"schema": {"type": "string", "format": "binary"}}},
    ),
    Operation(
        method="get",
        path="/api/documents/{slug}/annotations",
        name="annotation_collection",
        summary="Read them as web annotations (W3C), page by page",
        shape=None,
        codes=("unknown-document", "invalid-input", UNAVAILABLE),
        parameters=(_SLUG, _PAGE),
        media=_annotations(ANNOTATION_COLLECTION),
    ),
    Operation(
        method="get",
        path="/api/documents/{slug}/annotations/{id}",
        name="annotation",
        summary="Read one contribution as a web annotation",
        shape=None,
        codes=("unknown-document", UNAVAILABLE),
        parameters=(_SLUG, _ID),
        media=_annotations(ANNOTATION),
    ),
    Operation(
        method="get",
        path="/api/documents/{slug}/annotations/{id}/answer",
        name="annotation_answer",
        summary="Read the answer to a contribution as a web annotation",
        shape=None,
        codes=("unknown-document", UNAVAILABLE),
        parameters=(_SLUG, _ID),
        media=_annotations(ANNOTATION),
    ),
)
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
        method="get",
        path="/api/documents/{slug}/counts",
        name="counts",
        summary="Count the public contributions on a document by version and paragraph",
        shape=shapes.Counts,
        codes=("unknown-document", "unknown-version", "invalid-input", UNAVAILABLE),
        parameters=(_SLUG, _VERSION_QUERY),
    ),
    Operation(
        method="get",
        path="/api/documents/{slug}/figures",
        name="figures",
        summary="Read how many contributions came in, and what became of them",
        shape=shapes.DocumentFigures,
        codes=("unknown-document", UNAVAILABLE),
        parameters=(_SLUG,),
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
            "unknown-contribution",
            "too-large",
            "unsupported-media-type",
            "invalid-input",
            "idempotency-key-reused",
            "too-many",
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
        browser=Browser.MAY_BE_TOLD,
    ),
    Operation(
        method="get",
        path="/api/contributions/{id}",
        name="contribution",
        summary="Read one public contribution",
        shape=shapes.Contribution,
        codes=("unknown-contribution", UNAVAILABLE),
        parameters=(_ID,),
    ),
    Operation(
        method="get",
        path="/api/challenge",
        name="challenge",
        summary="Fetch a challenge to prove work with, which goes along with one contribution",
        shape=shapes.Challenge,
        codes=("too-many", UNAVAILABLE),
        cached=False,
    ),
    Operation(
        method="post",
        path="/api/browser-tokens",
        name="browser_token",
        summary="Get a token by which a browser is told from others; needed once for supporting",
        shape=shapes.BrowserToken,
        codes=("too-many", UNAVAILABLE),
        status=HTTPStatus.CREATED,
        cached=False,
    ),
    Operation(
        method="put",
        path="/api/contributions/{id}/support",
        name="support",
        summary="Support a contribution of somebody else while its window is open",
        codes=(*SUPPORTING, "own-contribution"),
        **_BACKING,
    ),
    Operation(
        method="delete",
        path="/api/contributions/{id}/support",
        name="withdraw_support",
        summary="Take a support back while the window is open",
        codes=SUPPORTING,
        **_BACKING,
    ),
    *EXPORTS,
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
