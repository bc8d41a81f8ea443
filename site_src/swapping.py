"""Puts a new site in the place of the old one, such that there is always a whole one."""

import ctypes
import os
import shutil
from pathlib import Path

from site_src.catalogue_file import NAME

AT_FDCWD = -100  # "relative to the working directory", from linux/fcntl.h
EXCHANGE = 2  # RENAME_EXCHANGE, from linux/fs.h


class NotOurFolder(Exception):
    """The output folder holds something else, which must not be replaced."""


def prepare(output: Path) -> Path:
    """Return an empty folder beside ``output``; what broken builds left behind is cleared.

    Raises:
        NotOurFolder: If ``output`` is no folder, or holds something else than a built site.
    """
    if output.exists() and not _is_ours(output):
        raise NotOurFolder(str(output))
    old, new = _beside(output, "old"), _beside(output, "new")
    if old.exists() and not output.exists():
        old.rename(output)  # a build was stopped between its two renames
    shutil.rmtree(old, ignore_errors=True)
    clear(output)
    new.mkdir(parents=True)
    return new


def clear(output: Path) -> None:
    """Delete what a build left beside ``output``."""
    new = _beside(output, "new")
    for left in (new, *new.parent.glob(f"{new.name}-*")):
        shutil.rmtree(left, ignore_errors=True)


def aside(new: Path, language: str) -> Path:
    """Return where the site in a further language is made, to be put into ``new`` later."""
    return new.with_name(f"{new.name}-{language}")


def swap_in(new: Path, output: Path) -> None:
    """Put ``new`` in the place of ``output``; at no moment is there none, where Linux helps."""
    if not output.exists():
        new.rename(output)
        return
    if exchange(new, output):
        shutil.rmtree(new)
    else:
        swap_by_renames(new, output)


def swap_by_renames(new: Path, output: Path) -> None:
    """Put ``new`` in the place of ``output`` in two steps; ``prepare`` mends a stop between."""
    old = _beside(output, "old")
    output.rename(old)
    new.rename(output)
    shutil.rmtree(old)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change their names in one step; say whether the system can."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], EXCHANGE) == 0)


def _is_ours(output: Path) -> bool:
    return output.is_dir() and ((output / NAME).exists() or not any(output.iterdir()))


def _beside(output: Path, what: str) -> Path:
    return output.with_name(f".{output.name}.{what}")
