"""Checks of footnotes: each of them has a mark in the text."""

import re
from collections.abc import Iterator

from site_src.markdown_links import without_code
from site_src.messages import message
from site_src.problems import Problem, hint
from site_src.source_files import SourceFile

NOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\n]+)\]:", re.MULTILINE)
MARK = re.compile(r"\[\^(?P<name>[^\]\n]+)\]")


def check_footnotes(source: SourceFile) -> Iterator[Problem]:
    """Yield each footnote that no mark leads to."""
    text = without_code(source.body)
    marks = {match["name"] for match in MARK.finditer(NOTE.sub("", text))}
    for match in NOTE.finditer(text):
        if match["name"] not in marks:
            line = source.body_line + text.count("\n", 0, match.start())
            what = message("no mark leads to the footnote “{name}”", name=match["name"])
            cure = message(
                "write [^{name}] where it belongs in the text, or delete it", name=match["name"]
            )
            yield hint(source.path, line, what, cure)
