"""What is taken, how it is kept, and what is refused."""

from typing import Any

import pytest

from participation.contribution import (
    NAME_LIMIT,
    TEXT_LIMIT,
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
    take,
)
from participation.document import Moderation
from participation.refusals import FieldProblem, InvalidInput, WindowNotOpen
from tests.factories import AFTER, NOON, REF, make_draft, make_version


def taken(**draft: Any) -> Contribution:
    return take(
        make_draft(**draft), make_version(), now=NOON, contribution_id="c1", receipt_digest="d"
    )


def problems(**draft: Any) -> dict[str, FieldProblem]:
    with pytest.raises(InvalidInput) as refused:
        taken(**draft)
    return refused.value.errors


def test_a_draft_becomes_a_published_contribution_on_its_paragraph():
    assert taken() == Contribution(
        id="c1",
        ref=REF,
        kind=ContributionKind.COMMENT,
        text="Bitte mehr Bänke.",
        name="Ada",
        channel=Channel.ONLINE,
        received_at=NOON,
        status=ContributionStatus.PUBLISHED,
        receipt_digest="d",
    )


def test_with_moderation_before_publication_it_waits():
    version = make_version(moderation=Moderation.BEFORE)
    waiting = take(make_draft(), version, now=NOON, contribution_id="c1", receipt_digest="d")
    assert waiting.status is ContributionStatus.PENDING


def test_outside_the_window_nothing_is_taken():
    with pytest.raises(WindowNotOpen):
        take(make_draft(), make_version(), now=AFTER, contribution_id="c1", receipt_digest="d")


def test_a_text_is_kept_with_composed_characters_and_plain_line_ends():
    assert taken(text="  Gru\u0308n\r\nund\rblau\n").text == "Grün\nund\nblau"


@pytest.mark.parametrize("name", [None, "", "   "])
def test_a_name_may_be_left_out(name: str | None):
    assert taken(name=name).name is None


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b", "\u00a0\u2003", "\u0301"])
def test_a_text_in_which_nothing_can_be_read_is_empty(text: str):
    assert problems(text=text) == {"text": FieldProblem("empty")}


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_control_characters_and_lone_surrogates_are_refused(character: str):
    assert problems(text=f"a{character}b") == {"text": FieldProblem("control-character")}
    assert problems(name=f"a{character}b") == {"name": FieldProblem("control-character")}


def test_emoji_and_other_scripts_are_taken():
    assert taken(text="👩‍👩‍👧 שלום مرحبا").text == "👩‍👩‍👧 שלום مرحبا"


def test_a_text_of_4000_characters_is_taken_and_one_more_is_refused():
    assert taken(text="ä" * TEXT_LIMIT).text == "ä" * 4000
    assert problems(text="ä" * 4001) == {"text": FieldProblem("too-long", 4000)}


def test_a_name_of_80_characters_is_taken_and_one_more_is_refused():
    assert taken(name="ä" * NAME_LIMIT).name == "ä" * 80
    assert problems(name="ä" * 81) == {"name": FieldProblem("too-long", 80)}


def test_a_name_is_one_line_that_can_be_read():
    assert problems(name="Ada\nLovelace") == {"name": FieldProblem("control-character")}
    assert problems(name="\u200b") == {"name": FieldProblem("empty")}


def test_an_unknown_kind_is_refused():
    assert problems(kind="praise") == {"kind": FieldProblem("unknown-choice")}


def test_every_field_that_cannot_be_taken_is_named_at_once():
    assert set(problems(kind="", text="", name="x" * 81)) == {"kind", "text", "name"}
