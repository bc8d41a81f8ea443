from dataclasses import replace
from datetime import date

import pytest

from participation.deciding import (
    Hand,
    answers,
    decided,
    digest_of_answer,
    digest_of_decision,
    discarded,
    public_answers,
    published,
    revised,
)
from participation.decision import Answer, Decision, DecisionStatus, Outcome, Revision
from participation.log_entry import Role
from participation.refusals import DecisionIsDiscarded, DecisionIsPublic
from tests.factories import AFTER, NOON, REF, make_decision

EDITOR = Hand(Role.EDITOR, NOON)
LATER = Hand(Role.ADMINISTRATOR, AFTER)
NOTED = Answer(Outcome.NOTED, "Das steht in der Satzung.")


def test_a_new_answer_is_a_draft_for_its_contributions_each_once():
    decision = decided(NOTED, ("leitlinien", 1), ["c2", "c1", "c2"], EDITOR, decision_id="d1")
    assert decision == Decision(
        "d1", "leitlinien", 1, ("c1", "c2"), NOTED, DecisionStatus.DRAFT, Role.EDITOR, NOON
    )


def test_what_an_answer_said_before_is_kept():
    draft = make_decision(answer=NOTED)
    changed = revised(draft, replace(NOTED, outcome=Outcome.ADOPTED), ["c1", "c2"], LATER)
    assert changed.revisions == (Revision(NOTED, Role.EDITOR, NOON),)
    assert (changed.answer.outcome, changed.contributions) == (Outcome.ADOPTED, ("c1", "c2"))
    assert (changed.role, changed.at) == (Role.ADMINISTRATOR, AFTER)


def test_an_answer_that_is_put_the_same_way_stays_as_it_is():
    draft = make_decision()
    assert revised(draft, draft.answer, draft.contributions, LATER) is draft


def test_a_published_answer_stays_public_when_it_is_revised():
    public = published(make_decision(), EDITOR)
    assert revised(public, NOTED, ["c1"], LATER).status is DecisionStatus.PUBLISHED
    assert revised(public, NOTED, ["c1"], LATER).published_at == NOON


def test_publishing_tells_when_and_only_the_first_time_counts():
    public = published(make_decision(), LATER)
    assert (public.status, public.published_at) == (DecisionStatus.PUBLISHED, AFTER)
    assert published(public, EDITOR) is public


def test_only_a_draft_can_be_discarded():
    gone = discarded(make_decision(), LATER)
    assert (gone.status, gone.at) == (DecisionStatus.DISCARDED, AFTER)
    with pytest.raises(DecisionIsPublic):
        discarded(published(make_decision(), EDITOR), LATER)


def test_what_was_discarded_stays_so():
    gone = discarded(make_decision(), LATER)
    with pytest.raises(DecisionIsDiscarded):
        revised(gone, NOTED, ["c1"], LATER)
    with pytest.raises(DecisionIsDiscarded):
        published(gone, LATER)


def test_each_contribution_has_the_answer_that_names_it_and_discarded_ones_name_none():
    both, gone = make_decision(contributions=("c1", "c2")), discarded(make_decision("d2"), LATER)
    assert answers([both, gone]) == {"c1": both, "c2": both}


def test_of_two_answers_the_public_one_counts_then_the_later_one():
    first, second = make_decision("d1"), make_decision("d2")
    assert answers([second, first])["c1"] is second
    public = published(first, LATER)
    assert answers([second, public])["c1"] is public


def test_only_published_answers_are_public():
    draft, public = make_decision("d2"), published(make_decision("d1"), LATER)
    assert public_answers([draft, public]) == {"c1": public}
    assert public_answers([draft]) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": Outcome.DECLINED},
        {"reason": "Anders."},
        {"meeting": date(2024, 3, 22)},
        {"meeting": None},
        {"changes": (REF,)},
    ],
)
def test_another_answer_has_another_digest(changed):
    one = make_decision()
    other = replace(one, answer=replace(one.answer, **changed))
    assert digest_of_answer(other.answer) != digest_of_answer(one.answer)
    assert digest_of_decision(other) != digest_of_decision(one)


def test_a_decision_that_was_published_or_widened_is_not_as_it_was_seen():
    one = make_decision()
    seen = digest_of_decision(one)
    assert digest_of_decision(replace(one, revisions=())) == seen
    assert digest_of_decision(published(one, LATER)) != seen
    assert digest_of_decision(replace(one, contributions=("c1", "c9"))) != seen
