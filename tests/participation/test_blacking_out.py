from dataclasses import replace

import pytest

from participation.blacking_out import BAR, blacked_out
from participation.contribution import TEXT_LIMIT, WORDING_LIMIT, ContributionKind, EarlierText
from participation.refusals import InvalidInput
from tests.factories import NOON, make_contribution


def left(text: str, words: str) -> str:
    return blacked_out(make_contribution(text=text), words).text


@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("Frau Müller wohnt da.", "müller", f"Frau {BAR} wohnt da."),
        ("Frau  Müller\nwohnt da.", "Frau Müller", f"{BAR}\nwohnt da."),
        ("Anna nimmt Anna an.", "Anna", f"{BAR} nimmt {BAR} an."),
        ("Anna und Annahme", "anna", f"{BAR} und Annahme"),
        ("Anna Ada, Anna", "Anna\nAnna Ada", f"{BAR}, {BAR}"),
        ("Tel. (0331) 123-45!", "(0331) 123-45", f"Tel. {BAR}!"),
        ("Cafe\u0301 Ada", "Caf\u00e9\r\n\r\nAda", f"{BAR} {BAR}"),
    ],
)
def test_a_bar_stands_for_the_words(text: str, words: str, after: str):
    assert left(text.replace("e\u0301", "\u00e9"), words) == after


def test_the_rest_stays_and_it_is_marked():
    one = blacked_out(make_contribution(text="Fragt Ada.", name="Bob"), "Ada")
    assert (one.text, one.name, one.is_blacked_out) == (f"Fragt {BAR}.", "Bob", True)


def test_a_name_is_blacked_out_as_a_whole():
    assert blacked_out(make_contribution(name="Ada Lovelace"), "Ada").name == BAR
    assert blacked_out(make_contribution(name=None, text="Ada"), "Ada").name is None


@pytest.mark.parametrize(
    ("words", "code"), [(" \n", "empty"), (BAR, "empty"), ("Grace", "not-there")]
)
def test_what_does_not_stand_there_is_refused(words: str, code: str):
    with pytest.raises(InvalidInput) as refused:
        left("Ada schreibt.", words)
    assert refused.value.errors["words"].code == code


def test_one_word_that_does_not_stand_there_keeps_all_from_being_blacked_out():
    with pytest.raises(InvalidInput):
        left("Ada schreibt.", "Ada\nGrace")


def test_a_text_never_becomes_longer_than_it_may_be():
    with pytest.raises(InvalidInput) as refused:
        left("a " * (TEXT_LIMIT // 2), "a")
    assert refused.value.errors["words"].code == "too-long"


def test_a_bar_stands_in_the_wording_and_in_what_stood_there_before_too():
    earlier = EarlierText("Ada war da.", "Ada", "Ada wohnt hier.", NOON)
    one = make_contribution(
        kind=ContributionKind.PROPOSAL,
        text="So ist es.",
        name=None,
        proposed_wording="Ada wohnt hier nicht.",
        earlier_texts=(earlier, replace(earlier, name=None, proposed_wording=None)),
    )
    after = blacked_out(one, "Ada")
    assert after.proposed_wording == f"{BAR} wohnt hier nicht."
    assert [(past.text, past.name, past.proposed_wording) for past in after.earlier_texts] == [
        (f"{BAR} war da.", BAR, f"{BAR} wohnt hier."),
        (f"{BAR} war da.", None, None),
    ]


def test_a_wording_that_would_become_too_long_is_refused():
    one = make_contribution(proposed_wording="a " * (WORDING_LIMIT // 2))
    with pytest.raises(InvalidInput) as refused:
        blacked_out(one, "a")
    assert refused.value.errors["words"].limit == WORDING_LIMIT
