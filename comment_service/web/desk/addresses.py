"""Addresses of the page that is shown, changed in one thing."""

from urllib.parse import urlencode

from flask import request

from comment_service.web.desk.telling import PROOF, SAID


def in_language(code: str) -> str:
    """Return the address of this page, filters and all, in another language."""
    return changed(lang=code)


def changed(**values: str) -> str:
    """Return the address of this page with other values in its query; empty ones are left out."""
    left_out = {SAID, PROOF, *values}
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in left_out]
    new = [(name, value) for name, value in values.items() if value]
    return f"{request.path}?{urlencode(kept + new)}"
