"""Clearing away what was erased: some stores keep the old until they are cleared."""

from collections.abc import Callable

from comment_service.storage.protocol import Store
from comment_service.storage.upkeep import Clearing

Clear = Callable[[], None]


def clearing(store: Store) -> Clear:
    """Return what has a store clear away, soon, what is outdated; some need not."""
    return store.clear if isinstance(store, Clearing) else lambda: None
