"""Answers that the working group fills in in a spreadsheet: all rows of it or none."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from comment_service.answer_search import AnswerSearch, ToAnswer, WantedAnswers
from comment_service.answering import Answering, Revised
from comment_service.importing import Form
from participation.account import Account
from participation.answer_draft import AnswerDraft, Ground, read_answer
from participation.deciding import digest_of_answer
from participation.decision import Answer, Decision
from participation.permissions import Action, allow
from participation.refusals import FieldProblem, InvalidInput
from spreadsheets.cell_problems import CellProblem, UnfitRows
from spreadsheets.reading import read_table
from spreadsheets.sheet import Row, Sheet

MARK = "mark"
FIELDS = ("outcome", "reason", "meeting", "changes")  # that the working group fills in
UNANSWERED = "-"
MARK_LENGTH = 16  # hexadecimal digits: enough to tell the versions of one answer apart


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A row that says something new, and the answer that it says."""

    row: Row
    entry: ToAnswer
    answer: Answer


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table would do: answers that are new, and those that it changes.

    ``same`` rows say what is there already, ``empty`` ones nothing.
    """

    new: tuple[FilledIn, ...] = ()
    changed: tuple[FilledIn, ...] = ()
    same: int = 0
    empty: int = 0


@dataclass(slots=True)
class _Reading:
    """What has been read so far; ``together`` are the answers by the decision of their rows."""

    new: list[FilledIn] = field(default_factory=list)
    changed: list[FilledIn] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    together: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: set[str] = field(default_factory=set)
    same: int = 0
    empty: int = 0


@dataclass(frozen=True, slots=True)
class AnswerTables:
    """The use cases of tables; one is about one version of one document."""

    answering: Answering
    search: AnswerSearch
    form: Callable[[], Form]

    def entries(self, place: tuple[str, int]) -> tuple[ToAnswer, ...]:
        """Return the contributions that such a table lists."""
        return self.search.find(WantedAnswers(*place)).entries

    def look(self, account: Account, place: tuple[str, int], content: bytes) -> TableLook:
        """Return what a table would do.

        Raises:
            NotPermitted: If the account may not import, or not answer.
            UnknownDocument, UnknownVersion: If there is no such ``place``: slug and number.
            UnfitSpreadsheet: If the file cannot be read.
            UnfitRows: If cells cannot be taken, or somebody has changed an answer in between; it
                names every such cell.
        """
        allow(account, Action.IMPORT)
        allow(account, Action.ANSWER)
        ground = self.answering.ground(*place)
        form = self.form()
        sheet = read_table(content, form.wanted)
        reading = _Reading()
        entries = {one.contribution.id: one for one in self.entries(place)}
        for row in sheet.rows:
            problems = _read(reading, row, entries.get(_mark(row)[0]), form, ground)
            reading.problems += [
                CellProblem(sheet.address(row, name), problem) for name, problem in problems
            ]
        reading.problems += _torn_apart(reading, sheet)
        if reading.problems:
            raise UnfitRows(reading.problems)
        return TableLook(tuple(reading.new), tuple(reading.changed), reading.same, reading.empty)

    def carry_out(self, account: Account, place: tuple[str, int], content: bytes) -> TableLook:
        """Keep what a table says: new answers as drafts, changed ones as they are.

        Raises:
            NotPermitted, UnknownDocument, UnknownVersion, UnfitSpreadsheet, UnfitRows: As
                ``look``; nothing is kept then.
            ChangedMeanwhile, AlreadyAnswered: If somebody was faster at this very moment.
        """
        look = self.look(account, place, content)
        new = [(one.entry.contribution.id, one.answer) for one in look.new]
        changed = {before.id: (before, one.answer) for one, before in _decided(look.changed)}
        self.answering.carry_out(
            account,
            place,
            new,
            [Revised(one, answer, one.contributions) for one, answer in changed.values()],
        )
        return look


def mark_of(entry: ToAnswer) -> str:
    """Return what stands in a row to recognise it: the contribution, and its answer as of now.

    Without an answer it says how often the author has corrected what is to be answered.
    """
    return f"{entry.contribution.id}.{_digest(entry)}"


def _mark(row: Row) -> tuple[str, str]:
    contribution_id, _, digest = row.text(MARK).partition(".")
    return contribution_id, digest


def _digest(entry: ToAnswer) -> str:
    if entry.decision is not None:
        return _short(entry.decision.answer)
    corrected = len(entry.contribution.earlier_texts)
    return f"{UNANSWERED}{corrected or ''}"


def _short(answer: Answer) -> str:
    return digest_of_answer(answer)[:MARK_LENGTH]


def _read(
    reading: _Reading, row: Row, entry: ToAnswer | None, form: Form, ground: Ground
) -> Sequence[tuple[str, FieldProblem]]:
    """Read one row; return what is wrong with it, by column."""
    if entry is None:
        return [(MARK, FieldProblem("unknown-row"))]
    if entry.contribution.id in reading.seen:
        return [(MARK, FieldProblem("row-twice"))]
    reading.seen.add(entry.contribution.id)
    if not any(row.text(name) for name in FIELDS):
        reading.empty += 1
        return []
    try:
        answer = read_answer(_draft(row, form), ground)
    except InvalidInput as refusal:
        return [(name, refusal.errors[name]) for name in FIELDS if name in refusal.errors]
    return _compare(reading, FilledIn(row, entry, answer))


def _draft(row: Row, form: Form) -> AnswerDraft:
    return AnswerDraft(**{name: form.value(row, name) for name in FIELDS})


def _compare(reading: _Reading, filled: FilledIn) -> Sequence[tuple[str, FieldProblem]]:
    """Tell what a row says anew from what was there when the table was made, and what is now."""
    decision, (_, before) = filled.entry.decision, _mark(filled.row)
    said, now = _short(filled.answer), _digest(filled.entry)
    if decision is not None:
        reading.together[decision.id].add(said)
    if said in {before, now}:
        reading.same += 1
        return []
    if now != before and decision is None and before.startswith(UNANSWERED):
        text = filled.entry.contribution.text
        return [("reason", FieldProblem("corrected-meanwhile", what=text))]
    if now != before:
        what = "–" if decision is None else decision.answer.reason
        return [("reason", FieldProblem("answered-meanwhile", what=what))]
    (reading.new if decision is None else reading.changed).append(filled)
    return []


def _torn_apart(reading: _Reading, sheet: Sheet) -> Iterator[CellProblem]:
    """Yield rows that share an answer, and say different things."""
    for filled, decision in _decided(reading.changed):
        if len(reading.together[decision.id]) > 1:
            yield CellProblem(sheet.address(filled.row, "reason"), FieldProblem("shared-answer"))


def _decided(changed: Sequence[FilledIn]) -> Iterator[tuple[FilledIn, Decision]]:
    for one in changed:
        if one.entry.decision is not None:
            yield one, one.entry.decision
