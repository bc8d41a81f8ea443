"""The keys of what is kept between builds: digests of all that a result depends on."""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

CODE = Path(__file__).resolve().parent.parent  # where the programs lie
OWN = ("participation", "spreadsheets", "synopsis", "site_src")  # the packages that make the site
SOURCES = {".html", ".json", ".po", ".py"}  # programs, templates, schemas and words
DISTRIBUTION = (".dist-info", ".egg-info")


def digest(*parts: str | bytes) -> str:
    """Return the digest of the parts, which cannot be confused with other ones."""
    whole = sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(f"{len(raw)}:".encode() + raw)
    return whole.hexdigest()


@cache
def release() -> str:
    """Return the digest of all programs at work: our own by their text, others by version."""
    return digest(sys.version, *_distributions(), programs_digest(CODE))


def programs_digest(code: Path) -> str:
    """Return the digest of our own programs, schemas and words below ``code``."""
    return digest(*(part for name in OWN for part in _sources(code / name)))


def folder_digest(folder: Path) -> str:
    """Return the digest of all files in a folder, with their names."""
    return digest(*_contents(folder, folder.rglob("*")))


def _sources(folder: Path) -> Iterator[str | bytes]:
    yield from _contents(folder, (file for file in folder.rglob("*") if file.suffix in SOURCES))


def _contents(folder: Path, files: Iterator[Path]) -> Iterator[str | bytes]:
    for file in sorted(file for file in files if file.is_file()):
        yield file.relative_to(folder).as_posix()
        yield file.read_bytes()


def _distributions() -> list[str]:
    """Return name and version of each installed package, as the names of folders tell them."""
    names = {name for place in sys.path for name in _names_in(Path(place))}
    return sorted(name for name in names if name.endswith(DISTRIBUTION))


def _names_in(place: Path) -> list[str]:
    try:
        return [path.name for path in place.iterdir()]
    except OSError:  # a zip file, or nothing: Python passes it over as well
        return []
