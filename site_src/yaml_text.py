"""Reads YAML 1.2 as plain values, and remembers in which line each of them stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from site_src.messages import message
from site_src.problems import BrokenSource, Problem

Way = tuple[str | int, ...]  # from the outside in: ("commenting", "opens"), ("discussed", 0)

HALF = re.compile("[\ud800-\udfff]")  # of a pair, as JSON writes what needs two
TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a piece of YAML says, the line of each value, and what is wrong with it."""

    value: Any
    lines: Mapping[Way, int]
    problems: tuple[Problem, ...] = ()


def read_yaml(path: str, text: str, *, first_line: int = 1) -> YamlText:
    """Read ``text``, which begins in line ``first_line`` of the file.

    Dates and times stay text (``2022-10-10``, ``18:00``); keys are text; a repeated key
    is a problem, its first value counts.

    Raises:
        BrokenSource: If it is no YAML, or uses anchors and aliases.
    """
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        raise BrokenSource(_not_yaml(path, error, first_line)) from error
    return _Reader(path, first_line).read(node)


def _not_yaml(path: str, error: YAMLError, first_line: int) -> Problem:
    return Problem(
        path,
        first_line + _line_of_mark(error),
        message("this is not readable as YAML"),
        message(
            "check colons, quotes and indentation here and in the line above; "
            "a text with a colon or a # in it needs quotes"
        ),
    )


def _line_of_mark(error: YAMLError) -> int:
    """Return the line of the fault, from 0; of a quote that does not end, where it begins."""
    if not isinstance(error, MarkedYAMLError):
        return 0
    quoted = error.context == "while scanning a quoted scalar"
    mark = error.context_mark if quoted else error.problem_mark
    return int(mark.line) if mark else 0


class ReadYaml(Protocol):
    """Reads YAML as ``read_yaml`` does."""

    def __call__(self, path: str, text: str, *, first_line: int = 1) -> YamlText:
        """Return what the text says; it begins in line ``first_line`` of the file."""


class _Reader:
    """Turns nodes into values and notes their lines."""

    def __init__(self, path: str, first_line: int) -> None:
        self._path, self._first_line = path, first_line
        self._lines: dict[Way, int] = {}
        self._problems: list[Problem] = []
        self._seen: set[int] = set()

    def read(self, node: Node | None) -> YamlText:
        value = None if node is None else self._value(node, ())
        return YamlText(value, self._lines, tuple(self._problems))

    def _line_of(self, node: Node) -> int:
        return self._first_line + int(node.start_mark.line)

    def _value(self, node: Node, way: Way) -> Any:
        self._refuse_alias(node)
        self._lines.setdefault(way, self._line_of(node))
        match node:
            case MappingNode():
                return dict(self._entries(node, way))
            case SequenceNode():
                return [self._value(item, (*way, n)) for n, item in enumerate(node.value)]
            case _:
                return self._whole(_scalar(node), node)

    def _entries(self, node: MappingNode, way: Way) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = self._whole(str(key_node.value), key_node)
            if key in seen:
                self._problems.append(_repeated(self._path, self._line_of(key_node), key))
                continue
            seen.add(key)
            self._lines[(*way, key)] = self._line_of(key_node)
            yield key, self._value(value_node, (*way, key))

    def _whole(self, value: Any, node: Node) -> Any:
        """Return a text whose characters were written in two halves each with whole ones."""
        if not isinstance(value, str) or HALF.search(value) is None:
            return value
        try:
            return value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self._problems.append(_half(self._path, self._line_of(node)))
            return HALF.sub("\ufffd", value)

    def _refuse_alias(self, node: Node) -> None:
        # An alias is the same node again, and may hold itself.
        if id(node) in self._seen:
            raise BrokenSource(_alias(self._path, self._line_of(node)))
        self._seen.add(id(node))


def _scalar(node: Node) -> Any:
    """Return a number, a truth value, nothing or a text; all else is the text as written."""
    text = str(node.value)
    match str(node.tag).removeprefix(TAG):
        case "int" if text.lstrip("+-").isdecimal():
            return int(text)
        case "bool":
            return text.lower() == "true"
        case "null":
            return None
        case _:
            return text


def _repeated(path: str, line: int, key: str) -> Problem:
    return Problem(
        path,
        line,
        message("“{key}” stands here a second time", key=key),
        message("keep one of the two lines"),
    )


def _half(path: str, line: int) -> Problem:
    return Problem(
        path,
        line,
        message("this has an escape (\\u…) that is only half a character"),
        message("write the character itself"),
    )


def _alias(path: str, line: int) -> Problem:
    return Problem(
        path,
        line,
        message("this is used elsewhere by an anchor (&) and an alias (*)"),
        message("write the value out in each place"),
    )
