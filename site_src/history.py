"""The history of documents, read from git by its program. The only file that knows git."""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from participation.window import HOME

COMMIT = b"\x01"  # begins each commit in git's answer; no name of a file may hold it
LOG = (
    "log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--find-renames", "--no-color",
    "--no-show-signature", "--format=%x01%H %cI",
)  # fmt: skip
# All Markdown, wherever it lies, since a text may have come from elsewhere; and all dates.
SOURCES = (":(top)*.md", ":(top)*schedule.yml")
NOTHING = re.compile(r"0+")  # the name of the blob that a deletion leaves


class Obstacle(Enum):
    """Why the history cannot be read, or not wholly."""

    NO_GIT = "the program git is missing"
    NO_REPOSITORY = "there is no repository"
    NO_COMMIT = "nothing was committed yet"
    SHALLOW = "the repository is a shallow clone"
    UNREADABLE = "git cannot read the repository"


@dataclass(frozen=True, slots=True)
class Stage:
    """A document as one commit left it.

    ``moment`` is that of the commit, at the city's place; ``path`` is what the file was called
    then, relative to the content; ``text`` is none where that commit deleted it.
    """

    commit: str
    moment: datetime
    path: str
    text: str | None

    @property
    def day(self) -> date:
        """The day of the commit."""
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class History:
    """The stages of each document by its path of today, oldest first, and what stood in the way.

    ``detail`` is what git says of a repository that it cannot read.
    """

    stages: Mapping[str, Sequence[Stage]] = field(default_factory=dict)
    obstacle: Obstacle | None = None
    detail: str = ""

    def of(self, path: str) -> Sequence[Stage]:
        """Return the stages of one document, oldest first."""
        return self.stages.get(path, ())


@dataclass(frozen=True, slots=True)
class _Change:
    """What one commit did to one file: the blob it left, and the names before and after."""

    commit: str
    moment: datetime
    blob: str
    before: str
    after: str


class _GitFailed(Exception):
    """Git could not do what it was asked."""


def read_history(content: Path, paths: Iterable[str]) -> History:
    """Walk once through the first-parent history of HEAD, for all paths (below ``content``).

    Files that were called otherwise are followed. Reads only; where there is no history, it
    says why and holds no stages.
    """
    git = _Git(content)
    try:
        obstacle = _obstacle(git)
        if obstacle not in {None, Obstacle.SHALLOW}:
            return History(obstacle=obstacle)
        return History(_stages(git, paths), obstacle)
    except FileNotFoundError:
        return History(obstacle=Obstacle.NO_GIT)
    except _GitFailed as failure:
        return History(obstacle=Obstacle.UNREADABLE, detail=str(failure).split("\n", 1)[0])


def _obstacle(git: "_Git") -> Obstacle | None:
    try:
        shallow = git.run("rev-parse", "--is-shallow-repository")
    except _GitFailed:
        folder = git.folder.resolve()
        if any((one / ".git").exists() for one in (folder, *folder.parents)):
            raise
        return Obstacle.NO_REPOSITORY
    try:
        git.run("rev-parse", "--verify", "--quiet", "HEAD")
    except _GitFailed:
        return Obstacle.NO_COMMIT
    return Obstacle.SHALLOW if shallow.strip() == b"true" else None


def _stages(git: "_Git", paths: Iterable[str]) -> dict[str, tuple[Stage, ...]]:
    """Return the stages of each path; one walk and one process for all blobs."""
    folder = git.run("rev-parse", "--show-prefix").decode().strip("\n")
    log = git.run(*LOG, "HEAD", "--", *SOURCES)
    changes = _followed(_changes(log), {f"{folder}{path}": path for path in paths})
    blobs = {change.blob for found in changes.values() for change in found}
    texts = git.texts(sorted(blob for blob in blobs if not NOTHING.fullmatch(blob)))
    return {
        path: tuple(
            Stage(one.commit, one.moment, one.after.removeprefix(folder), texts.get(one.blob))
            for one in reversed(found)
        )
        for path, found in changes.items()
    }


def _changes(log: bytes) -> Iterator[_Change]:
    """Yield every change of a file, newest first."""
    for entry in log.split(COMMIT)[1:]:
        header, *fields = entry.decode("utf-8", "surrogateescape").split("\0")
        commit, moment = header.strip().split(" ", 1)
        rest = iter([field.lstrip("\n") for field in fields if field.strip("\n")])
        for raw in rest:
            blob, status = raw.split(" ")[3:5]
            before = next(rest)
            after = next(rest) if status.startswith("R") else before
            yield _Change(commit, _at_home(moment), blob, before, after)


def _followed(changes: Iterable[_Change], known: dict[str, str]) -> dict[str, list[_Change]]:
    """Sort the changes by documents; ``known`` maps the name in git to the path of today."""
    found: dict[str, list[_Change]] = {path: [] for path in known.values()}
    names = dict(known)
    renamed: dict[str, str] = {}
    commit = ""
    for change in changes:
        if change.commit != commit:  # a commit's renames count from the commit before it
            names.update(renamed)
            renamed, commit = {}, change.commit
        path = names.get(change.after)
        if path is None:
            continue
        found[path].append(change)
        if change.before != change.after:
            del names[change.after]
            renamed[change.before] = path
    return found


def _at_home(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(HOME)


@dataclass(frozen=True, slots=True)
class _Git:
    """The program git, at work in one folder."""

    folder: Path

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        done = subprocess.run(  # noqa: S603  # git's own words and paths of ours; no shell
            ["git", "-C", str(self.folder), *arguments],  # noqa: S607  # wherever git is installed
            input=given,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            raise _GitFailed(done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def texts(self, blobs: Sequence[str]) -> dict[str, str]:
        """Return the text of each blob, all from one process."""
        asked = "".join(f"{blob}\n" for blob in blobs).encode()
        answer, place = self.run("cat-file", "--batch", given=asked), 0
        texts: dict[str, str] = {}
        for blob in blobs:
            end = answer.index(b"\n", place)
            size = _size(answer[place:end].decode())
            texts[blob] = _text(answer[end + 1 : end + 1 + size])
            place = end + size + 2
        return texts


def _size(header: str) -> int:
    """Return the size of a blob from ``NAME blob SIZE``; a damaged one is ``NAME missing``."""
    *_, size = header.split()
    if not size.isdecimal():
        raise _GitFailed(f"fatal: {header}")
    return int(size)


def _text(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")
