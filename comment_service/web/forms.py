"""From a request to domain values: every field that is read is named here."""

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from comment_service.setting_values import LANGUAGES
from comment_service.web.refusals import BrokenJson, UnsupportedMediaType
from comment_service.web.shapes import NewContribution
from participation.contribution import Draft
from participation.paragraph import ParagraphRef
from participation.refusals import FieldProblem, InvalidInput

if TYPE_CHECKING:  # the layer before Flask uses what is said here of keys and caches
    from flask import Request

KEY = re.compile(r"[!-~]{1,255}")  # visible ASCII, as HTTP headers carry it
NUMBER = re.compile(r"[0-9]{1,40}")  # longer than any number of a version, short enough to read
KEY_HEADER = "Idempotency-Key"
FIELDS = msgspec.structs.fields(NewContribution)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form, to be shown again as it was; ``key`` is its idempotency key."""

    kind: str = "comment"
    text: str = ""
    name: str = ""
    key: str | None = None
    proposed_wording: str = ""
    in_reply_to: str = ""

    def draft(self, ref: ParagraphRef) -> Draft:
        """Return what was typed as a draft on a paragraph."""
        return Draft(
            ref,
            kind=self.kind,
            text=self.text,
            name=self.name,
            proposed_wording=self.proposed_wording or None,
            in_reply_to=self.in_reply_to or None,
        )


def read_typed(request: "Request") -> Typed:
    """Read the form; a field that is missing counts as empty."""
    form = request.form
    key = form.get("key", "")
    return Typed(
        kind=form.get("kind", ""),
        text=form.get("text", ""),
        name=form.get("name", ""),
        proposed_wording=form.get("proposed_wording", ""),
        in_reply_to=form.get("in_reply_to", ""),
        key=key if KEY.fullmatch(key) else None,
    )


def read_new(request: "Request") -> NewContribution:
    """Read a contribution from a body of JSON.

    Raises:
        UnsupportedMediaType: If the body is said to be something else.
        BrokenJson: If it is no JSON in UTF-8.
        InvalidInput: If a field is missing, unknown or of the wrong type.
    """
    if request.mimetype != "application/json" or not _says_utf8(request):
        raise UnsupportedMediaType
    return _read_fields(_read_json(request.get_data()))


def new_draft(new: NewContribution, ref: ParagraphRef) -> Draft:
    """Return what was handed in by the API as a draft on a paragraph."""
    return Draft(
        ref,
        kind=new.kind,
        text=new.text,
        name=new.name,
        proposed_wording=new.proposed_wording,
        in_reply_to=new.in_reply_to,
    )


def read_key(request: "Request") -> str | None:
    """Read the idempotency key of a request to the API, if it bears one.

    Raises:
        InvalidInput: If it is empty, too long, or not visible ASCII.
    """
    key = request.headers.get(KEY_HEADER)
    if key is not None and not KEY.fullmatch(key):
        raise InvalidInput({KEY_HEADER: FieldProblem("unfit-key", 255)})
    return key


def read_version(request: "Request") -> int | None:
    """Read the number of a version from the query, if it bears one.

    Raises:
        InvalidInput: If it is no number.
    """
    return _read_number(request, "version")


def read_page(request: "Request") -> int | None:
    """Read the number of a page from the query, if it bears one.

    Raises:
        InvalidInput: If it is no number.
    """
    return _read_number(request, "page")


def read_language(request: "Request") -> str | None:
    """Read the language that is asked for in the query, if one is.

    Raises:
        InvalidInput: If it is none of the service's.
    """
    code = request.args.get("lang")
    if code is not None and code not in LANGUAGES:
        raise InvalidInput({"lang": FieldProblem("unknown-choice")})
    return code


def wants_fresh(request: "Request") -> bool:
    """Say whether the request asks past all caches, as browsers do when a page is forced anew."""
    return asks_fresh(request.headers.get("Cache-Control", ""))


def asks_fresh(cache_control: str) -> bool:
    """Say whether a request with this ``Cache-Control`` wants nothing that was kept."""
    return "no-cache" in cache_control.lower()


def _read_number(request: "Request", name: str) -> int | None:
    number = request.args.get(name)
    if number is None:
        return None
    if not NUMBER.fullmatch(number):
        raise InvalidInput({name: FieldProblem("no-number")})
    return int(number)


def _says_utf8(request: "Request") -> bool:
    return request.mimetype_params.get("charset", "utf-8").lower() in {"utf-8", "utf8"}


def _read_json(body: bytes) -> object:
    # The standard library's reader lets lone surrogates pass, so that the rules can name their
    # field. Its other freedoms (UTF-16, NaN) end here or at the types.
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BrokenJson from error


def _read_fields(plain: object) -> NewContribution:
    if not isinstance(plain, dict):
        raise InvalidInput({"body": FieldProblem("wrong-type")})
    problems = _unknown_fields(plain) | _unfit_fields(plain)
    if problems:
        raise InvalidInput(problems)
    return msgspec.convert(plain, NewContribution)


def _unknown_fields(plain: dict[str, Any]) -> dict[str, FieldProblem]:
    unknown = plain.keys() - {field.name for field in FIELDS}
    # The name goes back to its sender, and an answer in UTF-8 can hold no lone surrogate.
    names = (name.encode("utf-8", "backslashreplace").decode() for name in unknown)
    return {name: FieldProblem("unknown-field") for name in names}


def _unfit_fields(plain: dict[str, Any]) -> dict[str, FieldProblem]:
    problems = {field.name: _field_problem(plain, field) for field in FIELDS}
    return {name: problem for name, problem in problems.items() if problem is not None}


def _field_problem(plain: dict[str, Any], field: msgspec.structs.FieldInfo) -> FieldProblem | None:
    if field.name not in plain:
        return FieldProblem("missing") if field.required else None
    try:
        msgspec.convert(plain[field.name], field.type)
    except msgspec.ValidationError:
        return FieldProblem("wrong-type")
    return None
