"""The embedded store: TinyDB on a journal, in one folder of one machine."""

from comment_service.storage.embedded.store import EmbeddedStore

__all__ = ["EmbeddedStore"]
