"""The history of documents, read from git by its program. The only file that knows git."""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from participation.window import HOME
from site_src.front_matter import split
from site_src.problems import BrokenSource
from site_src.yaml_text import read_yaml


class Obstacle(Enum):
    """Why the history cannot be read, or not wholly."""

    NO_GIT = "the program git is missing"
    NO_REPOSITORY = "there is no repository"
    NO_COMMIT = "nothing was committed yet"
    SHALLOW = "the repository is a shallow clone"


@dataclass(frozen=True, slots=True)
class Stage:
    """A document as one commit left it; ``text`` is none where that commit deleted it."""

    commit: str
    day: date
    text: str | None

    @property
    def front(self) -> Mapping[str, Any]:
        """The front matter, empty where there is none that can be read."""
        return {} if self.text is None else _front_in(self.text)

    @property
    def version(self) -> int | None:
        """The value of ``version`` in the front matter, where it has one."""
        version = self.front.get("version")
        return version if isinstance(version, int) else None

    @property
    def body(self) -> str | None:
        """The text below the front matter, where there is one."""
        try:
            return None if self.text is None else split("", self.text).body
        except BrokenSource:
            return None


@dataclass(frozen=True, slots=True)
class History:
    """The stages of each document by its path, oldest first, and what stood in the way."""

    stages: Mapping[str, Sequence[Stage]] = field(default_factory=dict)
    obstacle: Obstacle | None = None

    def publication(self, path: str, version: int) -> Stage | None:
        """Return the stage that first bore a version: its commit published it."""
        bearing = (stage for stage in self.stages.get(path, ()) if stage.version == version)
        return next(bearing, None)

    def earlier(self, path: str, version: int) -> dict[int, Stage]:
        """Return the newest stage of each version below ``version``."""
        stages = self.stages.get(path, ())
        known = {stage.version: stage for stage in stages if stage.version is not None}
        return {number: stage for number, stage in sorted(known.items()) if number < version}

    def has_body(self, path: str, body: str) -> bool:
        """Say whether the newest stage has this very text below its front matter."""
        stages = self.stages.get(path)
        return stages is not None and len(stages) > 0 and stages[-1].body == body


class _GitFailed(Exception):
    """Git could not do what it was asked."""


def read_history(content: Path, paths: Iterable[str]) -> History:
    """Walk the first-parent history of HEAD once for each path (relative to ``content``).

    Reads only; where there is no history, it says why and holds no stages.
    """
    try:
        obstacle = _obstacle(content)
        if obstacle not in {None, Obstacle.SHALLOW}:
            return History(obstacle=obstacle)
        return History({path: _walk(content, path) for path in paths}, obstacle)
    except FileNotFoundError:
        return History(obstacle=Obstacle.NO_GIT)


def _obstacle(content: Path) -> Obstacle | None:
    try:
        shallow = _git(content, "rev-parse", "--is-shallow-repository")
    except _GitFailed:
        return Obstacle.NO_REPOSITORY
    try:
        _git(content, "rev-parse", "--verify", "--quiet", "HEAD")
    except _GitFailed:
        return Obstacle.NO_COMMIT
    return Obstacle.SHALLOW if shallow.strip() == b"true" else None


def _walk(content: Path, path: str) -> tuple[Stage, ...]:
    log = _git(content, "log", "--first-parent", "--reverse", "--format=%H %cI", "HEAD", "--", path)
    commits = [line.split(" ", 1) for line in log.decode().splitlines()]
    texts = _texts(content, [f"{commit}:./{path}" for commit, _ in commits])
    return tuple(
        Stage(commit, _day(moment), text)
        for (commit, moment), text in zip(commits, texts, strict=True)
    )


def _texts(content: Path, names: Sequence[str]) -> list[str | None]:
    """Return the text of each blob, all from one process."""
    asked = "".join(f"{name}\n" for name in names).encode()
    rest = _git(content, "cat-file", "--batch", given=asked)
    texts: list[str | None] = []
    for _ in names:
        header, _, rest = rest.partition(b"\n")
        if header.endswith(b" missing"):
            texts.append(None)
            continue
        size = int(header.rsplit(b" ", 1)[1])
        texts.append(rest[:size].decode("utf-8", "replace").replace("\r\n", "\n"))
        rest = rest[size + 1 :]
    return texts


def _front_in(text: str) -> Mapping[str, Any]:
    try:
        front = read_yaml("", split("", text).front).value
    except BrokenSource:
        return {}  # a stage that was broken then published nothing
    return front if isinstance(front, dict) else {}


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(HOME).date()


def _git(content: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run(  # noqa: S603  # git's own words and paths of ours; no shell
        ["git", "-C", str(content), *arguments],  # noqa: S607  # wherever git is installed
        input=given,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise _GitFailed(done.stderr.decode("utf-8", "replace"))
    return done.stdout
