"""States: a document as each commit left it, and as it lies in the folder now."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from participation.window import opening
from site_src.front_matter import split
from site_src.history import Stage
from site_src.problems import BrokenSource, errors
from site_src.schema_check import check_schema, load
from site_src.source_files import SourceFile
from site_src.source_values import SourceDocument, read_document
from site_src.yaml_text import ReadYaml

STATED = re.compile(r"^version:\s*(\d{1,6})\s*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class State:
    """A document as ``commit`` left it at ``moment``; without a commit: as it lies there now."""

    document: SourceDocument
    moment: datetime
    commit: str | None = None

    @property
    def day(self) -> date:
        """The day of that moment, at the city's place."""
        return self.moment.date()

    @property
    def number(self) -> int:
        """The version that it bears."""
        return self.document.version


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A commit that left a document that cannot be read; ``number`` is the version it states."""

    commit: str
    number: int | None


def states(
    document: SourceDocument, stages: Sequence[Stage], read: ReadYaml, *, today: date
) -> list[State | Unreadable]:
    """Return the states of a document, oldest first; the last one is how it lies there now.

    Where that is what was committed last, it bears that commit.
    """
    found = list(_committed(document.file.path, stages, read))
    last = found[-1] if found else None
    if isinstance(last, State) and _same(last.document, document):
        return [*found[:-1], State(document, last.moment, last.commit)]
    return [*found, State(document, opening(today))]


def is_committed(document: SourceDocument, found: Sequence[State | Unreadable]) -> bool:
    """Say whether some commit bears the version that the document states."""
    return any(
        isinstance(one, State) and one.commit and one.number == document.version for one in found
    )


def _committed(path: str, stages: Sequence[Stage], read: ReadYaml) -> Iterator[State | Unreadable]:
    for stage in stages:
        if stage.text is not None:
            yield _state(path, stage, stage.text, read)


def _state(path: str, stage: Stage, text: str, read: ReadYaml) -> State | Unreadable:
    try:
        return State(read_document(_file(path, text, read)), stage.moment, stage.commit)
    except BrokenSource:
        stated = STATED.search(text)
        return Unreadable(stage.commit, int(stated[1]) if stated else None)


def _file(path: str, text: str, read: ReadYaml) -> SourceFile:
    """Return what was committed as if it lay at its path of today.

    Raises:
        BrokenSource: If its front matter is no YAML, or does not fit its schema.
    """
    parts = split(path, text)
    yaml = read(path, parts.front, first_line=2)
    known = load("document")["properties"]
    front = yaml.value if isinstance(yaml.value, dict) else {}
    # A key that was known then and is no longer must not make an old version unreadable.
    kept = {key: value for key, value in front.items() if key in known}
    source = SourceFile(path, kept, yaml.lines, parts.body, parts.body_line)
    for problem in errors(check_schema(source, "document")):
        raise BrokenSource(problem)
    return source


def _same(one: SourceDocument, other: SourceDocument) -> bool:
    return (one.version, one.status, one.file.body) == (
        other.version, other.status, other.file.body,
    )  # fmt: skip
