from datetime import timedelta

import pytest

from comment_service.form_stamps import LIFETIME, FormStamps
from comment_service.questions import ANSWERS, QUESTIONS, is_right
from tests.factories import NOON


@pytest.fixture
def stamps() -> FormStamps:
    return FormStamps(lambda: b"s" * 32)


def test_a_stamp_says_when_the_form_was_handed_out_and_what_was_asked(stamps: FormStamps):
    moment = NOON + timedelta(milliseconds=7)
    stamp, question = stamps.new(moment)
    read = stamps.read(stamp)
    assert read is not None
    assert (read.made_at, read.question) == (moment, question)
    assert read.good_until == moment + LIFETIME


def test_no_two_stamps_are_the_same(stamps: FormStamps):
    marks = {read.mark for read in (stamps.read(stamps.new(NOON)[0]) for _ in range(9)) if read}
    assert len(marks) == 9


def test_every_question_is_asked_at_times(stamps: FormStamps):
    assert {stamps.new(NOON)[1] for _ in range(500)} == set(QUESTIONS)


@pytest.mark.parametrize("sent", [None, "", "x", "1-days-of-a-week-0-0", "9" * 4000, "ä-ä-ä-ä"])
def test_what_is_no_stamp_says_nothing(stamps: FormStamps, sent: str | None):
    assert stamps.read(sent) is None


def test_nobody_else_can_make_or_change_a_stamp(stamps: FormStamps):
    stamp, _ = stamps.new(NOON)
    assert FormStamps(lambda: b"t" * 32).read(stamp) is None
    assert stamps.read(stamp.replace(stamp[:2], "16", 1)) is None


@pytest.mark.parametrize(
    ("question", "right"), [(q, a) for q in QUESTIONS for a in sorted(ANSWERS[q])]
)
def test_a_right_answer_is_right_however_it_is_typed(question: str, right: str):
    for typed in (right, f"  {right.upper()}. ", f"es ist {right}!"):
        assert is_right(question, typed)


@pytest.mark.parametrize("question", QUESTIONS)
def test_any_other_answer_is_wrong(question: str):
    every = " ".join(one for answers in ANSWERS.values() for one in answers)
    for typed in ("", " ", "?", "buy now", every):
        assert not is_right(question, typed)
