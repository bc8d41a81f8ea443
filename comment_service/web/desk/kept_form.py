"""What was typed into a form that could not be taken yet: kept on the page, sent again later."""

import json
import re
from dataclasses import dataclass

from flask import Request

from comment_service.web.desk.forgery import FIELD
from comment_service.web.desk_door import DESK

TARGET = re.compile(rf"{DESK}/[!-\[\]-~]*")  # an address here in visible ASCII, no backslash
# Never written into a page, not even of those who typed them: they are typed anew.
SECRETS = frozenset({FIELD, "password", "old", "code"})
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeptForm:
    """The fields of a form and the address that it was sent to; of files only the names."""

    target: str
    fields: Pairs
    files: tuple[str, ...] = ()

    def plain(self) -> str:
        """Return it as the text of a hidden field."""
        return json.dumps([self.target, self.fields, self.files])


def sent_form(request: Request) -> KeptForm:
    """Return the form of this request, without what is secret in it."""
    fields = tuple(
        (name, value)
        for name, values in request.form.lists()
        if name not in SECRETS
        for value in values
    )
    files = tuple(file.filename for file in request.files.values() if file.filename)
    return KeptForm(here(request), fields, files)


def read_kept(text: str) -> KeptForm | None:
    """Read the text of a hidden field; None if there is nothing that can be sent again."""
    try:
        target, fields, files = json.loads(text)
        kept = KeptForm(
            safe_target(target),
            tuple((str(name), str(value)) for name, value in fields),
            tuple(str(name) for name in files),
        )
    except (ValueError, TypeError, RecursionError):
        return None
    return kept if kept.fields else None


def here(request: Request) -> str:
    """Return the address of a request, as it is asked for again."""
    return request.full_path.removesuffix("?") if request.query_string else request.path


def safe_target(target: str) -> str:
    """Return an address of the desk as it is; anything else leads to its first page."""
    return target if TARGET.fullmatch(target) else f"{DESK}/"
