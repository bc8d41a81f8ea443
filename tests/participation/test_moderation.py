from dataclasses import replace

import pytest

from participation.contribution import (
    Contribution,
    ContributionStatus,
    EarlierText,
    Hiding,
    HidingReason,
    Transcribed,
)
from participation.moderation import (
    NOTE_LIMIT,
    Act,
    erased,
    hidden,
    is_possible,
    published,
    restored,
    withdrawn,
)
from participation.refusals import InvalidInput, StatusForbids
from tests.factories import AFTER, NOON, make_contribution

PENDING, PUBLISHED, HIDDEN, WITHDRAWN = ContributionStatus
WHY = Hiding(HidingReason.INSULT, " Bitte ohne Schimpfwort. ")
ACTS = {
    Act.PUBLISH: published,
    Act.HIDE: lambda one: hidden(one, WHY),
    Act.RESTORE: restored,
    Act.WITHDRAW: withdrawn,
}
BECOMES = {  # what is not here is refused
    (Act.PUBLISH, PENDING): PUBLISHED,
    (Act.HIDE, PENDING): HIDDEN,
    (Act.HIDE, PUBLISHED): HIDDEN,
    (Act.RESTORE, HIDDEN): PUBLISHED,
    (Act.WITHDRAW, PENDING): WITHDRAWN,
    (Act.WITHDRAW, PUBLISHED): WITHDRAWN,
    (Act.WITHDRAW, HIDDEN): WITHDRAWN,
}


def of_status(status: ContributionStatus) -> Contribution:
    return make_contribution(status=status, hidden=WHY if status is HIDDEN else None)


@pytest.mark.parametrize("status", ContributionStatus)
@pytest.mark.parametrize("act", Act)
def test_each_act_is_possible_from_its_statuses_only(act: Act, status: ContributionStatus):
    becomes = BECOMES.get((act, status))
    assert is_possible(act, of_status(status)) is (becomes is not None)
    if becomes is None:
        with pytest.raises(StatusForbids):
            ACTS[act](of_status(status))
    else:
        assert ACTS[act](of_status(status)).status is becomes


def test_what_is_hidden_says_why_until_it_is_restored():
    one = hidden(make_contribution(), WHY)
    assert one.hidden == Hiding(HidingReason.INSULT, "Bitte ohne Schimpfwort.")
    assert restored(one).hidden is None


def test_a_blank_note_is_none_and_a_long_one_is_refused():
    assert hidden(make_contribution(), Hiding(HidingReason.OTHER, " ")).hidden == Hiding(
        HidingReason.OTHER
    )
    with pytest.raises(InvalidInput) as refused:
        hidden(make_contribution(), Hiding(HidingReason.OTHER, "x" * (NOTE_LIMIT + 1)))
    assert refused.value.errors["note"].limit == NOTE_LIMIT


def test_of_what_is_erased_place_kind_and_status_stay_and_no_words():
    one = make_contribution(
        status=HIDDEN, hidden=WHY, transcribed=Transcribed(by="Ada", event="Bürgerwerkstatt")
    )
    assert erased(one, AFTER) == replace(
        one,
        text="",
        name=None,
        hidden=Hiding(HidingReason.INSULT),
        transcribed=Transcribed(by="", event="Bürgerwerkstatt"),
        erased_at=AFTER,
    )


def test_what_was_erased_stays_as_it_was():
    one = erased(make_contribution(), AFTER)
    assert one.erased_at == AFTER
    assert erased(one, AFTER.replace(year=2030)) is one


def test_of_what_is_erased_no_wording_stays_and_nothing_that_stood_there_before():
    one = make_contribution(
        proposed_wording="Anders.",
        edited_at=NOON,
        earlier_texts=(EarlierText("Früher.", "Ada", None, NOON),),
        author_mark="m",
    )
    after = erased(one, AFTER)
    assert (after.proposed_wording, after.earlier_texts, after.author_mark) == (None, (), None)
    assert after.edited_at == NOON
