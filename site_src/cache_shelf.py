"""A shelf of small values in one file: to open thousands of files costs more than to read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from site_src.cache_folder import LEAST, SPARE, CacheFolder
from site_src.cache_keys import digest, release
from site_src.cached_values import CachedValues


@dataclass
class CacheShelf(CachedValues):
    """Values that are JSON, read from ``folder`` at the first question, written by ``save``.

    Their keys need not tell the release: a shelf is of one. Where two processes save at once,
    one is not heard; what it has found out is made again.
    """

    folder: CacheFolder
    name: str
    used: dict[str, msgspec.Raw] = field(default_factory=dict)
    is_new: bool = False  # holds what was not read from the folder

    def get(self, key: str) -> bytes | None:
        """Return the value, if it is there."""
        found = self.used.get(key, self._before.get(key))
        if found is None:
            return None
        self.used[key] = found
        return bytes(found)

    def put(self, key: str, value: bytes) -> None:
        """Keep a value until it is saved."""
        self.used[key] = msgspec.Raw(value)
        self.is_new = True

    def save(self) -> None:
        """Write all values if there is a new one; what was not used for longest is left out."""
        if self.is_new:
            limit = max(LEAST, SPARE * len(self.used))
            values = {**self.used, **self._before, **self.used}  # the used ones first, as they are
            held = dict(list(values.items())[:limit])
            self.folder.put(self._key, msgspec.json.encode(held))
            self.is_new = False

    @property
    def _key(self) -> str:
        return digest("shelf", release(), self.name)

    @cached_property
    def _before(self) -> Mapping[str, msgspec.Raw]:
        """The values of the build before, those that it used first."""
        return self.folder.get_json(self._key, dict[str, msgspec.Raw]) or {}
