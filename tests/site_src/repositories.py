"""The tiny site's content as a repository, and commits in it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

PATH = "guidelines/leitlinien.md"
Commit = Callable[[str], str]  # of all that changed, on a day; returns its name


def git(folder: Path, *arguments: str, day: str = "2024-03-08") -> str:
    """Run git as an author of its own, at noon of a day."""
    moment = f"{day}T12:00:00+00:00"
    dates = [f"GIT_AUTHOR_DATE={moment}", f"GIT_COMMITTER_DATE={moment}"]
    author = ["-c", "user.name=Redaktion", "-c", "user.email=redaktion@example.org"]
    done = subprocess.run(
        ["env", *dates, "git", "-C", str(folder), *author, *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def begin(folder: Path) -> None:
    """Make a folder a repository without a commit."""
    git(folder, "init", "--initial-branch=main", "--quiet")


def commit_all(folder: Path, day: str) -> str:
    """Commit all that changed, and return the commit's name."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Stand", day=day)
    return git(folder, "rev-parse", "HEAD")
