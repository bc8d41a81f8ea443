"""Makes a folder hold certain files and nothing else, and writes only what is not there yet."""

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath


def mirror(contents: Mapping[str, bytes], folder: Path) -> None:
    """Let ``folder`` hold these files, named by their paths with slashes, and no other ones."""
    folders = {parent.as_posix() for path in contents for parent in PurePosixPath(path).parents}
    if folder.is_symlink() or not folder.is_dir():
        _remove(folder)
        folder.mkdir(parents=True)
    _clear(folder, "", contents, folders)
    for path in sorted(folders):
        (folder / path).mkdir(exist_ok=True)
    for path, content in contents.items():
        _write(f"{folder}/{path}", content)


def _clear(folder: Path, above: str, files: Collection[str], folders: Collection[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in list(entries):
            path = f"{above}{entry.name}"
            if entry.is_dir(follow_symlinks=False) and path in folders:
                _clear(Path(entry.path), f"{path}/", files, folders)
            elif not (entry.is_file(follow_symlinks=False) and path in files):
                _remove(Path(entry.path))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _write(file: str, content: bytes) -> None:
    with open(file, "a+b") as opened:  # noqa: PTH123  # thousands: a Path costs more than the file
        opened.seek(0)
        if opened.read() != content:
            opened.truncate(0)
            opened.write(content)
