"""The OpenAPI document, generated from the types that read and write the JSON."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec

from comment_service.web import shapes
from comment_service.web.errors import CODE_OF, OUR_FAULT, STATUS_OF, UNAVAILABLE
from comment_service.web.examples import EXAMPLES, PROBLEM_FACTS
from comment_service.web.operations import OPERATIONS, Browser, Operation
from comment_service.web.wording import MEANINGS
from participation.refusals import TooMany

VERSION = "1.0.0"  # of the contract: the first number is raised when a client would break
REF = "#/components/schemas/{name}"
PROBLEM = "application/problem+json"

Plain = dict[str, Any]

BROWSER: Plain = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of `POST /api/browser-tokens`. It tells one browser from another, "
    "so that each supports a contribution once, and none its own; it opens nothing.",
}
SECURITY: dict[Browser, list[Plain]] = {
    Browser.MAY_BE_TOLD: [{}, {"browser": []}],
    Browser.MUST_BE_TOLD: [{"browser": []}],
}


def _header(description: str) -> Plain:
    return {"description": description, "schema": {"type": "string"}}


HEADERS = {
    "Allow": _header("The methods that this address takes."),
    "Cache-Control": _header("Reads may be kept and must be asked about; nothing else is kept."),
    "ETag": _header("Names this state of the answer; send it as If-None-Match."),
    "Location": _header("Address of the new contribution."),
    "Retry-After": _header("Seconds after which it may be sent again."),
}


@cache
def openapi_document() -> Plain:
    """Return the OpenAPI document as plain data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Randnotiz",
            "version": VERSION,
            "summary": "Contributions on the paragraphs of published texts.",
            "description": "All bodies are UTF-8, all moments ISO 8601 with an offset. Every "
            "refusal is a problem detail (RFC 9457) with a `code` that stays the same.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "securitySchemes": {"browser": BROWSER}},
    }


@cache
def openapi_json() -> bytes:
    """Return the OpenAPI document as it is sent."""
    return msgspec.json.format(msgspec.json.encode(openapi_document()))


def status_of(code: str) -> int:
    """Return the status with which a code is answered."""
    ours = {refusal.code: int(status) for refusal, status in STATUS_OF.items()}
    framework = {name: int(status) for status, name in CODE_OF.items()}
    faults = {UNAVAILABLE: 503, OUR_FAULT: 500}
    return (ours | framework | faults)[code]


def _paths() -> Plain:
    paths: defaultdict[str, Plain] = defaultdict(dict)
    for operation in OPERATIONS:
        paths[operation.path][operation.method] = _operation(operation)
    return dict(paths)


def _operation(operation: Operation) -> Plain:
    plain: Plain = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": list(operation.parameters),
        "responses": dict(_responses(operation)),
    }
    if operation.browser in SECURITY:
        plain["security"] = SECURITY[operation.browser]
    if operation.body:
        schema = {"$ref": REF.format(name=operation.body.__name__)}
        content = {"application/json": {"schema": schema, "example": EXAMPLES[operation.body]}}
        plain["requestBody"] = {"required": True, "content": content}
    return plain


def _responses(operation: Operation) -> Iterator[tuple[str, Plain]]:
    yield str(int(operation.status)), _success(operation)
    if operation.cached:
        headers = {name: HEADERS[name] for name in ("ETag", "Cache-Control")}
        yield "304", {"description": "Nothing has changed since that ETag.", "headers": headers}
    by_status: defaultdict[int, list[str]] = defaultdict(list)
    for code in (*operation.codes, "not-found", "method-not-allowed", OUR_FAULT):
        by_status[status_of(code)].append(code)
    for status, codes in sorted(by_status.items()):
        yield str(status), _refusal(codes)


def _success(operation: Operation) -> Plain:
    content: Plain = {"application/json": {"schema": {"type": "object"}}}
    if operation.shape:
        schema = {"$ref": REF.format(name=operation.shape.__name__)}
        content = {"application/json": {"schema": schema, "example": EXAMPLES[operation.shape]}}
    names = ["Cache-Control"]
    names += ["ETag"] if operation.cached else []
    names += ["Location"] if operation.status is HTTPStatus.CREATED and operation.body else []
    return {
        "description": f"{operation.status.phrase}.",
        "headers": {name: HEADERS[name] for name in names},
        "content": operation.media or content,
    }


def _refusal(codes: list[str]) -> Plain:
    answer: Plain = {
        "description": " ".join(f"`{code}`: {MEANINGS[code][0]}" for code in codes),
        "content": {
            PROBLEM: {
                "schema": {"$ref": REF.format(name="Problem")},
                "examples": {code: {"value": _problem(code)} for code in codes},
            }
        },
    }
    for code, name in (("method-not-allowed", "Allow"), (TooMany.code, "Retry-After")):
        if code in codes:
            answer["headers"] = {name: HEADERS[name]}
    return answer


def _problem(code: str) -> Plain:
    happened, cure = MEANINGS[code]
    problem = shapes.Problem(f"/api/#{code}", happened, status_of(code), cure, code)
    plain: Plain = msgspec.to_builtins(problem)
    return plain | PROBLEM_FACTS.get(code, {})


def _schemas() -> Plain:
    named = {name: shape for name, shape in vars(shapes).items() if not name.startswith("_")}
    used = [shape for shape in named.values() if _is_shape(shape)]
    _, schemas = msgspec.json.schema_components(used, ref_template=REF)
    return schemas


def _is_shape(value: object) -> bool:
    return (
        isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == shapes.__name__
    )
