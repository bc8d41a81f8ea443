"""What the desk takes in from a spreadsheet: all rows of it or none, and no row twice."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from comment_service.storage.protocol import Kept, Once
from comment_service.transcribing import Transcribing, digest
from participation.account import Account
from participation.contribution import Contribution, Transcribed
from participation.permissions import Action, allow
from participation.refusals import InvalidInput
from participation.transcript import Transcript
from spreadsheets.cell_problems import CellProblem, UnfitRows
from spreadsheets.reading import read_table
from spreadsheets.sheet import Row, Sheet, Wanted

FIELDS = (
    "number", "kind", "channel", "text", "proposed_wording", "event", "came_on", "people", "name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """How a spreadsheet is to be read: its columns, and by field what the words in it mean."""

    wanted: tuple[Wanted, ...]
    meanings: Mapping[str, Mapping[str, str]]

    def value(self, row: Row, field: str) -> str:
        """Return what stands in a cell; of a word that is known, what it means."""
        text = row.text(field)
        return self.meanings.get(field, {}).get(text.casefold(), text)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a spreadsheet would add: its contributions in the order of the rows.

    ``known`` is how many of them were taken from a spreadsheet before.
    """

    rows: tuple[tuple[Row, Contribution], ...]
    known: int

    @property
    def new(self) -> int:
        """How many it would add."""
        return len(self.rows) - self.known


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many contributions a spreadsheet has added, and how many were there before."""

    added: int
    known: int


@dataclass(frozen=True, slots=True)
class Importing:
    """The use case of importing; a spreadsheet is about one version of one document."""

    transcribing: Transcribing
    form: Callable[[], Form]

    def look(self, account: Account, place: tuple[str, int], content: bytes) -> Looked:
        """Return what a spreadsheet would add to ``place``: a slug, and the number of a version.

        Raises:
            NotPermitted: If the account may not import.
            UnknownDocument, UnknownVersion: If there is no such one.
            WindowNotOpen: If the version never takes contributions.
            UnfitSpreadsheet: If the file cannot be read.
            UnfitRows: If cells cannot be taken; it names every such cell.
        """
        read = self._read(account, place, content)
        store = self.transcribing.store
        known = sum(store.taken(once) is not None for _, _, once in read)
        return Looked(tuple((row, contribution) for row, contribution, _ in read), known)

    def take_in(self, account: Account, place: tuple[str, int], content: bytes) -> TakenIn:
        """Add what a spreadsheet holds; what was taken from one before is not added again.

        Raises:
            NotPermitted, UnknownDocument, UnknownVersion, WindowNotOpen, UnfitSpreadsheet,
                UnfitRows: As ``look``; nothing is added then.
        """
        new = [
            Kept(contribution, once)
            for _, contribution, once in self._read(account, place, content)
        ]
        kept = self.transcribing.store.add_all(new)
        self.transcribing.marks.forget(place[0])
        added = sum(one.id == other.contribution.id for one, other in zip(kept, new, strict=True))
        return TakenIn(added, len(new) - added)

    def _read(
        self, account: Account, place: tuple[str, int], content: bytes
    ) -> list[tuple[Row, Contribution, Once]]:
        allow(account, Action.IMPORT)
        self.transcribing.published().version(*place)
        form = self.form()
        sheet = read_table(content, form.wanted)
        contributions, problems = self._made(account, place, form, sheet)
        if problems:
            raise UnfitRows(problems)
        onces = _onces(contributions)
        return list(zip(sheet.rows, contributions, onces, strict=True))

    def _made(
        self, account: Account, place: tuple[str, int], form: Form, sheet: Sheet
    ) -> tuple[list[Contribution], list[CellProblem]]:
        contributions, problems = [], []
        for row in sheet.rows:
            try:
                typed = _typed(row, place[0], form)
                contributions.append(self.transcribing.made(account, typed, place[1]))
            except InvalidInput as refusal:
                problems += [
                    CellProblem(sheet.address(row, field), refusal.errors[field])
                    for field in FIELDS
                    if field in refusal.errors
                ]
        return contributions, problems


def _typed(row: Row, slug: str, form: Form) -> Transcript:
    return Transcript(slug, **{field: form.value(row, field) for field in FIELDS})


def _onces(contributions: Sequence[Contribution]) -> Iterator[Once]:
    """Return what makes each row the same row when it comes again: its content.

    Whoever says the same on the same card says it as often as it stands there: rows that are
    alike are counted, the second one is another than the first.
    """
    times: Counter[str] = Counter()
    for one in contributions:
        content = _content(one)
        times[content] += 1
        named = f"{content} {times[content]}"
        yield Once(digest(f"import {named}"), digest(named))


def _content(one: Contribution) -> str:
    how = one.transcribed or Transcribed("")
    day = None if how.came_on is None else how.came_on.isoformat()
    said = [str(one.ref), one.kind, one.channel, one.text, one.name, how.event, day, how.people]
    wording = [] if one.proposed_wording is None else [one.proposed_wording]
    return json.dumps([*said, *wording])  # as ever where there is none: rows stay known
