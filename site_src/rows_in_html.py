"""The rows of a comparison as one block of HTML, so that any engine shows them as they are.

What a script may lean on: ``data-rn-change`` on each change (1, 2, 3 …) with its links
``a.rn-previous`` and ``a.rn-next``; ``data-version`` and ``data-number`` on each paragraph of
a change. Without a script, the links lead from change to change.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape

from participation.document import Version
from participation.paragraph import Paragraph
from participation.word_diff import Change, Piece, word_diff
from site_src.comparison import STILL, Comparison, Row, RowKind, Section
from site_src.messages import Translator
from site_src.words_of_changes import ROWS, diff_html
from site_src.words_of_meetings import paragraphs_words


class ComparisonRows:
    """Writes the rows of one comparison as HTML, its changes numbered from 1."""

    def __init__(self, comparison: Comparison, translator: Translator) -> None:
        self._comparison, self._translator = comparison, translator
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
        sections = [self._section(section) for section in self._comparison.sections]
        return "\n".join(['<div class="rn-comparison">', *self._tools(), *sections, "</div>"])

    def _tools(self) -> Iterator[str]:
        say = self._translator.gettext
        if not self._comparison.changes:
            nothing = escape(say("No paragraph has changed."))
            yield f"<p>{nothing}</p>"
            return
        only, first = escape(say("Show changes only")), escape(say("To the first change"))
        yield '<input type="checkbox" id="rn-changes-only" class="rn-changes-only">'
        yield f'<label for="rn-changes-only">{only}</label>'
        yield f'<p class="rn-jump"><a class="rn-next" href="#change-1">{first}</a></p>'

    def _section(self, section: Section) -> str:
        rows = [self._row(row) for row in section.rows]
        same = all(row.kind in STILL for row in section.rows)
        name = "rn-part rn-part--same" if same else "rn-part"
        heading = [f"<h2>{escape(' · '.join(section.headings))}</h2>"] if section.headings else []
        return "\n".join([f'<section class="{name}">', *heading, *rows, "</section>"])

    def _row(self, row: Row) -> str:
        if row.kind is RowKind.AWAY:
            return self._away(row)
        if row.kind is RowKind.UNCHANGED:
            return self._unchanged(row)
        self._change += 1
        return "\n".join(
            [
                self._opening(row.kind),
                self._head(row),
                *self._sides(row),
                "</div>",
            ]
        )

    def _opening(self, kind: RowKind) -> str:
        place = f'id="change-{self._change}" data-rn-change="{self._change}"'
        return f'<div class="rn-row rn-row--{kind}" {place} tabindex="-1">'

    def _head(self, row: Row) -> str:
        say = self._translator.gettext
        links = [f"<strong>{escape(self._kind_words(row))}</strong>"]
        if self._change < self._comparison.changes:
            links.append(_jump("rn-next", self._change + 1, say("next change")))
        if self._change > 1:
            links.append(_jump("rn-previous", self._change - 1, say("previous change")))
        return f'<p class="rn-row__head">{" ".join(links)}</p>'

    def _kind_words(self, row: Row) -> str:
        words = ROWS[row.kind].in_words(self._translator)
        if not row.moved:
            return words
        moved = self._translator.gettext(
            "Moved from {old} to {new}", old=self._numbers(row.old), new=self._numbers(row.new)
        )
        if row.kind is not RowKind.MOVED:
            return f"{words}. {moved}"
        if _joined(row.old) == _joined(row.new):
            return moved
        edited = ROWS[RowKind.EDITED].in_words(self._translator)
        return f"{moved}. {edited}"

    def _numbers(self, paragraphs: tuple[Paragraph, ...]) -> str:
        first, last = paragraphs[0].number, paragraphs[-1].number
        return paragraphs_words(first, last, self._translator)

    def _sides(self, row: Row) -> Iterator[str]:
        before, after = _joined(row.old), _joined(row.new)
        old = [
            self._side(self._comparison.old, one, self._old(one, after), "old") for one in row.old
        ]
        new = [
            self._side(self._comparison.new, one, self._new(before, one), "new") for one in row.new
        ]
        if row.kind is RowKind.MOVED and before == after:  # the words are shown once
            old = [self._side(self._comparison.old, one, "", "old") for one in row.old]
        for name, sides in (("old", old), ("new", new)):
            if sides:
                yield f'<div class="rn-column rn-column--{name}">{"".join(sides)}</div>'

    def _old(self, paragraph: Paragraph, after: str) -> str:
        """Return an old wording, marked with what of it is gone; nothing if all of it is."""
        pieces = _diff(paragraph.text, after or paragraph.text)
        return self._marked(pieces, but=Change.INSERTED)

    def _new(self, before: str, paragraph: Paragraph) -> str:
        """Return a new wording, marked with what is new in it; nothing if all of it is."""
        pieces = _diff(before or paragraph.text, paragraph.text)
        return self._marked(pieces, but=Change.DELETED)

    def _marked(self, pieces: Iterable[Piece], *, but: Change) -> str:
        return diff_html([piece for piece in pieces if piece.change is not but], self._translator)

    def _side(self, version: Version, paragraph: Paragraph, words: str, side: str) -> str:
        number = paragraph.number
        text = f'<p class="rn-side__text">{words}</p>' if words else ""
        return (
            f'<div class="rn-side" id="{side}-{number}" data-version="{version.number}" '
            f'data-number="{number}">{self._label(version, number)}{text}</div>'
        )

    def _label(self, version: Version, number: int) -> str:
        words = self._translator.gettext(
            "Version {version}, paragraph {number}", version=version.number, number=number
        )
        return (
            f'<a class="rn-side__label" href="../{version.number}/#rn-{number}">{escape(words)}</a>'
        )

    def _unchanged(self, row: Row) -> str:
        (old,), (new,) = row.old, row.new
        labels = [
            self._label(self._comparison.old, old.number),
            self._label(self._comparison.new, new.number),
        ]
        words = escape(ROWS[RowKind.UNCHANGED].in_words(self._translator))
        text = f'<p class="rn-side__text">{escape(new.text, quote=False)}</p>'
        head = f'<p class="rn-row__head">{" ".join(labels)} {words}</p>'
        return f'<div class="rn-row rn-row--unchanged">{head}{text}</div>'

    def _away(self, row: Row) -> str:
        target = self._place_of[row.old[0].number]
        number = target.new[0].number
        words = self._translator.gettext(
            "{old} now stands at {new}", old=self._numbers(row.old), new=self._numbers(target.new)
        )
        href = f"#new-{number}"
        return f'<p class="rn-row rn-row--away"><a href="{href}">{escape(words)}</a></p>'


# Both sides of a row ask for the same, and often the comparison over several versions, too.
_diff = lru_cache(maxsize=4096)(word_diff)


def _jump(name: str, change: int, words: str) -> str:
    return f'<a class="{name}" href="#change-{change}">{escape(words)}</a>'


def _joined(paragraphs: tuple[Paragraph, ...]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs)
