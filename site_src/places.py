"""The places of a build: where it reads, where it works, where it puts the site."""

from dataclasses import dataclass
from pathlib import Path

from site_src.sources import PAGES


@dataclass(frozen=True, slots=True)
class Places:
    """``content``: what editors write; ``house``: the site's own parts; ``output``: the site.

    Where ``content`` is exported, ``repository`` is the one that it comes from (none: it is
    one itself) and ``revision`` the commit. The history can be read in ``content`` in
    either case, and ends with its HEAD. ``published`` is the site that is public now, where
    ``output`` is only on its way to become it. ``keeps`` is where to keep what later builds
    can use again, if that is not beside the programs.
    """

    content: Path
    house: Path
    output: Path
    repository: Path | None = None
    revision: str = "HEAD"
    published: Path | None = None
    keeps: Path | None = None

    @property
    def settings(self) -> Path:
        """The settings of the site."""
        return self.house / "mkdocs.yml"

    @property
    def pages(self) -> Path:
        """The hand-written pages."""
        return self.house / PAGES

    @property
    def assets(self) -> Path:
        """The style sheet and the script."""
        return self.house / "site_src" / "assets"

    @property
    def work(self) -> Path:
        """Where a build works; it can be deleted at any time."""
        return self.content / "build"

    @property
    def cache(self) -> Path:
        """What later builds can use again; it can be deleted at any time.

        It never lies in ``content``, where whoever pushes a branch could have put something.
        """
        return (self.keeps or self.house / "build") / "cache"

    @property
    def laid_out(self) -> Path:
        """The folder of Markdown that the engine reads."""
        return self.work / "pages"

    def laid_out_in(self, language: str | None) -> Path:
        """The folder for a site in that language; none: for the one that comes first."""
        return self.work / f"pages-{language}" if language else self.laid_out
