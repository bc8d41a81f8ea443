"""The synopsis as one piece of HTML, which site and service put into pages of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from participation.document import Version
from participation.paragraph import Paragraph, ParagraphRef
from participation.word_diff import Change, Piece
from synopsis.addresses import Addresses
from synopsis.charts import charts
from synopsis.figures import came_on
from synopsis.filters import filters_of, outcome_value, pairs_without_any
from synopsis.rows import Fate, Row, Synopsis
from synopsis.words import Words

ASSETS = Path(__file__).with_name("assets")  # its style sheet, for whoever shows it
BLANK_LINES = re.compile(r"\n\s*\n")
WHOLE = {Fate.EDITED, Fate.MOVED}  # one old paragraph became one new one: all changes are told


@dataclass(frozen=True, slots=True)
class ChapterOfRows:
    """The rows below one outermost heading, and the paragraphs of which nothing is to be told."""

    heading: str
    rows: tuple[Row, ...]
    quiet: tuple[Paragraph, ...]


def synopsis_html(synopsis: Synopsis, words: Words, to: Addresses, *, text_language: str) -> str:
    """Return the whole synopsis as one ``<div>`` without an empty line.

    ``text_language`` is that of the document and of what people wrote.
    """
    filters = filters_of(synopsis, words)
    html = (
        _templates(words)
        .get_template("synopsis.html")
        .render(
            **_shown(synopsis),
            **charts(synopsis, words),
            words=words,
            to=to,
            text_language=text_language,
            sentence=_sentence(synopsis, words),
            filters=filters,
            missing=list(pairs_without_any(synopsis, filters)),
            path_of=_path_of,
            ref_of=lambda version, paragraph: _ref(synopsis, version, paragraph),
        )
    )
    return BLANK_LINES.sub("\n", html).strip()


def _shown(synopsis: Synopsis) -> dict[str, Any]:
    return {
        "slug": synopsis.document.slug,
        "version": synopsis.version,
        "later": synopsis.later,
        "contributions": synopsis.contributions,
        "chapters": list(_chapters(synopsis.rows)),
        "anchor_of_rows": "absaetze",
    }


@cache
def _templates(words: Words) -> Environment:
    environment = Environment(
        loader=PackageLoader("synopsis"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        words.gettext, words.ngettext, newstyle=True
    )
    environment.filters["one_line"] = _one_line
    environment.globals |= {
        "came_on": came_on,
        "label_of": _label_of,
        "new_wording": _new_wording,
        "outcome_value": outcome_value,
    }
    return environment


def _one_line(text: str) -> Markup:
    """Return a text whose line breaks no Markdown can see."""
    return Markup(str(escape(text)).replace("\n", "&#10;"))  # noqa: S704  # escaped just before


def _label_of(row: Row) -> str:
    return f"titel-{row.old.number}" if row.old else f"neu-{row.new[0].number}"


def _path_of(row: Row) -> str:
    """Return the headings below the outermost one, which stands above the chapter."""
    return "".join(f" · {heading}" for heading in row.headings[1:])


def _ref(synopsis: Synopsis, version: Version, paragraph: Paragraph) -> ParagraphRef:
    return ParagraphRef(synopsis.document.slug, version.number, paragraph.number)


def _new_wording(row: Row, new: Paragraph) -> Sequence[Piece]:
    """Return the pieces of a new wording; of a part or a whole of parts, only what is new."""
    if row.old is None:
        return (Piece(Change.INSERTED, new.text),)
    pieces = row.difference(new)
    if row.fate in WHOLE:
        return pieces
    return [piece for piece in pieces if piece.change is not Change.DELETED]


def _chapters(rows: Sequence[Row]) -> Iterator[ChapterOfRows]:
    def outermost(row: Row) -> str:
        return row.headings[0] if row.headings else ""

    for heading, found in groupby(rows, key=outermost):
        below = list(found)
        quiet = tuple(row.old for row in below if row.old and not row.is_told)
        yield ChapterOfRows(heading, tuple(row for row in below if row.is_told), quiet)


def _sentence(synopsis: Synopsis, words: Words) -> str:
    """Return how much was said, and how much of it is answered."""
    said = synopsis.contributions
    if not said:
        return words.say("Nobody has written on this version.")
    count = words.ngettext("%(num)s contribution", "%(num)s contributions", len(said))
    told = count % {"num": len(said)}
    answered = sum(not one.lacks_answer for one in said)
    if answered == len(said):
        return words.say("%(count)s, all of them answered.", count=told)
    return words.say("%(count)s, %(answered)s of them answered.", count=told, answered=answered)
