from datetime import timedelta

import pytest

from comment_service.commenting import Commenting
from comment_service.receipts import receipt_code, receipt_digest
from comment_service.storage.protocol import Store
from participation.contribution import ContributionStatus
from participation.document import Moderation
from participation.paragraph import ParagraphRef
from participation.refusals import (
    IdempotencyKeyReused,
    InvalidInput,
    UnknownContribution,
    UnknownDocument,
    UnknownParagraph,
    UnknownVersion,
    WindowNotOpen,
)
from participation.window import WindowState
from tests.comment_service.conftest import Publish
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    NOON,
    REF,
    make_catalogue,
    make_contribution,
    make_document,
    make_draft,
    make_version,
)


def test_a_draft_becomes_a_contribution_with_a_receipt(commenting: Commenting, store: Store):
    taken = commenting.contribute(make_draft())
    assert store.get(taken.contribution.id) == taken.contribution
    assert taken.contribution.received_at == NOON
    assert taken.contribution.receipt_digest == receipt_digest(taken.receipt)


def test_the_setting_of_the_secret_keys_the_receipts(environ, request: pytest.FixtureRequest):
    secret = "0123456789abcdef0123456789abcdef"
    environ["RANDNOTIZ_SECRET"] = secret
    taken = request.getfixturevalue("commenting").contribute(make_draft())
    assert taken.receipt == receipt_code(secret.encode(), taken.contribution.id)


def test_two_drafts_without_a_key_are_two_contributions(commenting: Commenting, store: Store):
    commenting.contribute(make_draft())
    commenting.contribute(make_draft())
    assert len(store.of_document("leitlinien")) == 2


def test_a_repeated_request_gets_the_first_answer(commenting: Commenting, store: Store):
    first = commenting.contribute(make_draft(), key="k1")
    assert commenting.contribute(make_draft(), key="k1") == first
    assert store.of_document("leitlinien") == [first.contribution]


def test_a_repeated_request_gets_the_first_answer_even_after_the_window(
    commenting: Commenting, clock: Clock
):
    first = commenting.contribute(make_draft(), key="k1")
    clock.now = AFTER
    assert commenting.contribute(make_draft(), key="k1") == first
    with pytest.raises(WindowNotOpen):
        commenting.contribute(make_draft(), key="k2")


@pytest.mark.parametrize(
    "changed",
    [{"text": "Anders"}, {"kind": "question"}, {"name": None}, {"ref": ParagraphRef("x", 1, 1)}],
)
def test_a_key_is_for_one_draft_only(commenting: Commenting, changed):
    commenting.contribute(make_draft(), key="k1")
    with pytest.raises(IdempotencyKeyReused):
        commenting.contribute(make_draft(**changed), key="k1")


def test_a_refused_draft_does_not_use_up_its_key(commenting: Commenting):
    with pytest.raises(InvalidInput):
        commenting.contribute(make_draft(text=""), key="k1")
    assert commenting.contribute(make_draft(), key="k1").contribution.text == make_draft().text


def test_a_lone_surrogate_is_refused_with_or_without_a_key(commenting: Commenting):
    for key in (None, "k1"):
        with pytest.raises(InvalidInput):
            commenting.contribute(make_draft(text="\ud800"), key=key)


@pytest.mark.parametrize(
    ("ref", "refusal"),
    [
        (ParagraphRef("nichts", 1, 1), UnknownDocument),
        (ParagraphRef("leitlinien", 2, 1), UnknownVersion),
        (ParagraphRef("leitlinien", 1, 0), UnknownParagraph),
        (ParagraphRef("leitlinien", 1, 4), UnknownParagraph),
        (ParagraphRef("leitlinien", 10**30, 10**30), UnknownVersion),
    ],
)
def test_a_paragraph_that_is_not_there_is_refused(
    commenting: Commenting, ref: ParagraphRef, refusal: type[Exception]
):
    with pytest.raises(refusal):
        commenting.contribute(make_draft(ref=ref))
    with pytest.raises(refusal):
        commenting.paragraph(ref)


def test_with_moderation_before_publication_a_contribution_waits(
    commenting: Commenting, publish: Publish
):
    versions = (make_version(moderation=Moderation.BEFORE),)
    publish(make_catalogue(make_document(versions=versions)))
    taken = commenting.contribute(make_draft()).contribution
    assert taken.status is ContributionStatus.PENDING
    assert commenting.paragraph(REF).contributions == ()
    with pytest.raises(UnknownContribution):
        commenting.contribution(taken.id)


def test_only_what_is_published_is_public(commenting: Commenting, store: Store):
    for status in ContributionStatus:
        store.add(make_contribution(status.value, status=status))
    (version,) = commenting.document("leitlinien").versions
    assert [entry.id for entry in version.contributions] == ["published"]
    assert commenting.contribution("published").id == "published"


def test_contributions_are_listed_in_the_order_of_the_text_then_by_age(
    commenting: Commenting, store: Store
):
    store.add(make_contribution("late", ref=ParagraphRef("leitlinien", 1, 3)))
    store.add(make_contribution("newer", received_at=NOON + timedelta(1)))
    store.add(make_contribution("older"))
    (version,) = commenting.document("leitlinien").versions
    assert [entry.id for entry in version.contributions] == ["older", "newer", "late"]


def test_a_version_shows_its_own_contributions_only(
    commenting: Commenting, store: Store, publish: Publish
):
    versions = (make_version(1), make_version(2, window=None))
    publish(make_catalogue(make_document(versions=versions)))
    store.add(make_contribution())
    first, second = commenting.document("leitlinien").versions
    assert (len(first.contributions), len(second.contributions)) == (1, 0)
    assert (first.state, second.state) == (WindowState.OPEN, None)
    assert commenting.document("leitlinien", 2).versions == (second,)


def test_a_confirmation_is_for_the_paragraph_of_the_contribution(
    commenting: Commenting, store: Store
):
    store.add(make_contribution("c1"))
    assert commenting.confirmed("c1", REF) is ContributionStatus.PUBLISHED
    assert commenting.confirmed("c1", ParagraphRef("leitlinien", 1, 1)) is None
    assert commenting.confirmed("c2", REF) is None
