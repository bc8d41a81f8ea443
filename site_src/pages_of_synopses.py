"""The pages and files of archived contributions: what stands there when no service runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from site_src.archives import Archive, written
from site_src.cache_folder import CacheFolder
from site_src.cache_keys import digest, release
from site_src.comparison import are_compared
from site_src.editions import PublishedDocument
from site_src.messages import Translator
from site_src.page_addresses import contributions_file, counts_file, synopsis_page
from site_src.pages import Page, inline
from spreadsheets.writing import write_csv, write_xlsx
from synopsis.addresses import SYNOPSIS, Addresses
from synopsis.page import synopsis_html
from synopsis.rows import Synopsis, synopsis
from synopsis.table import synopsis_json, synopsis_table
from synopsis.words import words


@dataclass(frozen=True, slots=True)
class SynopsisPages:
    """Lays out the synopses of archived versions; ``meetings`` are the days of all minutes."""

    translator: Translator
    meetings: Sequence[date]
    cache: CacheFolder

    def pages(self, published: PublishedDocument, archive: Archive) -> list[Page]:
        """Return a page for each version on which, or before which, anything was said."""
        key = digest("synopses", self._key(archive), repr(published), repr(self.meetings))
        return self.cache.kept(
            key, list[Page], lambda: [self._page(published, archive, one) for one in archive.shown]
        )

    def files(self, archive: Archive) -> dict[str, bytes]:
        """Return the files by their paths: what the panel asks for, and the tables."""
        key = digest("files of synopses", self._key(archive))
        return self.cache.kept(key, dict[str, bytes], lambda: dict(self._files(archive)))

    def _key(self, archive: Archive) -> str:
        return digest(release(), self.translator.language, self.translator.own, repr(archive))

    def _page(self, published: PublishedDocument, archive: Archive, number: int) -> Page:
        source, shown = published.newest.source, synopsis(archive.document, archive.public, number)
        title = self.translator.gettext(
            "{title}: contributions and answers, version {number}",
            title=self.translator.quoted(source.title),
            number=number,
        )
        return Page(
            path=synopsis_page(published.slug, number),
            title=title,
            description=f"{title}.",
            body=f"# {inline(title)}\n\n{self._html(shown)}",
            source=source.file.path,
            example=source.example,
            meta={"synopsis": published.slug, "search": {"exclude": True}, "hide": ["toc"]},
        )

    def _html(self, shown: Synopsis) -> str:
        language, later = self.translator.language, shown.later
        texts = self.translator.texts or language
        to = Addresses(
            site="../../../",
            files=f"../{SYNOPSIS}",
            synopses=f"../../{{version}}/{SYNOPSIS}/",
            minutes=frozenset(self.meetings),
            compared=later is not None and are_compared(shown.version.number, later.number),
        )
        return synopsis_html(shown, words(language), to, text_language=texts)

    def _files(self, archive: Archive) -> Iterator[tuple[str, bytes]]:
        slug, language = archive.document.slug, words(self.translator.language)
        for number in archive.shown:
            shown = synopsis(archive.document, archive.public, number)
            table, path = synopsis_table(shown, language), f"{slug}/{number}/{SYNOPSIS}"
            yield contributions_file(slug, number), written(archive.plain(number))
            yield counts_file(slug, number), written(archive.plain_counts(number))
            yield f"{path}.json", synopsis_json(shown)
            yield f"{path}.csv", write_csv(table)
            yield f"{path}.xlsx", write_xlsx(table)
