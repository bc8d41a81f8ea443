"""The spreadsheet in which the working group answers: its columns, and the rows as of now."""

from collections.abc import Iterator, Sequence
from functools import cache

from comment_service.answer_search import ToAnswer
from comment_service.answer_tables import MARK, mark_of
from comment_service.importing import Form
from comment_service.web.desk.sheet_columns import NOTES, Field, column, values_of, wanted
from comment_service.web.messages import Language, gettext_noop
from comment_service.web.words_of_contributions import OUTCOMES
from participation.answer_draft import plain_changes
from participation.catalogue import Catalogue
from participation.document import Document
from participation.paragraph import ParagraphRef
from participation.proposing import proposals
from spreadsheets.table import Cell, Table

TITLE = gettext_noop("Answers")
FIELDS = (
    Field("ordinal", gettext_noop("Contribution no."), "", 10),
    Field("number", gettext_noop("Paragraph no."), "", 10),
    Field("wording", gettext_noop("Wording"), "", 45),
    Field("text", gettext_noop("Contribution"), "", 45),
    Field("outcome", gettext_noop("Outcome"), gettext_noop("Choose one."), 24, is_required=True),
    Field(
        "reason",
        gettext_noop("Reason"),
        gettext_noop("What the contribution is answered with, for everybody to read."),
        45,
        is_required=True,
    ),
    Field(
        "meeting",
        gettext_noop("Meeting"),
        gettext_noop("Day of a meeting with published minutes, such as 21.03.2024; or empty."),
    ),
    Field(
        "changes",
        gettext_noop("Changed paragraphs"),
        gettext_noop("Version and number (Rn.), such as 2/15; several with commas; or empty."),
    ),
    Field(
        "proposed",
        gettext_noop("Perhaps changed"),
        gettext_noop("What the comparison of the versions proposes; it is not read."),
    ),
    Field(
        MARK,
        gettext_noop("Mark"),
        gettext_noop("Please leave it as it is: the row is recognised by it."),
        18,
        is_required=True,
    ),
)
EXPLANATIONS = (
    gettext_noop("Each row is a contribution on %(title)s, version %(version)s."),
    gettext_noop("Fill in outcome, reason, meeting and changed paragraphs; rows may stay empty."),
    gettext_noop("Contributions that share an answer have the same in all of their rows."),
    gettext_noop("New answers become drafts. All rows are taken in, or none."),
)


@cache
def answer_form() -> Form:
    """Return how such a spreadsheet is read: by its headings and words in any language."""
    return Form(wanted(FIELDS), {"outcome": values_of(OUTCOMES)})


def answer_table_of(
    catalogue: Catalogue, place: tuple[str, int], entries: Sequence[ToAnswer], language: Language
) -> Table:
    """Return the table of the contributions on a version, with their answers as of now."""
    document, say = catalogue.document(place[0]), language.gettext
    told = {"title": document.title, "version": place[1]}
    hints = [f"{say(one.heading)}: {say(one.hint)}" for one in FIELDS if one.hint]
    return Table(
        title=say(TITLE),
        columns=tuple(
            column(one, language, _choices(one.name, catalogue, language)) for one in FIELDS
        ),
        rows=list(_rows(document, place[1], entries, language)),
        notes=(*(say(line) % told for line in EXPLANATIONS), "", *hints),
        notes_title=say(NOTES),
    )


def _choices(name: str, catalogue: Catalogue, language: Language) -> list[str]:
    if name == "outcome":
        return [language.gettext(word) for word in OUTCOMES.values()]
    if name == "meeting":
        return [minutes.date.isoformat() for minutes in catalogue.meetings]
    return []


def _rows(
    document: Document, version: int, entries: Sequence[ToAnswer], language: Language
) -> Iterator[tuple[Cell, ...]]:
    paragraphs = document.version(version).paragraphs
    proposed = {
        number: plain_changes(
            [
                ParagraphRef(document.slug, one.version, one.paragraph.number)
                for one in proposals(document, version, [number])
            ]
        )
        for number in {one.contribution.ref.number for one in entries}
    }
    for one in entries:
        number = one.contribution.ref.number
        known = number <= len(paragraphs)
        answer = one.decision.answer if one.decision else None
        yield (
            one.ordinal,
            number,
            paragraphs[number - 1].text if known else None,
            one.contribution.text,
            language.gettext(OUTCOMES[answer.outcome]) if answer else None,
            answer.reason if answer else None,
            answer.meeting.isoformat() if answer and answer.meeting else None,
            plain_changes(answer.changes) if answer else None,
            proposed[number],
            mark_of(one),
        )
