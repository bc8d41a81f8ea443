"""From the place of the catalogue to what is published at any moment."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from comment_service.published import Published
from participation.catalogue import Catalogue


def published_at(place: Path | str, clock: Callable[[], datetime]) -> Callable[[], Catalogue]:
    """Return what hands out the catalogue that lies in a file or behind an address."""
    if isinstance(place, Path):
        return Published(place)
    # Only where the catalogue lies elsewhere does a start have to wait for these imports.
    from comment_service.published_elsewhere import PublishedElsewhere  # noqa: PLC0415

    return PublishedElsewhere(place, clock)
