"""The public reads as files, so that a web server or a bucket answers them without the service."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from comment_service.web.content_coding import Coding
from comment_service.web.reading import Reading
from comment_service.web.rendering import Rendering
from participation.catalogue import Catalogue

# How web servers name the forms of a file that lie beside it (nginx: gzip_static, brotli_static).
SUFFIXES = {Coding.IDENTITY: "", Coding.GZIP: ".gz", Coding.BROTLI: ".br"}
FOLDER, FILE = 0o755, 0o644  # everybody may read what is public, whatever the umask
ASIDE = ".new"
Read = Callable[[], Rendering]


class PublicFiles:
    """Keeps a folder as the service answers; every file is whole at every moment.

    ``api/documents.json``, ``api/documents/SLUG/contributions.json`` and, for each version,
    ``api/documents/SLUG/contributions-NUMBER.json``, each with its forms beside it; the counts
    lie beside the contributions.
    """

    def __init__(self, folder: Path, reading: Reading, published: Callable[[], Catalogue]) -> None:
        self._root = folder / "api"
        self._reading = reading
        self._published = published
        self._written: dict[Path, str | None] = {}  # digests; None: not yet

    def write(self) -> None:
        """Write what is another than it was, and remove what is there no more.

        Raises:
            UnreadableCatalogue, StoreUnavailable: If it is not known what is public; the files
                stay as they are.
            OSError: If the folder cannot be written.
        """
        reads = dict(self._reads(self._published()))
        if reads.keys() != self._written.keys():
            self._remove_others(set(reads))
        for path, read in reads.items():
            self._write(path, read())

    def _reads(self, catalogue: Catalogue) -> Iterator[tuple[Path, Read]]:
        yield self._root / "documents.json", self._reading.documents
        told = {"counts": self._reading.counts, "contributions": self._reading.contributions}
        for slug, document in catalogue.documents.items():
            folder = self._root / "documents" / slug
            for name, reading in told.items():
                yield folder / f"{name}.json", partial(reading, slug)
                for version in document.versions:
                    number = version.number
                    yield folder / f"{name}-{number}.json", partial(reading, slug, number)

    def _write(self, path: Path, rendering: Rendering) -> None:
        if self._written[path] == rendering.digest:
            return
        forms = {_form(path, coding): rendering.coded(coding) for coding in SUFFIXES}
        if not all(_holds(form, content) for form, content in forms.items()):
            self._make_folder(path.parent)
            changed_at = _next_second(path)
            for form, content in forms.items():
                _replace(form, content, changed_at)
        self._written[path] = rendering.digest

    def _make_folder(self, folder: Path) -> None:
        if folder != self._root:
            self._make_folder(folder.parent)
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(FOLDER)

    def _remove_others(self, paths: set[Path]) -> None:
        kept = {_form(path, coding) for path in paths for coding in SUFFIXES}
        for other in set(self._root.rglob("*.json*")) - kept:
            other.unlink()
        self._written = {path: self._written.get(path) for path in paths}


def _form(path: Path, coding: Coding) -> Path:
    return path.with_name(path.name + SUFFIXES[coding])


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _next_second(path: Path) -> int | None:
    """Return a time of change that no earlier content of the file had.

    nginx makes its ETag of the second of the change and the length: two changes within one second
    that leave the length as it was would have the same.
    """
    return int(path.stat().st_mtime) + 1 if path.exists() else None


def _replace(path: Path, content: bytes, changed_at: int | None) -> None:
    aside = path.with_name(path.name + ASIDE)
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), FILE)
        now = os.fstat(file.fileno()).st_mtime
        os.utime(file.fileno(), (now, max(now, changed_at or 0)))
        os.fsync(file.fileno())
    aside.replace(path)
