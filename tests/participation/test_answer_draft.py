from datetime import date
from typing import Any

import pytest

from participation.answer_draft import AnswerDraft, Ground, plain_changes, read_answer
from participation.decision import Answer, Outcome
from participation.paragraph import ParagraphRef
from participation.refusals import FieldProblem, InvalidInput
from tests.factories import make_document, make_version

MEETING = date(2024, 3, 21)
GROUND = Ground(
    make_document(versions=tuple(make_version(number) for number in (1, 2, 4))), 1, {MEETING}
)


def typed(**changed: Any) -> AnswerDraft:
    return AnswerDraft(**{"outcome": "adopted", "reason": "Das fehlte.", **changed})


def problems(draft: AnswerDraft) -> dict[str, FieldProblem]:
    with pytest.raises(InvalidInput) as refused:
        read_answer(draft, GROUND)
    return refused.value.errors


def test_an_answer_needs_an_outcome_and_a_reason_only():
    assert read_answer(typed(), GROUND) == Answer(Outcome.ADOPTED, "Das fehlte.")


def test_a_reason_is_kept_tidy():
    assert read_answer(typed(reason="  Das\r\nfehlte. "), GROUND).reason == "Das\nfehlte."


@pytest.mark.parametrize("stated", ["2024-03-21", "21.03.2024", " 21.3.2024 "])
def test_a_meeting_is_named_by_its_day(stated: str):
    assert read_answer(typed(meeting=stated), GROUND).meeting == MEETING


@pytest.mark.parametrize("stated", ["2/3, 2/2", "3 2", "2/2;3", "2/3, 2/2, 3"])
def test_changed_paragraphs_are_named_with_or_without_the_version(stated: str):
    found = read_answer(typed(changes=stated), GROUND).changes
    assert found == (ParagraphRef("leitlinien", 2, 2), ParagraphRef("leitlinien", 2, 3))
    assert plain_changes(found) == "2/2, 2/3"


def test_a_paragraph_of_any_later_version_may_have_changed():
    assert read_answer(typed(changes="4/1"), GROUND).changes == (ParagraphRef("leitlinien", 4, 1),)


@pytest.mark.parametrize(
    ("changed", "field", "problem"),
    [
        ({"outcome": "maybe"}, "outcome", FieldProblem("unknown-choice")),
        ({"reason": "  "}, "reason", FieldProblem("empty")),
        ({"reason": "x" * 4001}, "reason", FieldProblem("too-long", 4000)),
        ({"reason": "\x07"}, "reason", FieldProblem("control-character")),
        ({"meeting": "2024-03-22"}, "meeting", FieldProblem("unknown-meeting", what="2024-03-22")),
        ({"meeting": "gestern"}, "meeting", FieldProblem("unknown-meeting", what="gestern")),
        ({"changes": "2/4"}, "changes", FieldProblem("unknown-paragraph", what="2/4")),
        ({"changes": "3/1"}, "changes", FieldProblem("unknown-paragraph", what="3/1")),
        ({"changes": "2/1, 1/1"}, "changes", FieldProblem("not-later", what="1/1")),
        ({"changes": "§ 3"}, "changes", FieldProblem("no-paragraph", what="§")),
        ({"changes": "2/0"}, "changes", FieldProblem("no-paragraph", what="2/0")),
    ],
)
def test_what_cannot_be_taken_is_named(changed: dict[str, str], field: str, problem: FieldProblem):
    assert problems(typed(**changed)) == {field: problem}


def test_all_that_is_wrong_is_named_at_once():
    wrong = AnswerDraft("", "", "gestern", "5")
    assert set(problems(wrong)) == {"outcome", "reason", "meeting", "changes"}


def test_where_there_is_no_later_version_none_can_have_changed():
    ground = Ground(make_document(), 1, ())
    with pytest.raises(InvalidInput) as refused:
        read_answer(typed(changes="2"), ground)
    assert refused.value.errors == {"changes": FieldProblem("unknown-paragraph", what="2")}
