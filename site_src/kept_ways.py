"""Following, kept between builds: the ways from one text to the next are computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from participation.following import follow
from participation.way import Way
from site_src.cache_folder import CacheFolder
from site_src.cache_keys import digest, release

Ways = tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class KeptWays:
    """Follows paragraphs as ``participation.following`` does."""

    cache: CacheFolder

    def follow(self, old: Sequence[str], new: Sequence[str]) -> Ways:
        """Return one way for each old paragraph, in order."""
        key = digest("ways", release(), str(len(old)), *old, *new)
        return self.cache.kept(key, Ways, partial(follow, old, new))
