"""Processes that write to an embedded store, and what a store keeps."""

import os
import subprocess
import sys
from pathlib import Path

from comment_service.storage.embedded import EmbeddedStore


def environment_of_the_killed() -> dict[str, str]:
    """Return the environment without coverage: who is killed leaves half a file of figures."""
    inherited = os.environ.items()  # noqa: TID251  # a process needs a PATH
    return {name: value for name, value in inherited if not name.startswith("COVERAGE_")}


def start_writer(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a writer: prefix of its ids, how many, and a limit for files if there is one."""
    command = [sys.executable, "-m", "tests.comment_service.storage.writer", str(folder)]
    return subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)


def kept(folder: Path) -> set[str]:
    """Return the ids of all that a new store finds in the folder."""
    store = EmbeddedStore(folder)
    try:
        return {entry.contribution.id for part in store.stock() for entry in part.contributions}
    finally:
        store.close()
