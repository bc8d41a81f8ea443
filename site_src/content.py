"""The content: sources, their history and their editions, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from participation.meeting import Meeting
from site_src.bare_markdown import BareMarkdown
from site_src.drafts import with_drafts
from site_src.editions import Edition, editions, history_problems
from site_src.history import History, read_history
from site_src.page_addresses import PageAddresses, page_addresses
from site_src.places import Places
from site_src.problems import Problem
from site_src.site_settings import SiteSettings, read_settings
from site_src.sources import Sources, read_sources


@dataclass(frozen=True, slots=True)
class Content:
    """All that the pages and the catalogue are made of."""

    sources: Sources
    settings: SiteSettings
    markdown: BareMarkdown
    addresses: PageAddresses
    editions: Mapping[str, Edition]
    history: History
    problems: tuple[Problem, ...]

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings by their dates."""
        meetings = [source.meeting for source in self.sources.meetings]
        return sorted(meetings, key=lambda meeting: (meeting.date, meeting.number))


def read_content(places: Places, *, today: date, drafts: bool = False) -> Content:
    """Read settings, sources and history; what is wrong with the sources is in ``problems``.

    With ``drafts`` they are read as if they were published.

    Raises:
        UnreadableSettings: If ``mkdocs.yml`` is missing or broken.
    """
    settings = read_settings(places.settings)
    markdown = BareMarkdown(settings)
    sources = read_sources(places.content, places.pages)
    history = read_history(places.content, [one.file.path for one in sources.documents])
    shown = with_drafts(sources.documents) if drafts else sources.documents
    found = editions(shown, history, markdown, today=today)
    return Content(
        sources=sources,
        settings=settings,
        markdown=markdown,
        addresses=page_addresses(sources),
        editions={edition.slug: edition for edition in found},
        history=history,
        problems=(*sources.problems, *history_problems(sources.documents, history)),
    )
