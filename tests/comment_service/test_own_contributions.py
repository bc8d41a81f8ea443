"""What authors do with their own: correct it while that is possible, with all of it in the log."""

from typing import Any

import pytest

from comment_service.changing_contributions import Changing
from comment_service.commenting import Commenting, Taken
from comment_service.own_contributions import Own, OwnContributions
from comment_service.sent import Sent
from comment_service.storage.protocol import Change, Store
from participation.contribution import Contribution, ContributionStatus
from participation.correcting import Correction
from participation.decision import DecisionStatus
from participation.document import Moderation
from participation.log_entry import Changed, Role
from participation.moderation import published
from participation.paragraph import ParagraphRef
from participation.refusals import (
    AlreadyAnswered,
    InvalidInput,
    Refusal,
    StatusForbids,
    UnknownReceipt,
    WindowNotOpen,
)
from participation.text_digest import text_digest
from tests.comment_service.conftest import Publish
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    NOON,
    make_catalogue,
    make_decision,
    make_document,
    make_draft,
    make_version,
)

BETTER = Correction("Bitte mehr Bänke und Bäume.", "Ada")


@pytest.fixture
def own(commenting: Commenting) -> OwnContributions:
    of = commenting
    return OwnContributions(Changing(of.store, of.marks, of.clock, of.new_id), of.published)


@pytest.fixture
def taken(commenting: Commenting) -> Taken:
    return commenting.contribute(make_draft())


def against(own: OwnContributions, taken: Taken) -> type[Refusal] | None:
    refusal = own.against_correcting(own.show(taken.receipt).contribution)
    return None if refusal is None else type(refusal)


def refused(own: OwnContributions, taken: Taken, store: Store) -> type[Refusal]:
    """The refusal of a correction, which the question before it foretold."""
    before, foretold = store.get(taken.contribution.id), against(own, taken)
    assert foretold is not None
    with pytest.raises(foretold):
        own.correct(taken.receipt, BETTER)
    assert store.get(taken.contribution.id) == before
    return foretold


def test_a_correction_is_public_at_once_and_says_so(
    own: OwnContributions, commenting: Commenting, taken: Taken
):
    assert against(own, taken) is None
    corrected = own.correct(taken.receipt, BETTER)
    assert corrected == Own(own.show(taken.receipt).contribution, ())
    (public,) = commenting.document("leitlinien").contributions
    assert (public.text, public.edited_at) == ("Bitte mehr Bänke und Bäume.", NOON)


def test_the_log_tells_a_correction_by_digests_alone(
    own: OwnContributions, store: Store, taken: Taken
):
    own.correct(taken.receipt, BETTER)
    ((entry,),) = [[logged.entry for logged in store.log()]]
    assert (entry.role, entry.changed, entry.reason) == (Role.AUTHOR, Changed.TEXT, "corrected")
    assert entry.old == text_digest("Bitte mehr Bänke.")
    assert entry.new == text_digest("Bitte mehr Bänke und Bäume.")


def test_of_a_proposal_the_digest_is_of_reason_and_wording(
    own: OwnContributions, commenting: Commenting, store: Store
):
    draft = make_draft(kind="proposal", proposed_wording="Neu.")
    taken = commenting.contribute(draft)
    own.correct(taken.receipt, Correction(draft.text, draft.name, "Ganz neu."))
    (logged,) = store.log()
    assert logged.entry.old == text_digest("Bitte mehr Bänke.\0Neu.")
    assert logged.entry.new == text_digest("Bitte mehr Bänke.\0Ganz neu.")


def test_where_contributions_are_read_first_a_correction_waits_and_the_log_tells_both(
    own: OwnContributions, store: Store, publish: Publish, taken: Taken
):
    version = make_version(moderation=Moderation.BEFORE)
    publish(make_catalogue(make_document(versions=(version,))))
    assert own.correct(taken.receipt, BETTER).contribution.status is ContributionStatus.PENDING
    entries = [logged.entry for logged in store.log()]
    assert [(one.changed, one.reason) for one in entries] == [
        (Changed.TEXT, "corrected"),
        (Changed.STATUS, "corrected"),
    ]
    assert (entries[1].old, entries[1].new) == ("published", "pending")


def test_what_was_let_through_after_a_doubt_waits_again_when_it_is_corrected(
    own: OwnContributions, commenting: Commenting, store: Store
):
    taken = commenting.contribute(make_draft(), sent=Sent(trap="https://buy.example"))
    waiting = taken.contribution
    store.change([Change(waiting, published(waiting))], [])
    assert own.correct(taken.receipt, BETTER).contribution.status is ContributionStatus.PENDING


def test_a_correction_that_changes_nothing_leaves_no_trace(
    own: OwnContributions, store: Store, taken: Taken
):
    own.correct(taken.receipt, Correction("Bitte mehr Bänke.", "Ada"))
    assert store.log() == []
    assert store.get(taken.contribution.id) == taken.contribution


@pytest.mark.usefixtures("taken")
def test_a_wrong_code_corrects_nothing(own: OwnContributions):
    with pytest.raises(UnknownReceipt):
        own.correct("0000-0000-0000-0000-0000", BETTER)


def test_a_field_that_cannot_be_taken_is_named(own: OwnContributions, taken: Taken):
    with pytest.raises(InvalidInput) as problem:
        own.correct(taken.receipt, Correction("", "x" * 81))
    assert set(problem.value.errors) == {"text", "name"}


def test_after_the_window_nothing_is_corrected(
    own: OwnContributions, store: Store, clock: Clock, taken: Taken
):
    clock.now = AFTER
    assert refused(own, taken, store) is WindowNotOpen


@pytest.mark.parametrize(
    "documents",
    [(make_document("methodenkoffer"),), (make_document(versions=(make_version(2),)),)],
)
def test_on_a_text_that_is_gone_nothing_is_corrected(
    own: OwnContributions, store: Store, publish: Publish, taken: Taken, documents
):
    publish(make_catalogue(*documents))
    assert refused(own, taken, store) is WindowNotOpen


def test_what_was_withdrawn_is_not_corrected(own: OwnContributions, store: Store, taken: Taken):
    own.withdraw(taken.receipt)
    assert refused(own, taken, store) is StatusForbids


def answer(store: Store, one: Contribution, **changed: Any) -> None:
    decision = make_decision(contributions=(one.id,), **changed)
    store.change([Change(None, decision)], [])


@pytest.mark.parametrize("status", [DecisionStatus.DRAFT, DecisionStatus.PUBLISHED])
def test_no_answer_ever_stands_under_other_words_than_it_answers(
    own: OwnContributions, store: Store, taken: Taken, status: DecisionStatus
):
    answer(store, taken.contribution, status=status, published_at=AFTER)
    assert refused(own, taken, store) is AlreadyAnswered


def test_a_discarded_answer_keeps_nobody_from_correcting(
    own: OwnContributions, store: Store, taken: Taken
):
    answer(store, taken.contribution, status=DecisionStatus.DISCARDED)
    assert against(own, taken) is None


def test_a_reply_is_corrected_like_any_other(own: OwnContributions, commenting: Commenting):
    first = commenting.contribute(make_draft()).contribution
    reply = commenting.contribute(make_draft(kind="reply", in_reply_to=first.id))
    corrected = own.correct(reply.receipt, BETTER).contribution
    assert (corrected.in_reply_to, corrected.ref) == (first.id, ParagraphRef("leitlinien", 1, 2))
