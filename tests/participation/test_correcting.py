"""What its author may change of a contribution, when, and what is kept of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from participation.contribution import (
    Contribution,
    ContributionKind,
    ContributionStatus,
    EarlierText,
)
from participation.correcting import CORRECTIONS_LIMIT, Correction, corrected
from participation.document import Moderation
from participation.refusals import (
    AlreadyAnswered,
    FieldProblem,
    InvalidInput,
    StatusForbids,
    WindowNotOpen,
)
from tests.factories import AFTER, BEFORE, NOON, make_contribution, make_version

LONGER = Correction("Bitte mehr Bänke und Bäume.", "Ada L.")


def after(
    contribution: Contribution | None = None,
    correction: Correction = LONGER,
    *,
    now: datetime = NOON,
    **how: Any,
) -> Contribution:
    return corrected(
        contribution or make_contribution(), correction, make_version(), now=now, **how
    )


def problems(contribution: Contribution, correction: Correction) -> dict[str, FieldProblem]:
    with pytest.raises(InvalidInput) as refused:
        after(contribution, correction)
    return refused.value.errors


def test_a_correction_changes_the_words_and_keeps_those_of_before():
    before = EarlierText("Bitte mehr Bänke.", "Ada", None, NOON)
    assert after() == replace(
        make_contribution(),
        text="Bitte mehr Bänke und Bäume.",
        name="Ada L.",
        edited_at=NOON,
        earlier_texts=(before,),
    )


def test_every_earlier_text_is_kept_oldest_first():
    twice = after(after(), Correction("Doch nicht."))
    assert [one.text for one in twice.earlier_texts] == [
        "Bitte mehr Bänke.",
        "Bitte mehr Bänke und Bäume.",
    ]
    assert twice.name is None


def test_a_correction_that_changes_nothing_is_none():
    same = Correction(" Bitte mehr Bänke.\r\n", "Ada", "")
    assert after(correction=same) == make_contribution()


def test_the_wording_of_a_proposal_is_corrected_too():
    proposal = make_contribution(kind=ContributionKind.PROPOSAL, proposed_wording="Ein Text.")
    shorter = after(proposal, Correction("Kürzer.", None, "Text."))
    assert (shorter.proposed_wording, shorter.earlier_texts[0].proposed_wording) == (
        "Text.",
        "Ein Text.",
    )


def test_every_field_that_cannot_be_taken_is_named_at_once():
    proposal = make_contribution(kind=ContributionKind.PROPOSAL, proposed_wording="Ein Text.")
    wrong = Correction("", "x" * 81, "Der Text von Absatz 2.")
    assert problems(proposal, wrong) == {
        "text": FieldProblem("empty"),
        "name": FieldProblem("too-long", 80),
        "proposed_wording": FieldProblem("unchanged"),
    }
    assert problems(make_contribution(), replace(LONGER, proposed_wording="Neu.")) == {
        "proposed_wording": FieldProblem("only-proposals")
    }


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_outside_the_window_nothing_is_corrected(now: datetime):
    with pytest.raises(WindowNotOpen):
        after(now=now)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"status": ContributionStatus.HIDDEN}, "hidden"),
        ({"status": ContributionStatus.WITHDRAWN}, "withdrawn"),
        ({"erased_at": NOON}, "erased"),
        ({"is_blacked_out": True}, "blacked-out"),
    ],
)
def test_what_was_hidden_withdrawn_erased_or_blacked_out_stays(
    changed: dict[str, Any], status: str
):
    with pytest.raises(StatusForbids, match=f"is {status} "):
        after(make_contribution(**changed))


def test_what_is_answered_stays_as_it_was_answered():
    with pytest.raises(AlreadyAnswered):
        after(is_answered=True)


def test_with_moderation_before_publication_it_waits_again():
    version = make_version(moderation=Moderation.BEFORE)
    waiting = corrected(make_contribution(), LONGER, version, now=NOON)
    assert waiting.status is ContributionStatus.PENDING
    assert after(review_first=True).status is ContributionStatus.PENDING


def test_what_waits_goes_on_waiting():
    pending = make_contribution(status=ContributionStatus.PENDING)
    assert after(pending).status is ContributionStatus.PENDING


def test_so_many_corrections_are_kept_and_one_more_is_refused():
    contribution = make_contribution()
    for number in range(CORRECTIONS_LIMIT):
        contribution = after(contribution, Correction(f"Nummer {number}."))
    assert len(contribution.earlier_texts) == 20
    assert problems(contribution, LONGER) == {"text": FieldProblem("too-often", 20)}
