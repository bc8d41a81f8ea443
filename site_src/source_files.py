"""Source files: bytes that an editor wrote, read as text with every trap named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_src.front_matter import split
from site_src.messages import message
from site_src.problems import BrokenSource, Problem
from site_src.yaml_text import ReadYaml, Way

BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its front matter (or whole YAML) with lines, and its Markdown body.

    ``path`` is relative to the content, with slashes; ``body_line`` is the line in which
    the body begins, counted from 1.
    """

    path: str
    front: Mapping[str, Any]
    lines: Mapping[Way, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def line(self, *way: str | int) -> int:
        """Return the line of the value at the end of the way, or of what is nearest to it."""
        while way and way not in self.lines:
            way = way[:-1]
        return self.lines.get(way, 1)


def read_markdown(path: str, file: Path, read: ReadYaml) -> tuple[SourceFile, list[Problem]]:
    """Read a Markdown file with front matter.

    Raises:
        BrokenSource: If it cannot be read at all.
    """
    text, problems = read_text(path, file)
    parts = split(path, text)
    yaml = read(path, parts.front, first_line=2)
    if not isinstance(yaml.value, dict):
        raise BrokenSource(_no_entries(path))
    source = SourceFile(path, yaml.value, yaml.lines, parts.body, parts.body_line)
    return source, [*problems, *yaml.problems]


def read_yaml_file(path: str, file: Path, read: ReadYaml) -> tuple[SourceFile, list[Problem]]:
    """Read a file that is YAML from end to end.

    Raises:
        BrokenSource: If it cannot be read at all.
    """
    text, problems = read_text(path, file)
    yaml = read(path, text)
    if not isinstance(yaml.value, dict):
        raise BrokenSource(_no_entries(path))
    return SourceFile(path, yaml.value, yaml.lines), [*problems, *yaml.problems]


def read_text(path: str, file: Path) -> tuple[str, list[Problem]]:
    """Return the text with plain line ends, and what is wrong with its bytes.

    Raises:
        BrokenSource: If it is no UTF-8, or empty.
    """
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BrokenSource(_not_utf8(path, raw, error)) from error
    problems = _traps_in_bytes(path, text)
    text = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise BrokenSource(_empty(path))
    return text, problems


def _traps_in_bytes(path: str, text: str) -> list[Problem]:
    problems = []
    if text.startswith(BOM):
        problems.append(_bom(path))
    if "\r" in text:
        problems.append(_windows_lines(path, text.count("\n", 0, text.index("\r")) + 1))
    return problems


def _not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    return Problem(
        path,
        raw[: error.start].count(b"\n") + 1,
        message("this line is not in UTF-8"),
        message("save the file with the encoding UTF-8"),
    )


def _empty(path: str) -> Problem:
    return Problem(
        path, 1, message("the file is empty"), message("write its text, or delete the file")
    )


def _bom(path: str) -> Problem:
    return Problem(
        path,
        1,
        message("the file begins with an invisible byte order mark (BOM)"),
        message("save the file as “UTF-8” instead of “UTF-8 with BOM”"),
    )


def _windows_lines(path: str, line: int) -> Problem:
    return Problem(
        path,
        line,
        message("the lines end in the manner of Windows (CRLF)"),
        message("let your editor save the file with line ends “LF”"),
    )


def _no_entries(path: str) -> Problem:
    return Problem(
        path,
        1,
        message("there are no entries such as “title: …” here"),
        message("write one entry on each line: its name, a colon, its value"),
    )
