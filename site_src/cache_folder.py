"""A folder of values by key that may be lost at any time: what cannot be trusted is not there."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from site_src.cached_values import CachedValues

SPARE = 3  # times the values that one build uses: so that previews and builds keep theirs
LEAST = 2000  # values that stay in any case


@dataclass(frozen=True, slots=True)
class CacheFolder(CachedValues):
    """Values in files named by their keys, which are hexadecimal digests.

    Each file begins with the checksum of its key and its value: one that is torn, was changed
    or stands under another's name does not count. Several processes may use the folder. A
    folder that cannot be written to keeps nothing.
    """

    folder: Path
    used: set[str] = field(default_factory=set)

    def get(self, key: str) -> bytes | None:
        """Return the value, if there is a sound one."""
        file = self._file(key)
        try:
            with open(file, "rb") as opened:  # noqa: PTH123  # thousands: a Path costs more than it
                checksum, _, value = opened.read().partition(b"\n")
            if checksum != _checksum(key, value):
                return None
            os.utime(file)  # not among the oldest any more
        except OSError:
            return None
        self.used.add(key)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep a value, whole or not at all."""
        self.used.add(key)
        with suppress(OSError):
            _write(Path(self._file(key)), _checksum(key, value) + b"\n" + value)

    def prune(self) -> None:
        """Delete the values that were not used for longest, if there are many of them."""
        limit = max(LEAST, SPARE * len(self.used))
        files = list(_files_below(self.folder))
        if len(files) > limit:
            files.sort(key=_last_used, reverse=True)
        for file in files[limit:]:
            with suppress(OSError):
                os.unlink(file.path)  # noqa: PTH108  # as above

    def _file(self, key: str) -> str:
        return f"{self.folder}/{key[:2]}/{key[2:]}"


def _files_below(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with suppress(OSError), os.scandir(folder) as parts:
        for part in list(parts):
            with suppress(OSError), os.scandir(part.path) as files:
                yield from list(files)


def _last_used(file: "os.DirEntry[str]") -> float:
    with suppress(OSError):
        return file.stat().st_mtime
    return 0.0  # another process has deleted it


def _checksum(key: str, value: bytes) -> bytes:
    return sha256(f"{key}\n".encode() + value).hexdigest().encode()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, delete=False) as aside:
        aside.write(content)
    try:
        Path(aside.name).replace(file)
    except OSError:
        Path(aside.name).unlink()
        raise
