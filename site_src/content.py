"""The content: sources, their history and their editions, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from participation.meeting import Meeting
from site_src.archives import Archive, read_archives
from site_src.bare_markdown import BareMarkdown
from site_src.cache_folder import CacheFolder
from site_src.cache_shelf import CacheShelf
from site_src.drafts import with_drafts
from site_src.editions import Edition, PublishedDocument
from site_src.history import read_history
from site_src.kept_ways import KeptWays
from site_src.kept_yaml import KeptYaml
from site_src.messages import LANGUAGES, Translator, translator
from site_src.page_addresses import PageAddresses, page_addresses
from site_src.places import Places
from site_src.problems import Problem
from site_src.publications import Reading, publications
from site_src.revisions import Revision
from site_src.revisions_of_sources import revisions_of_sources
from site_src.site_settings import SiteSettings, UnreadableSettings, read_settings
from site_src.sources import SCHEDULE, Sources, read_sources


@dataclass(frozen=True, slots=True)
class Content:
    """All that the pages and the catalogue are made of.

    ``announced`` tells when meetings and dates changed last, by the keys of their events.
    """

    sources: Sources
    settings: SiteSettings
    markdown: BareMarkdown
    cache: CacheFolder
    shelf: CacheShelf
    addresses: PageAddresses
    documents: Mapping[str, PublishedDocument]
    archives: Mapping[str, Archive]
    announced: Mapping[str, Revision]
    problems: tuple[Problem, ...]

    @property
    def words(self) -> Translator:
        """What says the site's own sentences, in its language."""
        return translator(self.settings.language, self.settings.text_language)

    def spoken_in(self, language: str) -> "Content":
        """Return the same content for a site that speaks another language."""
        return replace(self, settings=self.settings.spoken_in(language))

    @property
    def editions(self) -> list[Edition]:
        """The editions of all documents, those of each in ascending order."""
        return [edition for published in self.documents.values() for edition in published.editions]

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
    _refuse_unknown_languages(settings)
    cache = CacheFolder(places.cache / "texts")
    shelf = CacheShelf(cache, "texts")
    markdown = BareMarkdown(settings, cache, shelf)
    read = KeptYaml(shelf).read
    sources = read_sources(places.content, places.pages, read)
    texts = [one.file.path for one in sources.documents]
    minutes = [one.file.path for one in sources.meetings]
    history = read_history(places.content, [*texts, *minutes, SCHEDULE])
    shown = with_drafts(sources.documents) if drafts else sources.documents
    reading = Reading(read, markdown, KeptWays(cache).follow)
    told = publications(shown, sources.follows, history, reading, today=today)
    # With drafts it is a preview, which takes no comments and shows none.
    files = {} if drafts else sources.archives
    archives = read_archives(files, told.documents, told.problems)
    return Content(
        sources=sources,
        settings=settings,
        markdown=markdown,
        cache=cache,
        shelf=shelf,
        addresses=page_addresses(sources),
        documents=told.documents,
        archives=archives,
        announced=revisions_of_sources(sources, history, read, today=today),
        problems=(*sources.problems, *told.problems),
    )


def _refuse_unknown_languages(settings: SiteSettings) -> None:
    unknown = set(settings.languages[1:]) - set(LANGUAGES)
    if unknown:
        known = ", ".join(LANGUAGES)
        raise UnreadableSettings(f"extra: languages: {sorted(unknown)}; there are {known}")
