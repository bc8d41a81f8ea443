"""Refusals that only HTTP knows."""

from participation.refusals import Refusal


class BrokenJson(Refusal):
    """The body of a request is no JSON in UTF-8."""

    code = "broken-json"


class UnsupportedMediaType(Refusal):
    """The body of a request is of a type that is not read here."""

    code = "unsupported-media-type"
