"""The synopsis as a table and as JSON: a row for each contribution and each silent change."""

import json
from collections.abc import Iterator
from typing import Any

from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution, plain_contribution
from spreadsheets.table import Cell, Column, Table
from synopsis.figures import came_on
from synopsis.rows import Row, Synopsis
from synopsis.words import Words

WIDE, MIDDLE = 60, 24  # characters


def synopsis_table(synopsis: Synopsis, words: Words) -> Table:
    """Return the table, with the headings and the words of a language."""
    say = words.say
    columns = (
        Column(say("Contribution")),
        Column(say("Paragraph no.")),
        Column(say("Chapter"), MIDDLE),
        Column(say("Wording"), WIDE),
        Column(say("Kind")),
        Column(say("Came in")),
        Column(say("Occasion"), MIDDLE),
        Column(say("Day")),
        Column(say("People")),
        Column(say("Name"), MIDDLE),
        Column(say("Text of the contribution"), WIDE),
        Column(say("Proposed wording"), WIDE),
        Column(say("Reply to")),
        Column(say("Supports")),
        Column(say("Answer"), MIDDLE),
        Column(say("Reason"), WIDE),
        Column(say("Meeting")),
        Column(say("Changed paragraphs"), MIDDLE),
        Column(say("What became of it")),
        Column(say("New paragraph no.")),
        Column(say("New wording"), WIDE),
    )
    title = say("Synopsis of version %(number)s", number=synopsis.version.number)
    return Table(title, columns, [*_rows(synopsis, words)])


def synopsis_json(synopsis: Synopsis) -> bytes:
    """Return the same for programs: ``rows`` of old and new wordings with contributions."""
    later = synopsis.later
    plain = {
        "document": synopsis.document.slug,
        "title": synopsis.document.title,
        "version": synopsis.version.number,
        "next": None if later is None else later.number,
        "rows": [_plain_row(row) for row in synopsis.told],
    }
    return f"{json.dumps(plain, ensure_ascii=False, indent=1)}\n".encode()


def _rows(synopsis: Synopsis, words: Words) -> Iterator[tuple[Cell, ...]]:
    for row in synopsis.told:
        for one in row.contributions or (None,):
            yield (*_said(row, one, words), *_became(row, words))


def _said(row: Row, one: PublicContribution | None, words: Words) -> Iterator[Cell]:
    """Yield what stood there and what was said on it, up to the changed paragraphs."""
    old = row.old
    yield None if one is None else one.ordinal
    yield None if old is None else old.number
    yield row.headings[-1] if row.headings else None
    yield None if old is None else old.text
    if one is None:
        yield from (None,) * 14
        return
    handed_in = one.transcribed
    yield words.kind(one)
    yield words.channel(one.channel)
    yield handed_in.event if handed_in else None
    yield came_on(one)
    yield handed_in.people if handed_in else 1
    yield one.name
    yield one.text
    answered = row.answered_by(one)
    yield one.proposed_wording
    yield answered.ordinal if answered else None
    yield one.supports
    yield words.outcome(one) if one.answer or one.lacks_answer else None
    yield one.answer.reason if one.answer else None
    yield one.answer.meeting if one.answer else None
    yield ", ".join(_short(ref) for ref in one.answer.changes) if one.answer else None


def _became(row: Row, words: Words) -> tuple[Cell, ...]:
    numbers = ", ".join(str(new.number) for new in row.new) or None
    return words.fate(row.fate), numbers, "\n\n".join(new.text for new in row.new) or None


def _short(ref: ParagraphRef) -> str:
    return f"{ref.version}/{ref.number}"


def _plain_row(row: Row) -> dict[str, Any]:
    return {
        "fate": row.fate.value,
        "number": row.old.number if row.old else None,
        "headings": list(row.headings),
        "wording": row.old.text if row.old else None,
        "contributions": [plain_contribution(one) for one in row.contributions],
        "new": [
            {
                "number": new.number,
                "wording": new.text,
                "difference": [
                    {"change": piece.change.value, "text": piece.text}
                    for piece in row.difference(new)
                ],
            }
            for new in row.new
        ],
        "said_before": [one.ordinal for one in row.before],
        "changed_because_of": [one.ordinal for one in row.because],
    }
