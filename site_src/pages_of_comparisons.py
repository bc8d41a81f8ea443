"""The pages that compare two versions: figures, then row by row what became of the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import combinations

from site_src.archives import Archive
from site_src.comparison import Comparison, are_compared, compare
from site_src.comparison_in_html import ComparisonInHtml
from site_src.editions import PublishedDocument
from site_src.messages import Translator
from site_src.page_addresses import DOCUMENTS, comparison_page, link_to, version_page
from site_src.pages import Page, inline, link
from site_src.rows_in_html import Talks
from site_src.words_of_changes import FIGURES, figure_words
from site_src.words_of_versions import version_words


@dataclass(frozen=True, slots=True)
class ComparisonPages:
    """Lays out the comparisons of a document's versions; ``service`` as in ``DocumentPages``.

    What the ``archive`` covers is told without it.
    """

    translator: Translator
    service: str = ""
    archive: Archive | None = None

    def pages(self, published: PublishedDocument) -> Iterator[Page]:
        """Yield a page for each pair of versions that is compared."""
        numbers = [edition.version.number for edition in published.editions]
        for old, new in combinations(numbers, 2):
            if are_compared(old, new):
                yield self._page(published, compare(published.document, old, new))

    def _page(self, published: PublishedDocument, comparison: Comparison) -> Page:
        say, slug = self.translator.gettext, published.slug
        old, new = comparison.old, comparison.new
        path = comparison_page(slug, old.number, new.number)
        title = say(
            "{title}: versions {old} and {new} compared",
            title=self.translator.quoted(published.newest.source.title),
            old=old.number,
            new=new.number,
        )
        talks = self._talks(published, comparison)
        parts = [
            f"# {inline(title)}",
            self._facts(published, comparison, path),
            self._figures(comparison),
            ComparisonInHtml(comparison, talks, self.translator).html,
        ]
        return Page(
            path=path,
            title=title,
            description=f"{title}.",
            body="\n\n".join(parts),
            source=published.newest.source.file.path,
            example=published.newest.source.example,
            meta={
                "comparison": slug,
                "old": old.number,
                "new": new.number,
                "archives": [number for number in talks.versions if number in self._archived],
                "commentable": bool(talks.versions),
                "search": {"exclude": True},
                "hide": ["toc"],
            },
        )

    def _talks(self, published: PublishedDocument, comparison: Comparison) -> Talks:
        numbers = (comparison.old.number, comparison.new.number)
        shown = [number for number in numbers if published.shows_comments(number)]
        return Talks(f"{self.service}/beitrag/{published.slug}", shown, self._archived)

    @property
    def _archived(self) -> tuple[int, ...]:
        return () if self.archive is None else self.archive.shown

    def _facts(self, published: PublishedDocument, comparison: Comparison, path: str) -> str:
        old, new = comparison.old, comparison.new
        words = [
            link(
                version_words(version, self.translator),
                link_to(version_page(published.slug, version.number), here=path),
            )
            for version in (old, new)
        ]
        sentence = self.translator.gettext("{old} and {new}", old=words[0], new=words[1])
        others = list(self._others(published, comparison, path))
        lines = [sentence, *([inline(self.translator.quoted(new.changes))] if new.changes else [])]
        if others:
            also = self.translator.gettext("Compare also:")
            lines.append(f"{also} {' · '.join(others)}")
        lines.append(link(self.translator.gettext("All versions"), link_to(DOCUMENTS, here=path)))
        return "<br>\n".join(lines)

    def _others(
        self, published: PublishedDocument, comparison: Comparison, path: str
    ) -> Iterator[str]:
        """Yield a link to each comparison of one of these versions with a third one."""
        here = {comparison.old.number, comparison.new.number}
        numbers = [edition.version.number for edition in published.editions]
        for old, new in combinations(numbers, 2):
            if are_compared(old, new) and len(here & {old, new}) == 1:
                words = self.translator.gettext("versions {old} and {new}", old=old, new=new)
                target = comparison_page(published.slug, old, new)
                yield link(words, link_to(target, here=path))

    def _figures(self, comparison: Comparison) -> str:
        counted = comparison.figures
        words = [
            figure_words(kind, counted[kind], self.translator) for kind in FIGURES if counted[kind]
        ]
        figures = "".join(f"<li>{escape(one)}</li>" for one in words)
        return f'<ul class="rn-figures">{figures}</ul>'
