"""The headers that a built site brings for its own pages (``site_src/safety_headers.py``)."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

FILE = Path(".headers") / "headers.json"
NONE: Mapping[str, str] = {}


def headers_of(site: Path) -> Mapping[str, str]:
    """Return the headers of the site in a folder; none if it was built without them.

    Raises:
        msgspec.DecodeError: If the file is broken: then no page is shown without its policy.
    """
    file = site / FILE
    try:
        return _read(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return NONE


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> Mapping[str, str]:
    del changed  # only part of the key
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str])
