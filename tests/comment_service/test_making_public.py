from datetime import date

import pytest

from comment_service.commenting import Commenting
from comment_service.making_public import made_public
from comment_service.storage.protocol import Change, Store
from participation.contribution import ContributionKind, ContributionStatus, Transcribed
from participation.decision import DecisionStatus
from participation.paragraph import ParagraphRef
from participation.public_contributions import HandedIn
from participation.word_diff import word_diff
from tests.factories import AFTER, make_contribution, make_decision, make_document


@pytest.mark.parametrize("status", sorted(set(ContributionStatus) - {"published"}))
def test_only_what_is_published_is_public(status: ContributionStatus):
    assert made_public(make_document(), [make_contribution(status=status)]) == ()


def test_a_number_stays_when_another_contribution_is_hidden_or_waits():
    kept = [
        make_contribution("c1", status=ContributionStatus.HIDDEN),
        make_contribution("c2"),
        make_contribution("c3", status=ContributionStatus.PENDING),
        make_contribution("c4"),
    ]
    public = made_public(make_document(), kept)
    assert [(one.ordinal, one.id) for one in public] == [(2, "c2"), (4, "c4")]


def test_what_stands_on_a_version_that_is_gone_is_not_shown():
    kept = [make_contribution(ref=ParagraphRef("leitlinien", 7, 1))]
    assert made_public(make_document(), kept) == ()


def test_only_a_published_answer_is_public():
    public = make_decision(status=DecisionStatus.PUBLISHED, published_at=AFTER)
    (one,) = made_public(make_document(), [make_contribution()], [public])
    assert (one.answer, one.answered_at) == (public.answer, AFTER)
    (one,) = made_public(make_document(), [make_contribution()], [make_decision()])
    assert (one.answer, one.answered_at) == (None, None)


def test_what_was_transcribed_blacked_out_or_erased_says_so():
    transcribed = Transcribed("anna", 5, "Werkstatt", date(2024, 3, 12), is_late=True)
    kept = make_contribution(transcribed=transcribed, is_blacked_out=True, erased_at=AFTER)
    (one,) = made_public(make_document(), [kept])
    assert one.transcribed == HandedIn("Werkstatt", date(2024, 3, 12), 5, is_late=True)
    assert (one.is_blacked_out, one.is_erased) == (True, True)


def test_what_is_public_is_made_anew_only_when_something_has_changed(
    commenting: Commenting, store: Store
):
    document = make_document()
    store.add(make_contribution())
    before = commenting.public(document)
    assert commenting.public(document) is before
    public = make_decision(status=DecisionStatus.PUBLISHED, published_at=AFTER)
    store.change([Change(None, public)], [])
    (one,) = commenting.public(document)
    assert one.answer == public.answer


def test_a_change_proposal_is_shown_beside_the_paragraph():
    wording = "Der neue Text von Absatz 2."
    kept = make_contribution(
        kind=ContributionKind.PROPOSAL, proposed_wording=wording, edited_at=AFTER
    )
    (one,) = made_public(make_document(), [kept])
    assert (one.proposed_wording, one.edited_at) == (wording, AFTER)
    assert one.difference == word_diff("Der Text von Absatz 2.", wording)
