"""Front matter: the lines between two ``---`` at the top of a Markdown file."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from site_src.messages import message
from site_src.problems import BrokenSource, Problem

AS_JSON = json.JSONEncoder(ensure_ascii=False)
FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parts:
    """The two parts of a file; the front begins in line 2, the body in ``body_line``."""

    front: str
    body: str
    body_line: int


def split(path: str, text: str) -> Parts:
    """Split a Markdown file into its front matter and its body.

    Raises:
        BrokenSource: If there is no front matter, or it does not end.
    """
    match = FRONT.match(text)
    if match is None:
        raise BrokenSource(_missing(path))
    return Parts(match[1], text[match.end() :], match[0].count("\n") + 1)


def write(meta: Mapping[str, Any], body: str) -> str:
    """Return a Markdown file; values are written as JSON, which every YAML reader reads."""
    lines = [f"{key}: {AS_JSON.encode(value)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", body.strip("\n"), ""])


def _missing(path: str) -> Problem:
    return Problem(
        path,
        1,
        message("the front matter is missing"),
        message("begin the file with a line ---, then entries such as “title: …”, then a line ---"),
    )
