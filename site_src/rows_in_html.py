"""One row of a comparison as HTML, so that any engine shows it as it is.

What a script may lean on: ``data-rn-change`` on each change (1, 2, 3 …) with its links
``a.rn-previous`` and ``a.rn-next``; the ids ``old-14`` and ``new-15`` on what stands for a
paragraph of either version, with ``data-version`` and ``data-number`` in changes. Without a
script, links do the job: from change to change, and to a paragraph's contributions.
"""

from collections.abc import Collection, Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class Talks:
    """Where what was said is read: at ``address``, for these ``versions``; the rest has nothing."""

    address: str  # of the document on the comment service
    versions: Collection[int]


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
        text = f'<p class="rn-side__text">{escape(new.text, quote=False)}</p>'
        head = f'<p class="rn-row__head">{" ".join(labels)} {words}</p>'
        return f'<div class="rn-row rn-row--unchanged">{head}{text}</div>'

    def away(self, row: Row, there: Row) -> str:
        """Return what stands where paragraphs stood that are told of in the row ``there``."""
        words = self.translator.gettext(
            "{old} now stands at {new}", old=self._numbers(row.old), new=self._numbers(there.new)
        )
        href = f"#new-{there.new[0].number}"
        return f'<p class="rn-row rn-row--away"><a href="{href}">{escape(words)}</a></p>'

    def _head(self, row: Row, number: int) -> str:
        say, count = self.translator.gettext, self.comparison.changes
        kind, place = (
            self._kind_words(row),
            say("Change {number} of {count}", number=number, count=count),
        )
        title = f'{escape(kind)} <span class="rn-row__place">{escape(place)}</span>'
        links = [f'<h3 class="rn-row__kind" id="kind-{number}">{title}</h3>']
        if number > 1:
            links.append(_jump("rn-previous", number - 1, say("previous"), say("previous change")))
        if number < count:
            links.append(_jump("rn-next", number + 1, say("next"), say("next change")))
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
        old = [
            self._side(self.comparison.old, one, self._old(one, after), "old") for one in row.old
        ]
        new = [
            self._side(self.comparison.new, one, self._new(before, one), "new") for one in row.new
        ]
        if row.kind is RowKind.MOVED and before == after:  # the words are shown once
            old = [self._side(self.comparison.old, one, "", "old") for one in row.old]
        for name, sides in (("old", old), ("new", new)):
            if sides:
                yield f'<div class="rn-column rn-column--{name}">{"".join(sides)}</div>'

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

    def _side(self, version: Version, paragraph: Paragraph, words: str, side: str) -> str:
        number = paragraph.number
        text = f'<p class="rn-side__text">{words}</p>' if words else ""
        return (
            f'<div class="rn-side" id="{side}-{number}" data-version="{version.number}" '
            f'data-number="{number}">{self._label(version, number)}{text}'
            f"{self._talk(version, number)}</div>"
        )

    def _label(self, version: Version, number: int, anchor: str = "") -> str:
        words = self.translator.gettext(
            "Version {version}, paragraph {number}", version=version.number, number=number
        )
        href = f"../{version.number}/#rn-{number}"
        return f'<a class="rn-side__label"{anchor} href="{href}">{escape(words)}</a>'

    def _talk(self, version: Version, number: int) -> str:
        if version.number not in self.talks.versions:
            return ""
        words = self.translator.gettext(
            "Contributions on version {version}, paragraph {number}",
            version=version.number,
            number=number,
        )
        href = f"{self.talks.address}/{version.number}/{number}"
        return f'<noscript><a class="rn-talk" href="{escape(href)}">{escape(words)}</a></noscript>'


# Both sides of a row ask for the same, and often the comparison over several versions, too.
_diff = lru_cache(maxsize=4096)(word_diff)


def _jump(name: str, change: int, words: str, label: str) -> str:
    return (
        f'<a class="{name}" href="#change-{change}" aria-label="{escape(label)}">'
        f"{escape(words)}</a>"
    )


def _joined(paragraphs: tuple[Paragraph, ...]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs)
