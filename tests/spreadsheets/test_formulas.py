import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets.formulas import STARTS, guarded, is_dangerous, unguarded

WRITTEN = st.text(st.sampled_from(["'", "a", "1", " ", *STARTS]), max_size=6)


@pytest.mark.parametrize("start", STARTS)
def test_what_might_be_computed_begins_with_an_apostrophe(start: str):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "1-2", "a=b", "'s ist gut", " =1"])
def test_other_text_stays_as_it_is(text: str):
    assert guarded(text) == text


@given(WRITTEN)
def test_nothing_guarded_is_dangerous_and_nothing_is_lost(text: str):
    assert not is_dangerous(guarded(text))
    assert unguarded(guarded(text)) == text
