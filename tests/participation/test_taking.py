"""What is taken, how it is kept, and what is refused."""

from dataclasses import replace
from typing import Any

import pytest

from participation.caution import Doubt
from participation.contribution import (
    NAME_LIMIT,
    TEXT_LIMIT,
    Channel,
    Contribution,
    ContributionKind,
    ContributionStatus,
)
from participation.document import Moderation
from participation.paragraph import ParagraphRef
from participation.refusals import FieldProblem, InvalidInput, UnknownContribution, WindowNotOpen
from participation.taking import Given, take
from tests.factories import AFTER, NOON, REF, make_contribution, make_draft, make_version

GIVEN = Given("c1", "d")


def taken(**draft: Any) -> Contribution:
    return take(make_draft(**draft), make_version(), GIVEN, now=NOON)


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
    waiting = take(make_draft(), version, GIVEN, now=NOON)
    assert waiting.status is ContributionStatus.PENDING


def test_outside_the_window_nothing_is_taken():
    with pytest.raises(WindowNotOpen):
        take(make_draft(), make_version(), GIVEN, now=AFTER)


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


PROPOSAL = {
    "kind": "proposal",
    "text": "Das fehlt.",
    "proposed_wording": "Der Text von Absatz zwei.",
}


def test_a_change_proposal_keeps_its_wording_and_its_reason():
    proposal = taken(**PROPOSAL)
    assert proposal.kind is ContributionKind.PROPOSAL
    assert (proposal.text, proposal.proposed_wording) == ("Das fehlt.", "Der Text von Absatz zwei.")


def test_a_wording_is_kept_with_composed_characters_and_plain_line_ends():
    assert taken(**PROPOSAL | {"proposed_wording": " Gru\u0308n\r\n"}).proposed_wording == "Grün"


def test_a_change_proposal_needs_a_reason_and_a_wording():
    missing = problems(kind="proposal", text="")
    assert missing == {"text": FieldProblem("empty"), "proposed_wording": FieldProblem("empty")}


@pytest.mark.parametrize("wording", ["Der Text von Absatz 2.", " Der  Text\nvon Absatz 2. "])
def test_a_wording_that_changes_nothing_is_refused(wording: str):
    proposed = problems(**PROPOSAL | {"proposed_wording": wording})
    assert proposed == {"proposed_wording": FieldProblem("unchanged")}


@pytest.mark.parametrize(
    ("wording", "problem"),
    [
        ("ä" * 8001, FieldProblem("too-long", 8000)),
        ("a\x00b", FieldProblem("control-character")),
        ("\u200b", FieldProblem("empty")),
    ],
)
def test_a_wording_that_cannot_be_kept_is_refused(wording: str, problem: FieldProblem):
    assert problems(**PROPOSAL | {"proposed_wording": wording}) == {"proposed_wording": problem}
    assert len(taken(**PROPOSAL | {"proposed_wording": "ä" * 8000}).proposed_wording or "") == 8000


def test_nothing_but_a_change_proposal_has_a_wording():
    assert problems(proposed_wording="Anders.") == {
        "proposed_wording": FieldProblem("only-proposals")
    }
    assert taken(proposed_wording=" ").proposed_wording is None


def replied(answered: Contribution | None = None, **draft: Any) -> Contribution:
    reply = make_draft(**{"kind": "reply", "in_reply_to": "c9", **draft})
    return take(reply, make_version(), GIVEN, now=NOON, answered=answered)


def test_a_reply_names_what_it_answers():
    assert replied(make_contribution("c9")).in_reply_to == "c9"


def test_a_reply_that_answers_nothing_is_refused():
    assert problems(kind="reply") == {"in_reply_to": FieldProblem("missing")}


def test_nothing_but_a_reply_answers_another():
    assert problems(in_reply_to="c9") == {"in_reply_to": FieldProblem("only-replies")}


@pytest.mark.parametrize(
    "answered",
    [
        None,
        make_contribution("c9", status=ContributionStatus.PENDING),
        make_contribution("c9", status=ContributionStatus.HIDDEN),
        make_contribution("c9", status=ContributionStatus.WITHDRAWN),
    ],
)
def test_what_is_not_public_is_answered_like_what_is_not_there(answered: Contribution | None):
    with pytest.raises(UnknownContribution, match="c9"):
        replied(answered)


@pytest.mark.parametrize(
    ("answered", "code"),
    [
        (make_contribution("c9", kind=ContributionKind.REPLY, in_reply_to="c8"), "is-reply"),
        (make_contribution("c9", ref=ParagraphRef("leitlinien", 1, 3)), "other-paragraph"),
        (make_contribution("c9", ref=ParagraphRef("leitlinien", 2, 2)), "other-paragraph"),
    ],
)
def test_replies_stay_one_level_deep_and_on_their_paragraph(answered: Contribution, code: str):
    with pytest.raises(InvalidInput) as refused:
        replied(answered)
    assert refused.value.errors == {"in_reply_to": FieldProblem(code)}


@pytest.mark.parametrize("kind", ContributionKind)
def test_outside_the_window_no_kind_is_taken(kind: ContributionKind):
    draft = make_draft(**PROPOSAL | {"kind": kind.value, "in_reply_to": "c9"})
    with pytest.raises(WindowNotOpen):
        take(draft, make_version(), GIVEN, now=AFTER, answered=make_contribution("c9"))


def test_what_is_to_be_looked_at_first_waits():
    given = replace(GIVEN, doubts=(Doubt.TRAP,), author_mark="m")
    waiting = take(make_draft(), make_version(), given, now=NOON)
    assert (waiting.status, waiting.author_mark) == (ContributionStatus.PENDING, "m")
