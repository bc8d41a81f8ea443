"""The corrections of a version as its page lists them: by day, with what changed in words."""

from collections.abc import Sequence
from html import escape

from participation.word_diff import word_diff
from site_src.dates_in_words import day_words
from site_src.editions import Changed, Correction
from site_src.messages import Translator
from site_src.words_of_changes import diff_html
from site_src.words_of_meetings import paragraphs_words

ANCHOR = "rn-corrections"


def corrections_html(corrections: Sequence[Correction], translator: Translator) -> str:
    """Return a block of HTML, which bears no numbers; nothing if there were no corrections."""
    if not corrections:
        return ""
    heading = escape(translator.gettext("Corrections"))
    entries = "\n".join(_entry(one, translator) for one in corrections)
    opening = f'<section class="rn-corrections"{translator.own} id="{ANCHOR}" data-search-exclude>'
    return f"{opening}\n<h2>{heading}</h2>\n<ul>\n{entries}\n</ul>\n</section>"


def _entry(correction: Correction, translator: Translator) -> str:
    day = correction.day.isoformat()
    time = f'<time datetime="{day}">{escape(day_words(correction.day, translator))}</time>'
    nothing = translator.gettext("No paragraph has other words: a heading, a link or the layout.")
    changed = "\n".join(f"<li>{_changed(one, translator)}</li>" for one in correction.changed)
    return f"<li>{time}\n{f'<ul>{changed}</ul>' if changed else escape(nothing)}</li>"


def _changed(changed: Changed, translator: Translator) -> str:
    words = escape(paragraphs_words(changed.number, changed.number, translator))
    link = f'<a href="#rn-{changed.number}">{words}</a>'
    difference = diff_html(word_diff(changed.old, changed.new), translator)
    if translator.foreign:
        difference = f"<span{translator.foreign}>{difference}</span>"
    return f"{link}: {difference}"
