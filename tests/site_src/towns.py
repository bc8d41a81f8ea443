"""A town that publishes: a bare repository, an editor's clone of it, and a folder of releases."""

import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from site_src.building import Order
from site_src.publishing import Publication, Published, places_in, publish
from site_src.releases import Releases
from tests.site_src.conftest import TODAY, copy_tiny, order_for

LEITLINIEN = "guidelines/leitlinien.md"
NOON = datetime(2024, 3, 20, 11, 0, tzinfo=UTC)


def git(folder: Path, *arguments: str) -> str:
    """Run git as an author of its own."""
    author = ["-c", "user.name=Redaktion", "-c", "user.email=redaktion@example.org"]
    done = subprocess.run(
        ["git", "-C", str(folder), *author, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@dataclass
class Town:
    """``clone`` is where its editor writes; each publication comes a minute after the last."""

    folder: Path
    clone: Path
    minutes: "count[int]" = field(default_factory=count)

    @property
    def bare(self) -> Path:
        """The repository that editors push to."""
        return self.folder / "texte.git"

    @property
    def target(self) -> Path:
        """The folder of the releases."""
        return self.folder / "site"

    @property
    def house(self) -> Path:
        """The installation."""
        return self.folder / "house"

    @property
    def releases(self) -> Releases:
        """The releases there are."""
        return Releases(self.target)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace some text in a file of the clone."""
        file = self.clone / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    def commit(self, *, push: bool = True) -> str:
        """Commit all that changed, push it and return the commit."""
        git(self.clone, "add", "--all", "--force")
        git(self.clone, "commit", "--quiet", "--message=Stand")
        if push:
            git(self.clone, "push", "--quiet", "origin", "main")
        return git(self.clone, "rev-parse", "HEAD")

    def order(self, *, repository: Path | None = None, revision: str = "main") -> Order:
        """Return the order of a publication, by default of the bare repository."""
        source = repository or self.bare
        places = places_in(self.target, self.house, repository=source, revision=revision)
        return order_for(places, today=TODAY)

    def publish(
        self, *, repository: Path | None = None, revision: str = "main", keep: int = 5
    ) -> Published:
        """Publish."""
        moment = NOON + timedelta(minutes=next(self.minutes))
        order = self.order(repository=repository, revision=revision)
        return publish(Publication(order, self.target, moment, keep))

    def page(self, path: str) -> str:
        """Return a page of the release that is shown."""
        return (self.target / "current" / path / "index.html").read_text("utf-8")


def found_town(folder: Path) -> Town:
    """Put the tiny site's content into a repository, without publishing it."""
    places = copy_tiny(folder)
    town = Town(folder, folder / "clone")
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(town.bare))
    git(folder, "clone", "--quiet", str(town.bare), str(town.clone))
    places.content.rename(folder / "content.tiny")
    for part in (folder / "content.tiny").iterdir():
        part.rename(town.clone / part.name)
    (folder / "content.tiny").rmdir()
    git(town.clone, "checkout", "--quiet", "-b", "main")
    town.commit()
    return town
