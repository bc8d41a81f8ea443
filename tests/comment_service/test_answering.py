from dataclasses import replace
from datetime import date

import pytest

from comment_service.answering import Answering, Revised, SeenDecision
from comment_service.commenting import Commenting
from comment_service.storage.protocol import Change, Store
from participation.account import Account
from participation.answer_draft import AnswerDraft
from participation.catalogue import Catalogue
from participation.deciding import digest_of_decision
from participation.decision import Decision, DecisionStatus, Outcome
from participation.log_entry import Changed, Role
from participation.meeting import PublicMinutes
from participation.paragraph import ParagraphRef
from participation.refusals import (
    AlreadyAnswered,
    ChangedMeanwhile,
    DecisionIsDiscarded,
    DecisionIsPublic,
    FieldProblem,
    InvalidInput,
    NotPermitted,
    UnknownContribution,
    UnknownDecision,
    UnknownVersion,
)
from tests.comment_service.conftest import Publish
from tests.conftest import Clock
from tests.factories import AFTER, NOON, make_contribution, make_document, make_version

DRAFT = AnswerDraft("adopted", "Das fehlte.", "2024-03-21", "2/2")
EDITOR = Account("a1", "erika", Role.EDITOR)
MODERATOR = Account("a2", "moritz", Role.MODERATOR)


@pytest.fixture
def answering(commenting: Commenting, publish: Publish, store: Store) -> Answering:
    versions = (make_version(1), make_version(2, window=None))
    minutes = PublicMinutes(date(2024, 3, 21), "Sitzung", "sitzungen/2024-03-21/")
    publish(Catalogue({"leitlinien": make_document(versions=versions)}, (minutes,)))
    for one in ("c1", "c2", "c3"):
        store.add(make_contribution(one))
    store.add(make_contribution("other", ref=ParagraphRef("leitlinien", 2, 1)))
    return Answering(
        commenting.published, store, commenting.marks, commenting.clock, commenting.new_id
    )


def seen(decision: Decision) -> SeenDecision:
    return SeenDecision(decision.id, digest_of_decision(decision))


def test_an_answer_is_kept_as_a_draft_for_all_that_were_chosen(answering: Answering, store: Store):
    made = answering.answer(EDITOR, ["c2", "c1"], DRAFT)
    assert store.decisions("leitlinien") == [made]
    assert (made.status, made.contributions) == (DecisionStatus.DRAFT, ("c1", "c2"))
    assert (made.answer.outcome, made.answer.meeting) == (Outcome.ADOPTED, date(2024, 3, 21))
    assert made.answer.changes == (ParagraphRef("leitlinien", 2, 2),)
    assert (made.role, made.at) == (Role.EDITOR, NOON)


def test_an_answer_can_be_published_with_the_same_stroke(
    answering: Answering, commenting: Commenting
):
    made = answering.answer(EDITOR, ["c1"], DRAFT, publish=True)
    assert (made.status, made.published_at) == (DecisionStatus.PUBLISHED, NOON)
    assert commenting.contribution("c1").answer == made.answer


def test_every_change_is_in_the_log_with_digests_and_statuses(answering: Answering, store: Store):
    made = answering.answer(EDITOR, ["c1"], DRAFT)
    changed = answering.revise(
        EDITOR, seen(made), ["c1"], replace(DRAFT, outcome="noted"), publish=True
    )
    told = [logged.entry for logged in store.log()]
    assert {(one.subject, one.changed, one.role) for one in told} == {
        (made.id, Changed.DECISION, Role.EDITOR)
    }
    first, second, third = ((one.old, one.new) for one in told)
    assert first[0] == "none"
    assert second == (first[1], digest_of_decision(changed, with_status=False))
    assert third == ("draft", "published")
    assert "fehlte" not in repr(told)


def test_what_has_an_answer_is_not_answered_again(answering: Answering, store: Store):
    answering.answer(EDITOR, ["c1"], DRAFT)
    with pytest.raises(AlreadyAnswered):
        answering.answer(EDITOR, ["c2", "c1"], DRAFT)
    assert len(store.decisions("leitlinien")) == 1


def test_contributions_on_other_versions_get_an_answer_of_their_own(answering: Answering):
    with pytest.raises(InvalidInput) as refused:
        answering.answer(EDITOR, ["c1", "other"], DRAFT)
    assert refused.value.errors == {"contributions": FieldProblem("mixed-versions")}
    made = answering.answer(EDITOR, ["c1"], DRAFT)
    with pytest.raises(InvalidInput):
        answering.revise(EDITOR, seen(made), ["other"], DRAFT)


def test_somebody_has_to_be_answered(answering: Answering):
    with pytest.raises(InvalidInput) as refused:
        answering.answer(EDITOR, [], DRAFT)
    assert refused.value.errors == {"contributions": FieldProblem("nothing-chosen")}
    with pytest.raises(UnknownContribution):
        answering.answer(EDITOR, ["nobody"], DRAFT)


def test_what_cannot_be_taken_is_named_and_nothing_is_kept(answering: Answering, store: Store):
    with pytest.raises(InvalidInput) as refused:
        answering.answer(EDITOR, ["c1"], AnswerDraft("adopted", "", "2024-01-01", "2/9"))
    assert set(refused.value.errors) == {"reason", "meeting", "changes"}
    assert store.decisions("leitlinien") == []


