"""Checks front matter against the published schemas and says in plain words what is wrong."""

import difflib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from site_src.messages import Message, message
from site_src.problems import Problem
from site_src.source_files import SourceFile
from site_src.yaml_text import Way

SCHEMAS = Path(__file__).with_name("schemas")
TYPES = {
    "string": message("a text (in quotes where it looks like a number)"),
    "integer": message("a whole number"),
    "boolean": message("true or false"),
    "array": message("a list"),
    "object": message("a group of indented entries"),
}

Error = jsonschema_rs.ValidationError
Words = tuple[Message, Message]  # what is wrong, what to do


def check_schema(source: SourceFile, schema: str) -> list[Problem]:
    """Check a file's front matter against ``schemas/<schema>.schema.json``."""
    problems: list[Problem] = []
    for error in _validator(schema).iter_errors(source.front):
        problems += _problems(source, error, load(schema))
    return problems


@cache
def load(schema: str) -> dict[str, Any]:
    """Return a schema as plain data."""
    plain: dict[str, Any] = json.loads((SCHEMAS / f"{schema}.schema.json").read_text("utf-8"))
    return plain


@cache
def _validator(schema: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(load(schema), validate_formats=True)


def _problems(source: SourceFile, error: Error, schema: Mapping[str, Any]) -> Iterator[Problem]:
    way = _way(error, source.front)
    for inner, (what, cure) in WORDINGS.get(error.kind.name, _not_understood)(error, way, schema):
        yield Problem(source.path, source.line(*way, *inner), what, cure)


def _way(error: Error, front: Any) -> Way:
    """Return the way to the value; the validator takes keys such as "14" for places in a list."""
    way: Way = ()
    for step in error.instance_path:
        key = str(step) if isinstance(front, Mapping) else step
        way, front = (*way, key), front[key]
    return way


def _missing(error: Error, way: Way, schema: Mapping[str, Any]) -> Iterator[tuple[Way, Words]]:
    field = str(error.kind.as_dict()["property"])
    what = message("“{field}” is missing", field=_name((*way, field)))
    cure = message("add a line such as “{example}”", example=_example(schema, (*way, field)))
    yield (), (what, cure)


def _unknown(error: Error, way: Way, schema: Mapping[str, Any]) -> Iterator[tuple[Way, Words]]:
    known = sorted(_part(schema, way)["properties"])
    for field in error.kind.as_dict()["unexpected"]:
        near = difflib.get_close_matches(field, known, 1)
        cure = message("correct or delete it; possible here: {known}", known=", ".join(known))
        if near:
            cure = message("did you mean “{near}”?", near=near[0])
        what = message("“{field}” is not known here", field=_name((*way, field)))
        yield (field,), (what, cure)


def _wrong_type(error: Error, way: Way, schema: Mapping[str, Any]) -> Iterator[tuple[Way, Words]]:
    types = error.kind.as_dict()["types"]
    what = message("“{field}” must be {kind}", field=_name(way), kind=TYPES[types[-1]])
    yield (), (what, _by_example(schema, way))


def _no_choice(error: Error, way: Way, schema: Mapping[str, Any]) -> Iterator[tuple[Way, Words]]:
    choices = ", ".join(_part(schema, way)["enum"])
    what = message("“{field}” cannot be “{value}”", field=_name(way), value=_shown(error.instance))
    yield (), (what, message("write one of these: {choices}", choices=choices))


def _not_understood(
    error: Error, way: Way, schema: Mapping[str, Any]
) -> Iterator[tuple[Way, Words]]:
    what = message(
        "“{value}” does not fit “{field}”", field=_name(way), value=_shown(error.instance)
    )
    yield (), (what, _by_example(schema, way))


WORDINGS: dict[str, Callable[[Error, Way, Mapping[str, Any]], Iterator[tuple[Way, Words]]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _no_choice,
}


def _by_example(schema: Mapping[str, Any], way: Way) -> Message:
    return message("write it like this: {example}", example=_example(schema, way))


def _example(schema: Mapping[str, Any], way: Way) -> str:
    return str(_part(schema, way)["examples"][0])


def _part(schema: Mapping[str, Any], way: Way) -> Mapping[str, Any]:
    """Return the part of the schema that governs the value at the end of the way."""
    part = schema
    for step in way:
        part = part["items"] if isinstance(step, int) else _entry(part, step)
    return part


def _entry(part: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    known: Mapping[str, Any] = part.get("properties", {})
    entry: Mapping[str, Any] = known.get(key) or part["additionalProperties"]
    return entry


def _name(way: Way) -> str:
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in way) or "…"


def _shown(value: object, limit: int = 60) -> str:
    text = str(value)
    return text if len(text) <= limit else f"{text[:limit]}…"
