"""The pages that compare two versions: figures, then row by row what became of the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from site_src.comparison import Comparison, compare
from site_src.editions import PublishedDocument
from site_src.messages import Translator
from site_src.page_addresses import DOCUMENTS, comparison_page, link_to, version_page
from site_src.pages import Page, inline, link
from site_src.rows_in_html import ComparisonRows
from site_src.words_of_changes import FIGURES, figure_words
from site_src.words_of_versions import version_words


@dataclass(frozen=True, slots=True)
class ComparisonPages:
    """Lays out the comparisons of a document's versions."""

    translator: Translator

    def pages(self, published: PublishedDocument) -> Iterator[Page]:
        """Yield a page for any two versions."""
        document = published.document
        numbers = [version.number for version in document.versions]
        for old, new in combinations(numbers, 2):
            yield self._page(published, compare(document, old, new))

    def _page(self, published: PublishedDocument, comparison: Comparison) -> Page:
        say, slug = self.translator.gettext, published.slug
        old, new = comparison.old, comparison.new
        path = comparison_page(slug, old.number, new.number)
        title = say(
            "{title}: versions {old} and {new} compared",
            title=published.newest.source.title,
            old=old.number,
            new=new.number,
        )
        parts = [f"# {inline(title)}", self._facts(comparison, path), self._figures(comparison)]
        rows = ComparisonRows(comparison, self.translator).html
        return Page(
            path=path,
            title=title,
            description=f"{title}.",
            body="\n\n".join([*parts, rows]),
            source=published.newest.source.file.path,
            example=published.newest.source.example,
            meta={
                "comparison": slug,
                "old": old.number,
                "new": new.number,
                "search": {"exclude": True},
                "hide": ["toc"],
            },
        )

    def _facts(self, comparison: Comparison, path: str) -> str:
        old, new = comparison.old, comparison.new
        slug = path.split("/", 1)[0]
        words = [
            link(
                version_words(version, self.translator),
                link_to(version_page(slug, version.number), here=path),
            )
            for version in (old, new)
        ]
        sentence = self.translator.gettext("{old} and {new}", old=words[0], new=words[1])
        lines = [sentence, *([inline(new.changes)] if new.changes else [])]
        lines.append(link(self.translator.gettext("All versions"), link_to(DOCUMENTS, here=path)))
        return "<br>\n".join(lines)

    def _figures(self, comparison: Comparison) -> str:
        counted = comparison.figures
        return "\n".join(
            f"-   {figure_words(kind, counted[kind], self.translator)}"
            for kind in FIGURES
            if counted[kind]
        )
