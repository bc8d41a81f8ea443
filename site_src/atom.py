"""Atom feeds as files: the same bytes from the same entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

from feedgenerator import Atom1Feed

from site_src.site_address import SiteAddress


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; ``path`` is what it leads to, relative to the site, ``html`` its text."""

    name: UUID
    title: str
    path: str
    html: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at ``path``, beside the page at the address ``page``; at least one entry."""

    name: UUID
    path: str
    page: str
    title: str
    author: str
    language: str
    entries: Sequence[FeedEntry]

    def written(self, site: SiteAddress) -> bytes:
        """Return the XML, the entry that changed last first."""
        feed = Atom1Feed(
            title=self.title,
            link=site.absolute(self.page, here=self.path),
            description="",
            language=self.language,
            author_name=self.author,  # Atom asks for one
            feed_url=site.absolute(self.path, here=self.path),
            feed_guid=self.name.urn,
        )
        for entry in sorted(self.entries, key=_newest_first, reverse=True):
            feed.add_item(
                entry.title,
                site.absolute(entry.path, here=self.path),
                description=None,
                content=entry.html,
                unique_id=entry.name.urn,
                pubdate=entry.published.astimezone(UTC),
                updateddate=entry.updated.astimezone(UTC),
            )
        written = StringIO()
        feed.write(written, "utf-8")
        return written.getvalue().encode()


def _newest_first(entry: FeedEntry) -> tuple[datetime, datetime, str]:
    return entry.updated, entry.published, entry.path
