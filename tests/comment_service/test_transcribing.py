"""Cards and letters are typed at the desk, one by one."""

import pytest

from comment_service.commenting import Commenting
from comment_service.receipts import receipt_code, receipt_digest
from comment_service.storage.protocol import Store
from comment_service.transcribing import Transcribing
from participation.account import Account
from participation.log_entry import Role
from participation.refusals import (
    IdempotencyKeyReused,
    InvalidInput,
    NotPermitted,
    UnknownDocument,
    UnknownVersion,
)
from tests.conftest import Clock
from tests.factories import AFTER
from tests.participation.test_transcript import make_transcript

ADA = Account("a1", "ada", Role.MODERATOR)


@pytest.fixture
def transcribing(commenting: Commenting) -> Transcribing:
    """The use case of the service."""
    given = commenting
    return Transcribing(
        given.published, given.store, given.secret, given.marks, given.clock, given.new_id
    )


def test_a_card_is_kept_after_the_window_with_who_typed_it(
    transcribing: Transcribing, store: Store, clock: Clock
):
    clock.now = AFTER
    taken = transcribing.take(ADA, make_transcript(), 1, key="k1")
    assert store.of_document("leitlinien") == [taken]
    assert taken.transcribed is not None
    assert taken.transcribed.by == "ada"


def test_its_author_can_be_given_a_receipt(transcribing: Transcribing):
    taken = transcribing.take(ADA, make_transcript(), 1, key="k1")
    code = receipt_code(transcribing.secret(), taken.id)
    assert taken.receipt_digest == receipt_digest(code)


def test_a_form_that_is_sent_twice_is_taken_once(transcribing: Transcribing, store: Store):
    first = transcribing.take(ADA, make_transcript(), 1, key="k1")
    assert transcribing.take(ADA, make_transcript(), 1, key="k1") == first
    assert store.of_document("leitlinien") == [first]


def test_another_card_with_the_same_key_is_refused(transcribing: Transcribing):
    transcribing.take(ADA, make_transcript(), 1, key="k1")
    with pytest.raises(IdempotencyKeyReused):
        transcribing.take(ADA, make_transcript(text="Anderes"), 1, key="k1")


def test_the_same_words_on_two_cards_are_two_contributions(
    transcribing: Transcribing, store: Store
):
    for key in ("k1", "k2"):
        transcribing.take(ADA, make_transcript(), 1, key=key)
    assert len(store.of_document("leitlinien")) == 2


@pytest.mark.parametrize(
    ("document", "version", "refusal"),
    [("leitlinien", 9, UnknownVersion), ("andere", 1, UnknownDocument)],
)
def test_a_card_on_nothing_is_refused(
    transcribing: Transcribing, store: Store, document: str, version: int, refusal: type[Exception]
):
    with pytest.raises(refusal):
        transcribing.take(ADA, make_transcript(document=document), version, key="k1")
    assert store.of_document("leitlinien") == []


@pytest.mark.parametrize("text", ["", "\ud800", "\0"])
def test_a_card_that_cannot_be_taken_leaves_nothing(
    transcribing: Transcribing, store: Store, text: str
):
    with pytest.raises(InvalidInput):
        transcribing.take(ADA, make_transcript(text=text), 1, key="k1")
    assert store.of_document("leitlinien") == []


@pytest.mark.parametrize(
    "account",
    [Account("a1", "ada", Role.AUTHOR), Account("a1", "ada", Role.EDITOR, is_locked=True)],
)
def test_who_may_not_transcribe_does_not(
    transcribing: Transcribing, store: Store, account: Account
):
    with pytest.raises(NotPermitted):
        transcribing.take(account, make_transcript(), 1, key="k1")
    assert store.of_document("leitlinien") == []


def test_what_was_typed_is_public_at_once(transcribing: Transcribing, commenting: Commenting):
    assert commenting.document("leitlinien").count == 0
    transcribing.take(ADA, make_transcript(), 1, key="k1")
    assert commenting.document("leitlinien").count == 1
