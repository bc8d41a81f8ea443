"""Files that are whole at every moment: replaced in one step, safe when that returns."""

import os
from pathlib import Path

Signature = tuple[int, int, int]  # inode, size in bytes, time of change in nanoseconds
PRIVATE = 0o600  # names and texts that are not public yet: for the service's own user only
PRIVATE_FOLDER = 0o700


def signature(stat: os.stat_result) -> Signature:
    """Return what tells one state of a replaced file from the next."""
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def make_folder(path: Path) -> None:
    """Make a folder, if it is not there, so that a power cut leaves it."""
    if not path.is_dir():
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        sync_folder(path.parent)


def replace(path: Path, content: bytes) -> Signature:
    """Replace a file's content so that a reader, a crash or a power cut sees the old or the new.

    The caller holds the lock of the folder. If it fails, the old file is untouched.
    """
    aside = _aside(path)
    written = _write(aside, content)
    aside.replace(path)
    sync_folder(path.parent)
    return written


def _aside(path: Path) -> Path:
    # One fixed name: what a killed process left behind is overwritten by the next write.
    return path.with_name(f"{path.name}.new")


def _write(path: Path, content: bytes) -> Signature:
    try:
        with os.fdopen(_open_private(path), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            return signature(os.fstat(file.fileno()))
    except OSError:
        path.unlink(missing_ok=True)  # a full disk gets its room back
        raise


def _open_private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)


def sync_folder(folder: Path) -> None:
    """Make safe which files there are in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
