"""Takes the content of one commit out of a repository, with its history and nothing else.

With ``history`` the only file that knows git. The folder that comes of it is a repository
of its own: its HEAD is that commit, and it borrows the objects of the first one. So the
history is read there as in any clone, also where the first one is bare.
"""

import shutil
import subprocess
import tarfile
from pathlib import Path, PurePosixPath

from site_src.messages import message
from site_src.places import Places
from site_src.problems import Problem
from site_src.sources import SCHEDULE

CONTENT = ("guidelines", "minutes", SCHEDULE)  # all else in a commit is left where it is
# What a commit may say of its own files is not followed: no filters, nothing left out.
ATTRIBUTES = "* -export-ignore -export-subst -filter -ident -text -working-tree-encoding\n"


class NoRepository(Exception):
    """There is no repository in that folder, or git cannot read it; the text says why."""


class ShallowRepository(Exception):
    """The repository holds only a part of its history."""


class UnknownRevision(Exception):
    """The repository has no such commit."""


def commit_of(repository: Path, revision: str) -> str:
    """Return the full name of the commit that ``revision`` means.

    Raises:
        NoRepository: If the folder is none, or only lies in one.
        ShallowRepository: If a part of the history is missing.
        UnknownRevision: If there is no such commit.
    """
    if _git(repository, "rev-parse", "--show-prefix"):
        raise NoRepository(str(repository))
    if _git(repository, "rev-parse", "--is-shallow-repository") == "true":
        raise ShallowRepository(str(repository))
    try:
        return _git(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except NoRepository:
        raise UnknownRevision(revision) from None


def export(places: Places) -> list[Problem]:
    """Put the content of ``places.revision``, a full commit, in the place of ``places.content``.

    What a build keeps in ``places.work`` stays there.

    Returns:
        What cannot be published, such as a link to a file outside.

    Raises:
        NoRepository: If git cannot read it.
    """
    _clear(places)
    _borrow(places)
    there = _git(places.content, "ls-tree", "--name-only", "HEAD", "--", *CONTENT).splitlines()
    return _unpack(places, there) if there else []


def _clear(places: Places) -> None:
    places.content.mkdir(parents=True, exist_ok=True)
    for path in places.content.iterdir():
        if path == places.work:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _borrow(places: Places) -> None:
    """Make ``content`` a repository that ends with the commit and has its objects elsewhere."""
    source, content = places.repository or places.content, places.content
    kind = _git(source, "rev-parse", "--show-object-format")
    objects = source / _git(source, "rev-parse", "--git-path", "objects")
    _git(content, "init", "--quiet", "--template=", f"--object-format={kind}")
    _write(content / ".git" / "objects" / "info" / "alternates", f"{objects.resolve()}\n")
    _write(content / ".git" / "info" / "attributes", ATTRIBUTES)
    _git(content, "update-ref", "--no-deref", "HEAD", places.revision)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")


def _unpack(places: Places, paths: list[str]) -> list[Problem]:
    archive = places.content / ".git" / "content.tar"
    _git(places.content, "archive", "--format=tar", f"--output={archive}", "HEAD", "--", *paths)
    with tarfile.open(archive, "r:") as members:
        found = [_take(members, member, places.content) for member in members]
    archive.unlink()
    return [problem for problem in found if problem is not None]


def _take(members: tarfile.TarFile, member: tarfile.TarInfo, content: Path) -> Problem | None:
    """Write a file. Hidden ones are no content, and so no path leads out by its dots."""
    parts = PurePosixPath(member.name).parts
    data = members.extractfile(member) if member.isfile() else None
    if data is not None and not any(part.startswith(".") for part in parts):
        target = content.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with data, target.open("wb") as file:
            shutil.copyfileobj(data, file)
    return _link(member.name) if member.issym() else None


def _link(path: str) -> Problem:
    return Problem(
        path,
        None,
        message("this is a link to another file (symbolic link)"),
        message("put the file itself in its place"),
    )


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says.

    Raises:
        NoRepository: If it fails.
    """
    try:
        done = subprocess.run(  # noqa: S603  # git's own words and paths of ours; no shell
            ["git", "-C", str(folder), *arguments],  # noqa: S607  # wherever git is installed
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise NoRepository(str(error)) from error
    if done.returncode != 0:
        raise NoRepository(f"{folder}: {done.stderr.strip()}")
    return done.stdout.strip()
