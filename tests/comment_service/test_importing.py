"""A spreadsheet is taken in as a whole or not at all, and never twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from comment_service.importing import Form, Importing, TakenIn
from comment_service.storage.protocol import Change, Store
from comment_service.transcribing import Transcribing
from participation.account import Account
from participation.contribution import Channel, ContributionKind, ContributionStatus
from participation.log_entry import Role
from participation.refusals import (
    FieldProblem,
    NotPermitted,
    UnknownDocument,
    UnknownVersion,
    WindowNotOpen,
)
from spreadsheets.cell_problems import CellProblem, UnfitRows
from spreadsheets.refusals import Unfit, UnfitSpreadsheet
from spreadsheets.sheet import Address, Wanted
from tests.comment_service.conftest import Publish
from tests.comment_service.test_transcribing import transcribing  # noqa: F401  # a fixture
from tests.factories import make_catalogue, make_document, make_version
from tests.spreadsheets.files import xlsx

ADA = Account("a1", "ada", Role.EDITOR)
HERE = ("leitlinien", 1)
HEADINGS = ("Rn.", "Art", "Eingangsweg", "Anlass", "Datum", "Personen", "Name", "Text")
NAMES = ("number", "kind", "channel", "event", "came_on", "people", "name", "text")
MEANINGS = {
    "kind": {"anregung": "comment", "frage": "question"},
    "channel": {"workshop": "workshop", "brief": "letter"},
}
CARD = (2, "Anregung", "Workshop", "Bürgerwerkstatt", date(2024, 3, 13), 4, None, "Mehr Schatten!")
LETTER = ("Rn. 3", "FRAGE", "Brief", None, "12.03.2024", None, "Zoë", "Wann?")


def a_form() -> Form:
    return Form(
        tuple(Wanted(name, (heading,)) for name, heading in zip(NAMES, HEADINGS, strict=True)),
        MEANINGS,
    )


@pytest.fixture
def importing(transcribing: Transcribing) -> Importing:  # noqa: F811
    """The use case of the service."""
    return Importing(transcribing, a_form)


def cards(*rows: Sequence[Any]) -> bytes:
    return xlsx(HEADINGS, *rows)


def take_in(importing: Importing, *rows: Sequence[Any]) -> TakenIn:
    return importing.take_in(ADA, HERE, cards(*rows))


def problems(importing: Importing, *rows: Sequence[Any]) -> tuple[CellProblem, ...]:
    with pytest.raises(UnfitRows) as refused:
        importing.look(ADA, HERE, cards(*rows))
    with pytest.raises(UnfitRows) as refused_again:
        importing.take_in(ADA, HERE, cards(*rows))
    assert refused_again.value.problems == refused.value.problems
    return refused.value.problems


def test_every_row_becomes_a_contribution_in_its_order(importing: Importing, store: Store):
    assert take_in(importing, CARD, LETTER) == TakenIn(added=2, known=0)
    card, letter = store.of_document("leitlinien")
    assert (card.ref.number, card.kind, card.channel) == (
        2,
        ContributionKind.COMMENT,
        Channel.WORKSHOP,
    )
    assert card.transcribed is not None
    assert (card.transcribed.event, card.transcribed.people) == ("Bürgerwerkstatt", 4)
    assert card.transcribed.came_on == date(2024, 3, 13)
    assert (letter.ref.number, letter.kind, letter.name) == (3, ContributionKind.QUESTION, "Zoë")
    assert letter.transcribed is not None
    assert (letter.transcribed.by, letter.transcribed.people) == ("ada", 1)


def test_a_look_adds_nothing(importing: Importing, store: Store):
    looked = importing.look(ADA, HERE, cards(CARD, LETTER))
    assert [(row.number, one.text) for row, one in looked.rows] == [
        (2, "Mehr Schatten!"),
        (3, "Wann?"),
    ]
    assert looked.known == 0
    assert store.of_document("leitlinien") == []


def test_the_same_file_again_adds_nothing(importing: Importing, store: Store):
    take_in(importing, CARD, LETTER)
    assert importing.look(ADA, HERE, cards(CARD, LETTER)).known == 2
    grace = replace(ADA, id="a2", name="grace")
    again = importing.take_in(grace, HERE, cards(LETTER, CARD))  # sorted anew, by somebody else
    assert again == TakenIn(added=0, known=2)
    assert len(store.of_document("leitlinien")) == 2


def test_of_a_file_that_has_grown_only_the_new_rows_are_added(importing: Importing, store: Store):
    take_in(importing, CARD)
    assert take_in(importing, CARD, LETTER, CARD) == TakenIn(added=2, known=1)
    assert len(store.of_document("leitlinien")) == 3


def test_what_was_hidden_since_is_not_added_again(importing: Importing, store: Store):
    take_in(importing, CARD)
    (card,) = store.of_document("leitlinien")
    hidden = replace(card, status=ContributionStatus.HIDDEN, text="█")
    store.change([Change(card, hidden)], [])
    assert take_in(importing, CARD) == TakenIn(added=0, known=1)
    assert store.of_document("leitlinien") == [hidden]


def test_what_cannot_be_taken_is_named_cell_by_cell_and_nothing_is_added(
    importing: Importing, store: Store
):
    assert problems(
        importing,
        CARD,
        (9, "Lob", "Workshop", None, None, 0, None, "Gut"),
        (None, *LETTER[1:]),
        (2, *CARD[1:4], "gestern", 1, None, ""),
    ) == (
        CellProblem(Address(3, "A", "Rn."), FieldProblem("unknown-paragraph", what="9")),
        CellProblem(Address(3, "B", "Art"), FieldProblem("unknown-choice")),
        CellProblem(Address(3, "D", "Anlass"), FieldProblem("no-origin")),
        CellProblem(Address(3, "F", "Personen"), FieldProblem("no-count", 100_000)),
        CellProblem(Address(4, "A", "Rn."), FieldProblem("no-number")),
        CellProblem(Address(5, "H", "Text"), FieldProblem("empty")),
        CellProblem(Address(5, "E", "Datum"), FieldProblem("no-day")),
    )
    assert store.of_document("leitlinien") == []


@pytest.mark.parametrize(
    ("place", "cell", "problem"),
    [
        (1, "Lob", FieldProblem("unknown-choice")),
        (2, "online", FieldProblem("unknown-choice")),
        (5, "viele", FieldProblem("no-count", 100_000)),
        (4, datetime(2999, 1, 1), FieldProblem("in-the-future")),  # noqa: DTZ001  # as Excel has it
    ],
)
def test_the_problem_of_a_cell_has_its_address(
    importing: Importing, place: int, cell: object, problem: FieldProblem
):
    row = [*CARD]
    row[place] = cell  # type: ignore[call-overload]
    letter = "ABCDEFGH"[place]
    assert problems(importing, row) == (CellProblem(Address(2, letter, HEADINGS[place]), problem),)


def test_a_file_that_cannot_be_read_is_refused(importing: Importing):
    with pytest.raises(UnfitSpreadsheet) as refused:
        importing.take_in(ADA, HERE, b"%PDF-1.7")
    assert refused.value.unfit is Unfit.OTHER_FORMAT


def test_words_that_are_the_values_themselves_are_taken(importing: Importing):
    assert take_in(importing, (2, "question", "mail", "Newsletter", *CARD[4:])).added == 1


def test_nothing_is_imported_where_there_is_nothing(importing: Importing, publish: Publish):
    for place, refusal in (("andere", 1), UnknownDocument), (("leitlinien", 7), UnknownVersion):
        with pytest.raises(refusal):
            importing.look(ADA, place, cards(CARD))
    publish(make_catalogue(make_document(versions=(make_version(window=None),))))
    with pytest.raises(WindowNotOpen):
        importing.look(ADA, HERE, cards(CARD))


def test_a_moderator_does_not_import(importing: Importing, store: Store):
    moderator = replace(ADA, role=Role.MODERATOR)
    for act in (importing.look, importing.take_in):
        with pytest.raises(NotPermitted):
            act(moderator, HERE, cards(CARD))
    assert store.of_document("leitlinien") == []
