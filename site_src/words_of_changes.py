"""What the site says about what became of paragraphs, and about the changes of their words."""

from collections.abc import Iterable, Sequence
from html import escape

from participation.way import Way, WayKind
from participation.word_diff import Change, Piece
from site_src.comparison import RowKind
from site_src.messages import Message, Plural, Translator, message, plural

ROWS = {
    RowKind.UNCHANGED: message("unchanged"),
    RowKind.EDITED: message("Edited"),
    RowKind.MOVED: message("Moved"),
    RowKind.SPLIT: message("Split"),
    RowKind.MERGED: message("Merged"),
    RowKind.REMOVED: message("Removed"),
    RowKind.ADDED: message("New"),
}
SPLIT_OR_MERGED = {
    RowKind.SPLIT: message("Split: {old} into {new}"),
    RowKind.MERGED: message("Merged: {old} into {new}"),
}
FIGURES = {
    RowKind.UNCHANGED: plural("{count} paragraph unchanged", "{count} paragraphs unchanged"),
    RowKind.EDITED: plural("{count} paragraph edited", "{count} paragraphs edited"),
    RowKind.MOVED: plural("{count} paragraph moved", "{count} paragraphs moved"),
    RowKind.SPLIT: plural("{count} paragraph split", "{count} paragraphs split"),
    RowKind.MERGED: plural("{count} paragraph merged", "{count} paragraphs merged"),
    RowKind.REMOVED: plural("{count} paragraph removed", "{count} paragraphs removed"),
    RowKind.ADDED: plural("{count} new paragraph", "{count} new paragraphs"),
}
NEXT = {  # at an old paragraph, of its place in the next version
    WayKind.UNCHANGED: message("Unchanged in version {version}, paragraph {number}"),
    WayKind.MOVED: message("Moved in version {version}, paragraph {number}"),
    WayKind.EDITED: message("Edited in version {version}, paragraph {number}"),
    WayKind.SPLIT: message("Split in version {version}, paragraph {number}"),
    WayKind.MERGED: message("Merged in version {version}, paragraph {number}"),
    WayKind.REMOVED: message("Removed in version {version}"),
}
BEFORE = {  # at a new paragraph, of its place in the version before
    WayKind.UNCHANGED: message("Unchanged from version {version}, paragraph {number}"),
    WayKind.MOVED: message("Moved from version {version}, paragraph {number}"),
    WayKind.EDITED: message("Edited, was version {version}, paragraph {number}"),
    WayKind.SPLIT: message("Split from version {version}, paragraph {number}"),
    WayKind.MERGED: message("Merged from version {version}, paragraph {number}"),
}
ADDED = message("New since version {version}")


def figure_words(kind: RowKind, count: int, translator: Translator) -> str:
    """Return ``12 Absätze unverändert``."""
    words: Plural = FIGURES[kind]
    return translator.ngettext(words.one, words.other, count)


def successor_words(way: Way, number: int, version: int, translator: Translator) -> str:
    """Return ``Geändert in Fassung 2, Rn. 15``."""
    return translator.gettext(NEXT[way.kind].english, version=version, number=number)


def predecessor_words(way: Way, version: int, translator: Translator) -> str:
    """Return ``Geändert, war Fassung 1, Rn. 14``."""
    return translator.gettext(BEFORE[way.kind].english, version=version, number=way.old)


def because_words(ordinals: Sequence[int], translator: Translator) -> str:
    """Return ``Geändert aufgrund von Beitrag 12 und 31``."""
    if len(ordinals) == 1:
        return translator.gettext("Changed because of contribution {last}", last=ordinals[0])
    return translator.gettext(
        "Changed because of contributions {others} and {last}",
        others=", ".join(str(one) for one in ordinals[:-1]),
        last=ordinals[-1],
    )


def diff_html(pieces: Iterable[Piece], translator: Translator) -> str:
    """Return pieces of a wording as HTML that is understood without colour and without eyes."""
    return "".join(_piece(piece, translator) for piece in pieces)


def _piece(piece: Piece, translator: Translator) -> str:
    words = escape(piece.text, quote=False)
    if piece.change is Change.KEPT:
        return words
    tag, begins, ends = MARKS[piece.change]
    begin, end = begins.in_words(translator), ends.in_words(translator)
    own = translator.own
    return f"<{tag}>{_unseen(f'{begin} ', own)}{words}{_unseen(f' {end}', own)}</{tag}>"


def _unseen(text: str, own: str) -> str:
    return f'<span class="rn-hidden"{own}>{escape(text)}</span>'


MARKS: dict[Change, tuple[str, Message, Message]] = {
    Change.DELETED: ("del", message("deleted:"), message("end of deletion")),
    Change.INSERTED: ("ins", message("inserted:"), message("end of insertion")),
}
