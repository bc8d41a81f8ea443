"""Requests as the events that AWS makes of them, and answers as it sends them on."""

import base64
import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli

EXAMPLES = Path(__file__).parents[1] / "data" / "aws"
KINDS = ("api-gateway-1.0", "api-gateway-2.0", "function-url", "load-balancer")
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}

Event = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a browser gets; the names of ``headers`` are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def request_event(  # all that a request has
    kind: str,
    method: str,
    path: str,
    *,
    query: str = "",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
) -> Event:
    """Return the documented example of a kind of event, with this request in it."""
    event: Event = json.loads((EXAMPLES / f"{kind}.json").read_bytes())
    event["headers"] |= headers or {}
    if body:
        event |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    if event.get("version") == "2.0":
        event["requestContext"]["http"] |= {"method": method, "path": path}
        return event | {"rawPath": path, "rawQueryString": query}
    parameters = dict(part.split("=") for part in query.split("&") if part)
    if "multiValueHeaders" in event:
        event["multiValueHeaders"] = {name: [value] for name, value in event["headers"].items()}
        several = {name: [value] for name, value in parameters.items()}
        event["multiValueQueryStringParameters"] = several or None
    return event | {"httpMethod": method, "path": path, "queryStringParameters": parameters}


def read_answer(answer: dict[str, Any]) -> Answer:
    """Do what AWS does with the answer of a function, and then what a browser does."""
    several = {
        name: ", ".join(values) for name, values in answer.get("multiValueHeaders", {}).items()
    }
    headers = {name.lower(): value for name, value in (answer.get("headers") or several).items()}
    body = answer["body"].encode()
    if answer["isBase64Encoded"]:
        body = base64.b64decode(body, validate=True)
    return Answer(answer["statusCode"], headers, UNPACK[headers.get("content-encoding", "")](body))
