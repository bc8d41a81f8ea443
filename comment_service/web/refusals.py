"""Refusals that only HTTP knows."""

from participation.refusals import Refusal


class BrokenJson(Refusal):
    """The body of a request is no JSON in UTF-8."""

    code = "broken-json"


class UnsupportedMediaType(Refusal):
    """The body of a request is of a type that is not read here."""

    code = "unsupported-media-type"


class ForeignForm(Refusal):
    """A form was sent to the editorial desk by a page of somebody else."""

    code = "foreign-form"


class UploadTooLarge(Refusal):
    """What was sent to the editorial desk is larger than what is read there."""

    code = "upload-too-large"


class StaleForm(Refusal):
    """A form of the editorial desk was made for another session."""

    code = "stale-form"
