"""Lets one process at a time work in a folder; the others wait for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from site_src.messages import Message, message


class BuildIsRunning(Exception):
    """Another build in the same folder does not come to an end."""


@contextmanager
def alone_in(folder: Path, *, say: Callable[[Message], None], patience: float) -> Iterator[None]:
    """Keep others waiting while the block runs; ``patience`` is in seconds.

    Raises:
        BuildIsRunning: If somebody else works there for longer than that.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(message("Another build is running; this one waits."))
        _wait(lock, patience)
    try:
        yield
    finally:
        lock.release()


def _wait(lock: FileLock, patience: float) -> None:
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise BuildIsRunning(str(lock.lock_file)) from None
