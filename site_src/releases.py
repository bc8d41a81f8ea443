"""The releases of a site: folders beside each other, and a link to the one that is shown.

::

    TARGET/current -> releases/2024-04-22-170312-0123456789ab
    TARGET/releases/2024-03-08-090000-ba9876543210/
    TARGET/releases/2024-04-22-170312-0123456789ab/
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from site_src.swapping import NotOurFolder

ASSETS = "assets"
OWN = ".own-assets"  # in a release: the paths of the assets that it brought itself
SHORT = 12  # digits of a commit in a release's name


@dataclass(frozen=True, slots=True)
class Releases:
    """All releases below ``target``."""

    target: Path

    @property
    def current(self) -> Path:
        """The link to the release that is shown."""
        return self.target / "current"

    @property
    def folder(self) -> Path:
        """Where the releases lie."""
        return self.target / "releases"

    @property
    def work(self) -> Path:
        """Where the next one is made; it can be deleted at any time."""
        return self.target / ".work"

    def refuse_foreign_folder(self) -> None:
        """Raise NotOurFolder if something else than releases lies in ``target``."""
        foreign = self.target.exists() and not self.target.is_dir()
        if not foreign and self.target.exists() and not self.folder.is_dir():
            foreign = not {path.name for path in self.target.iterdir()} <= {".lock", ".work"}
        if foreign or (self.current.exists() and not self.current.is_symlink()):
            raise NotOurFolder(str(self.target))

    def all(self) -> list[Path]:
        """Return the releases, newest first."""
        if not self.folder.is_dir():
            return []
        return sorted((path for path in self.folder.iterdir() if path.is_dir()), reverse=True)

    def add(self, site: Path, *, commit: str, moment: datetime) -> Path:
        """Make a built site the newest release; it is not shown yet."""
        _carry_assets(site, self.all())
        self.folder.mkdir(exist_ok=True)
        name = f"{moment.astimezone(UTC):%Y-%m-%d-%H%M%S}-{commit[:SHORT]}"
        release = next(path for path in _names(self.folder / name) if not path.exists())
        return site.rename(release)

    def show(self, release: Path) -> None:
        """Let the link point to a release, in one step."""
        aside = self.target / ".current.new"
        aside.unlink(missing_ok=True)
        aside.symlink_to(release.relative_to(self.target))
        aside.replace(self.current)

    def prune(self, keep: int) -> None:
        """Delete all but the newest ``keep`` releases, and never the one that is shown."""
        shown = self.current.resolve()
        for release in self.all()[keep:]:
            if release.resolve() != shown:
                # Set aside first: half a release must not look like one.
                gone = release.rename(self.work / release.name)
                shutil.rmtree(gone)


def _names(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.name}-{number}")
        number += 1


def _carry_assets(site: Path, older: list[Path]) -> None:
    """Copy what older releases brought and this one lacks: pages that are open ask for it."""
    own = _files(site)
    (site / OWN).write_text("".join(f"{path}\n" for path in own), "utf-8")
    for release in older:
        for path in _own_assets(release):
            target = site / path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(release / path, target)


def _own_assets(release: Path) -> list[str]:
    listed = release / OWN
    return listed.read_text("utf-8").splitlines() if listed.exists() else _files(release)


def _files(site: Path) -> list[str]:
    files = (path for path in (site / ASSETS).rglob("*") if path.is_file())
    return sorted(path.relative_to(site).as_posix() for path in files)
