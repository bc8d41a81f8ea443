"""A whole comparison as one block of HTML: its tools, then its stretches, part by part.

Parts are small, so that a browser lays out those that are seen and skips the others.
"""

from collections.abc import Iterator, Mapping
from html import escape

from site_src.comparison import Comparison, Row, RowKind
from site_src.messages import Translator
from site_src.rows_in_html import RowInHtml, Talks
from site_src.stretches import Section, Stretch, stretches
from site_src.words_of_changes import figure_words
from site_src.words_of_meetings import paragraphs_words

ROWS_IN_PART = 20


class ComparisonInHtml:
    """Writes one comparison as HTML, its changes numbered from 1."""

    def __init__(self, comparison: Comparison, talks: Talks, translator: Translator) -> None:
        self._comparison, self._talks, self._translator = comparison, talks, translator
        self._rows = RowInHtml(comparison, talks, translator)
        self._change = 0
        self._place_of: Mapping[int, Row] = {
            paragraph.number: row
            for row in comparison.rows
            if row.kind is not RowKind.AWAY
            for paragraph in row.old
        }

    @property
    def html(self) -> str:
        """One block of HTML, without an empty line in it."""
        found = [self._stretch(stretch) for stretch in stretches(self._comparison.rows)]
        opening = '<div class="rn-comparison" id="rn-comparison" tabindex="-1">'
        return "\n".join([opening, *self._tools(), *found, "</div>"])

    def _tools(self) -> Iterator[str]:
        say = self._translator.gettext
        if self._talks.versions:
            href = escape(self._talks.on_version(self._comparison.new.number))
            words = escape(say("All contributions"))
            link = f'<a href="{href}">{words}</a>'
            yield f'<p class="rn-talks"><span id="rn-total"></span>{link}</p>'
        if not self._comparison.changes:
            nothing = escape(say("No paragraph has changed."))
            yield f"<p>{nothing}</p>"
            return
        only, first = escape(say("Show changes only")), escape(say("To the first change"))
        yield '<input type="checkbox" id="rn-changes-only" class="rn-changes-only">'
        yield f'<label for="rn-changes-only">{only}</label>'
        yield f'<p class="rn-jump"><a class="rn-next" href="#change-1">{first}</a></p>'
        keys = say("Keys inside the comparison: {next} next change, {previous} previous change",
                   next="<kbd>n</kbd>", previous="<kbd>p</kbd>")  # fmt: skip
        ends = {"first": say("This is the first change."), "last": say("This is the last change.")}
        told = " ".join(f'data-{name}="{escape(words)}"' for name, words in ends.items())
        yield f'<p class="rn-keys" id="rn-keys" {told} hidden>{keys}</p>'

    def _stretch(self, stretch: Stretch) -> str:
        parts = "\n".join(part for section in stretch.sections for part in self._parts(section))
        if not stretch.folded:
            return parts
        summary = f"<summary>{self._fold_words(stretch)}</summary>"
        return f'<details class="rn-fold">{summary}\n{parts}\n</details>'

    def _fold_words(self, stretch: Stretch) -> str:
        rows = stretch.unchanged
        if not rows:  # nothing but what moved away from here
            return escape(figure_words(RowKind.MOVED, stretch.count, self._translator))
        first, last = rows[0].new[0].number, rows[-1].new[-1].number
        figure = figure_words(RowKind.UNCHANGED, len(rows), self._translator)
        place = paragraphs_words(first, last, self._translator)
        return f"{escape(figure)} <span>{escape(place)}</span>"

    def _parts(self, section: Section) -> Iterator[str]:
        name = "rn-part rn-part--same" if section.same else "rn-part"
        title = escape("\N{NO-BREAK SPACE}· ".join(section.headings))
        heading = [f"<h2{self._translator.foreign}>{title}</h2>"] if title else []
        for start in range(0, len(section.rows), ROWS_IN_PART):
            rows = [self._row(row) for row in section.rows[start : start + ROWS_IN_PART]]
            yield "\n".join([f'<div class="{name}">', *heading, *rows, "</div>"])
            heading = []

    def _row(self, row: Row) -> str:
        if row.kind is RowKind.AWAY:
            return self._rows.away(row, self._place_of[row.old[0].number])
        if row.kind is RowKind.UNCHANGED:
            return self._rows.unchanged(row)
        self._change += 1
        return self._rows.change(row, self._change)
