"""The public contributions on a document as a table, for spreadsheets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comment_service.web.messages import Language, gettext_noop
from comment_service.web.words_of_contributions import CHANNELS, KINDS, OUTCOMES
from participation.document import Document
from participation.public_contributions import PublicContribution
from participation.window import HOME
from spreadsheets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class _Row:
    """One contribution, and what is needed to tell of it."""

    document: Document
    one: PublicContribution
    ordinals: Mapping[str, int]  # of all contributions by their ids
    say: Callable[[str], str]

    def number(self) -> Cell:
        return self.one.ordinal

    def version(self) -> Cell:
        return self.one.ref.version

    def paragraph(self) -> Cell:
        return self.one.ref.number

    def wording(self) -> Cell:
        return self.document.paragraph(self.one.ref.version, self.one.ref.number).text

    def kind(self) -> Cell:
        return self.say(KINDS[self.one.kind])

    def text(self) -> Cell:
        return self.say(ERASED) if self.one.is_erased else self.one.text

    def proposed_wording(self) -> Cell:
        return self.one.proposed_wording

    def in_reply_to(self) -> Cell:
        return self.ordinals.get(self.one.in_reply_to or "")

    def supports(self) -> Cell:
        return self.one.supports

    def edited(self) -> Cell:
        at = self.one.edited_at
        return None if at is None else at.astimezone(HOME).isoformat(timespec="seconds")

    def name(self) -> Cell:
        return self.one.name

    def channel(self) -> Cell:
        return self.say(CHANNELS[self.one.channel])

    def received(self) -> Cell:
        return self.one.received_at.astimezone(HOME).isoformat(timespec="seconds")

    def event(self) -> Cell:
        return self.one.transcribed.event if self.one.transcribed else None

    def came_on(self) -> Cell:
        return self.one.transcribed.came_on if self.one.transcribed else None

    def people(self) -> Cell:
        return self.one.transcribed.people if self.one.transcribed else 1

    def late(self) -> Cell:
        is_late = self.one.transcribed is not None and self.one.transcribed.is_late
        return self.say(YES) if is_late else None

    def outcome(self) -> Cell:
        return self.say(OUTCOMES[self.one.answer.outcome]) if self.one.answer else None

    def reason(self) -> Cell:
        return self.one.answer.reason if self.one.answer else None

    def meeting(self) -> Cell:
        return self.one.answer.meeting if self.one.answer else None

    def answered(self) -> Cell:
        at = self.one.answered_at
        return None if at is None else at.astimezone(HOME).isoformat(timespec="seconds")

    def changes(self) -> Cell:
        return ", ".join(str(ref) for ref in self.one.answer.changes) if self.one.answer else None

    def id(self) -> Cell:
        return self.one.id


COLUMNS: tuple[tuple[str, int, Callable[[_Row], Cell]], ...] = (
    (gettext_noop("No."), 6, _Row.number),
    (gettext_noop("Version"), 9, _Row.version),
    (gettext_noop("Paragraph no."), 9, _Row.paragraph),
    (gettext_noop("Wording of the paragraph"), 50, _Row.wording),
    (gettext_noop("Kind"), 11, _Row.kind),
    (gettext_noop("Contribution"), 60, _Row.text),
    (gettext_noop("Proposed wording"), 60, _Row.proposed_wording),
    (gettext_noop("Reply to"), 9, _Row.in_reply_to),
    (gettext_noop("Supports"), 9, _Row.supports),
    (gettext_noop("Name"), 16, _Row.name),
    (gettext_noop("Came in by"), 12, _Row.channel),
    (gettext_noop("Received"), 25, _Row.received),
    (gettext_noop("Edited"), 25, _Row.edited),
    (gettext_noop("Event"), 20, _Row.event),
    (gettext_noop("Of the day"), 12, _Row.came_on),
    (gettext_noop("People"), 9, _Row.people),
    (gettext_noop("Late"), 10, _Row.late),
    (gettext_noop("Answer of the working group"), 18, _Row.outcome),
    (gettext_noop("Reason"), 60, _Row.reason),
    (gettext_noop("Meeting"), 12, _Row.meeting),
    (gettext_noop("Answered"), 25, _Row.answered),
    (gettext_noop("Changed paragraphs"), 20, _Row.changes),
    (gettext_noop("Id"), 38, _Row.id),
)
TITLE, ERASED = gettext_noop("Contributions"), gettext_noop("(erased)")
YES = gettext_noop("yes")


def table_of_contributions(
    document: Document, contributions: Sequence[PublicContribution], language: Language
) -> Table:
    """Return the table, with a row for each contribution in the order of their numbers."""
    say = language.gettext
    ordinals = {one.id: one.ordinal for one in contributions}
    rows = (_Row(document, one, ordinals, say) for one in contributions)
    return Table(
        title=say(TITLE),
        columns=tuple(Column(say(heading), width) for heading, width, _ in COLUMNS),
        rows=[[cell(row) for _, _, cell in COLUMNS] for row in rows],
    )