def test_only_who_may_answer_answers(answering: Answering):
    for account in (MODERATOR, replace(EDITOR, is_locked=True)):
        with pytest.raises(NotPermitted):
            answering.answer(account, ["c1"], DRAFT)
    made = answering.answer(EDITOR, ["c1"], DRAFT)
    for forbidden in (
        lambda: answering.revise(MODERATOR, seen(made), ["c1"], DRAFT),
        lambda: answering.publish(MODERATOR, [seen(made)]),
        lambda: answering.discard(MODERATOR, seen(made)),
        lambda: answering.carry_out(MODERATOR, ("leitlinien", 1), [], []),
    ):
        with pytest.raises(NotPermitted):
            forbidden()


def test_of_two_who_revise_at_once_the_second_is_told(answering: Answering):
    made = answering.answer(EDITOR, ["c1"], DRAFT)
    answering.revise(EDITOR, seen(made), ["c1"], replace(DRAFT, outcome="noted"))
    for late in (
        lambda: answering.revise(EDITOR, seen(made), ["c1"], DRAFT),
        lambda: answering.publish(EDITOR, [seen(made)]),
        lambda: answering.discard(EDITOR, seen(made)),
    ):
        with pytest.raises(ChangedMeanwhile):
            late()


def test_contributions_can_join_an_answer_and_leave_it(answering: Answering):
    made = answering.answer(EDITOR, ["c1"], DRAFT)
    joined = answering.revise(EDITOR, seen(made), ["c1", "c2"], DRAFT)
    assert joined.contributions == ("c1", "c2")
    left = answering.revise(EDITOR, seen(joined), ["c2"], DRAFT)
    assert left.contributions == ("c2",)
    assert answering.answer(EDITOR, ["c1"], DRAFT).contributions == ("c1",)
    with pytest.raises(AlreadyAnswered):
        answering.revise(EDITOR, seen(left), ["c1", "c2"], DRAFT)


def test_what_is_put_the_same_way_is_not_told_again(answering: Answering, store: Store):
    made = answering.answer(EDITOR, ["c1"], DRAFT)
    assert answering.revise(EDITOR, seen(made), ["c1"], DRAFT) == made
    assert len(store.log()) == 1


def test_many_are_published_together_or_none(answering: Answering, store: Store, clock: Clock):
    made = [answering.answer(EDITOR, [one], DRAFT) for one in ("c1", "c2")]
    clock.now = AFTER
    with pytest.raises(ChangedMeanwhile):
        answering.publish(EDITOR, [seen(made[0]), SeenDecision(made[1].id, "otherwise")])
    assert {one.status for one in store.decisions("leitlinien")} == {DecisionStatus.DRAFT}
    published = answering.publish(EDITOR, [seen(one) for one in made])
    assert [one.published_at for one in published] == [AFTER, AFTER]
    assert store.decisions("leitlinien") == published


def test_a_discarded_draft_answers_nothing_and_is_kept(answering: Answering, store: Store):
    gone = answering.discard(EDITOR, seen(answering.answer(EDITOR, ["c1"], DRAFT)))
    assert store.decision(gone.id).status is DecisionStatus.DISCARDED
    with pytest.raises(DecisionIsDiscarded):
        answering.revise(EDITOR, seen(gone), ["c1"], DRAFT)
    assert answering.answer(EDITOR, ["c1"], DRAFT).status is DecisionStatus.DRAFT


def test_what_is_public_is_not_discarded(answering: Answering):
    public = answering.answer(EDITOR, ["c1"], DRAFT, publish=True)
    with pytest.raises(DecisionIsPublic):
        answering.discard(EDITOR, seen(public))


def test_what_is_not_there_is_named_as_unknown(answering: Answering):
    with pytest.raises(UnknownDecision):
        answering.discard(EDITOR, SeenDecision("nothing", ""))
    with pytest.raises(UnknownVersion):
        answering.ground("leitlinien", 9)


def test_a_table_is_carried_out_as_a_whole(answering: Answering, store: Store):
    first = answering.answer(EDITOR, ["c1"], DRAFT)
    second = replace(first.answer, outcome=Outcome.NOTED)
    answering.carry_out(
        EDITOR, ("leitlinien", 1), [("c2", second)], [Revised(first, second, ("c1",))]
    )
    assert [one.answer for one in store.decisions("leitlinien")] == [second, second]
    with pytest.raises(AlreadyAnswered):
        answering.carry_out(EDITOR, ("leitlinien", 1), [("c2", second)], [])
    with pytest.raises(ChangedMeanwhile):
        answering.carry_out(
            EDITOR,
            ("leitlinien", 1),
            [("c3", second)],
            [Revised(first, replace(second, reason="Anders."), ("c1",))],
        )
    assert len(store.decisions("leitlinien")) == 2


def test_what_is_changed_is_public_at_once(answering: Answering, commenting: Commenting):
    public = answering.answer(EDITOR, ["c1"], DRAFT, publish=True)
    assert commenting.public(commenting.published().document("leitlinien"))[0].answer
    changed = answering.revise(EDITOR, seen(public), ["c1"], replace(DRAFT, reason="Neu."))
    assert changed.published_at == public.published_at
    assert commenting.contribution("c1").answer == changed.answer
    assert store_of(commenting).decision(public.id) == changed


def store_of(commenting: Commenting) -> Store:
    return commenting.store


def test_a_seen_decision_is_needed_for_each_change(answering: Answering, store: Store):
    made = answering.answer(EDITOR, ["c1"], DRAFT)
    store.change([Change(made, replace(made, at=AFTER))], [])
    assert answering.discard(EDITOR, seen(made)).status is DecisionStatus.DISCARDED
