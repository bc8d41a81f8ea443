"""One row of a comparison as HTML, so that any engine shows it as it is.

What a script may lean on: ``data-rn-change`` on each change (1, 2, 3 …) with its links
``a.rn-previous`` and ``a.rn-next``; the ids ``old-14`` and ``new-15`` on what stands for a
paragraph of either version. Without a script, links do the job: from change to change, and to
a paragraph's contributions.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from participation.document import Version
from participation.paragraph import Paragraph
from participation.word_diff import Change, Piece, word_diff
from site_src.comparison import Comparison, Row, RowKind
from site_src.messages import Translator
from site_src.words_of_changes import ROWS, SPLIT_OR_MERGED, diff_html
from site_src.words_of_meetings import paragraphs_words, runs
from synopsis.addresses import SYNOPSIS


@dataclass(frozen=True, slots=True)
class Talks:
    """Where what was said is read: at ``address``, for these ``versions``; the rest has nothing.

    ``archived`` are those versions that have a page of the site for it.
    """

    address: str  # of the document on the comment service
    versions: Collection[int]
    archived: Collection[int] = ()

    def on_version(self, number: int) -> str:
        """Return where everything on a version is read, from the page of a comparison."""
        archived = number in self.archived
        return f"../{number}/{SYNOPSIS}/" if archived else f"{self.address}/{number}"

    def on_paragraph(self, version: int, number: int) -> str:
        """Return where everything on a paragraph is read."""
        mark = "#rn-" if version in self.archived else "/"
        return f"{self.on_version(version)}{mark}{number}"


@dataclass(frozen=True, slots=True)
class RowInHtml:
    """Writes the rows of one comparison."""

    comparison: Comparison
    talks: Talks
    translator: Translator

    def change(self, row: Row, number: int) -> str:
        """Return a row that tells of a change, the ``number``-th one."""
        place = (
            f'id="change-{number}" data-rn-change="{number}" tabindex="-1" role="group" '
            f'aria-labelledby="kind-{number}"'
        )
        opening = f'<div class="rn-row rn-row--{row.kind}" {place}>'
        return "\n".join([opening, self._head(row, number), *self._sides(row), "</div>"])

    def unchanged(self, row: Row) -> str:
        """Return a row of which nothing changed but perhaps its number."""
        (old,), (new,) = row.old, row.new
        labels = [
            self._label(self.comparison.old, old.number, f' id="old-{old.number}"'),
            self._label(self.comparison.new, new.number, f' id="new-{new.number}"'),
        ]
        words = escape(ROWS[RowKind.UNCHANGED].in_words(self.translator))
        text = f"<p{self.translator.foreign}>{escape(new.text, quote=False)}</p>"
        return (
            f'<div class="rn-row rn-row--unchanged"><p>{" ".join(labels)} {words}</p>{text}</div>'
        )

    def away(self, row: Row, there: Row) -> str:
        """Return what stands where paragraphs stood that are told of in the row ``there``."""
        words = self.translator.gettext(
            "{old} now stands at {new}", old=self._numbers(row.old), new=self._numbers(there.new)
        )
        href = f"#new-{there.new[0].number}"
        return f'<p class="rn-row rn-row--away"><a href="{href}">{escape(words)}</a></p>'

    def _head(self, row: Row, number: int) -> str:
        say, count = self.translator.gettext, self.comparison.changes
        kind = escape(self._kind_words(row))
        place = escape(say("Change {number} of {count}", number=number, count=count))
        links = [f'<h3 id="kind-{number}">{kind} <span>{place}</span></h3>']
        if number > 1:
            links.append(_jump("rn-previous", number - 1, say("previous change")))
        if number < count:
            links.append(_jump("rn-next", number + 1, say("next change")))
        return f'<div class="rn-row__head">{" ".join(links)}</div>'

    def _kind_words(self, row: Row) -> str:
        say = self.translator.gettext
        words = ROWS[row.kind].in_words(self.translator)
        numbers = {"old": self._numbers(row.old), "new": self._numbers(row.new)}
        if row.kind in SPLIT_OR_MERGED:
            told = say(SPLIT_OR_MERGED[row.kind].english, **numbers)
            return f"{told}. {ROWS[RowKind.MOVED].in_words(self.translator)}" if row.moved else told
        if not row.moved:
            return words
        moved = say("Moved from {old} to {new}", **numbers)
        if _joined(row.old) == _joined(row.new):
            return moved
        return f"{moved}. {ROWS[RowKind.EDITED].in_words(self.translator)}"

    def _numbers(self, paragraphs: Iterable[Paragraph]) -> str:
        found = runs(paragraph.number for paragraph in paragraphs)
        return ", ".join(paragraphs_words(first, last, self.translator) for first, last in found)

    def _sides(self, row: Row) -> Iterator[str]:
        before, after = _joined(row.old), _joined(row.new)
        told_once = row.kind is RowKind.MOVED and before == after
        old = {one.number: "" if told_once else self._old(one, after) for one in row.old}
        new = {one.number: self._new(before, one) for one in row.new}
        for name, version, wordings in (
            ("old", self.comparison.old, old),
            ("new", self.comparison.new, new),
        ):
            if wordings:
                yield self._side(name, version, wordings)

    def _side(self, name: str, version: Version, wordings: Mapping[int, str]) -> str:
        """Return one side of a row: its paragraphs, with their wordings by number."""
        told = {
            number: self._paragraph(version, number, words) for number, words in wordings.items()
        }
        if len(told) == 1:
            ((number, html),) = told.items()
            return f'<div class="rn-{name}" id="{name}-{number}">{html}</div>'
        inner = "".join(f'<div id="{name}-{number}">{html}</div>' for number, html in told.items())
        return f'<div class="rn-{name}">{inner}</div>'

    def _paragraph(self, version: Version, number: int, words: str) -> str:
        text = f"<p{self.translator.foreign}>{words}</p>" if words else ""
        return f"{self._label(version, number)}{text}{self._talk(version, number)}"

    def _old(self, paragraph: Paragraph, after: str) -> str:
        """Return an old wording, marked with what of it is gone; unmarked if all of it is."""
        pieces = _diff(paragraph.text, after or paragraph.text)
        return self._marked(pieces, but=Change.INSERTED)

    def _new(self, before: str, paragraph: Paragraph) -> str:
        """Return a new wording, marked with what is new in it; unmarked if all of it is."""
        pieces = _diff(before or paragraph.text, paragraph.text)
        return self._marked(pieces, but=Change.DELETED)

    def _marked(self, pieces: Iterable[Piece], *, but: Change) -> str:
        return diff_html([piece for piece in pieces if piece.change is not but], self.translator)

    def _label(self, version: Version, number: int, anchor: str = "") -> str:
        words = self.translator.gettext(
            "Version {version}, paragraph {number}", version=version.number, number=number
        )
        href = f"../{version.number}/#rn-{number}"
        return f'<a{anchor} href="{href}">{escape(words)}</a>'

    def _talk(self, version: Version, number: int) -> str:
        if version.number not in self.talks.versions:
            return ""
        words = self.translator.gettext(
            "Contributions on version {version}, paragraph {number}",
            version=version.number,
            number=number,
        )
        href = self.talks.on_paragraph(version.number, number)
        return f'<noscript><a class="rn-talk" href="{escape(href)}">{escape(words)}</a></noscript>'


# Both sides of a row ask for the same, and often the comparison over several versions, too.
_diff = lru_cache(maxsize=4096)(word_diff)


def _jump(name: str, change: int, words: str) -> str:
    return f'<a class="{name}" href="#change-{change}">{escape(words)}</a>'


def _joined(paragraphs: tuple[Paragraph, ...]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs)
