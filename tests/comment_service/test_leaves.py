"""A long list comes in leaves that are never too heavy, and nothing is lost between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comment_service.leaves import MOST, ROOM, Leaf, leaf

WEIGHTS = st.lists(st.integers(min_value=0, max_value=ROOM * 2), max_size=40)


@given(WEIGHTS)
def test_all_leaves_together_are_the_list(weights: list[int]):
    first = leaf(weights, 1, lambda weight: weight)
    found = [leaf(weights, number, lambda weight: weight) for number in range(1, first.of + 1)]
    assert [one for each in found for one in each.entries] == weights
    assert all(sum(each.entries) <= ROOM or len(each.entries) == 1 for each in found)


def test_a_leaf_holds_a_limited_number_of_light_entries():
    many = range(1, 2 * MOST + 2)
    second = leaf(many, 2, lambda _: 1)
    assert (second.first, second.last, second.of) == (MOST + 1, 2 * MOST, 3)
    assert list(second.entries) == list(range(MOST + 1, 2 * MOST + 1))


@pytest.mark.parametrize(("asked", "given_"), [(0, 1), (-7, 1), (3, 3), (4, 3), (10**30, 3)])
def test_what_is_beyond_the_ends_is_the_leaf_at_the_end(asked: int, given_: int):
    assert leaf(range(2 * MOST + 1), asked, lambda _: 1).number == given_


@pytest.mark.parametrize(("place", "number"), [(0, 1), (MOST - 1, 1), (MOST, 2), (2 * MOST, 3)])
def test_the_leaf_around_an_entry_has_it(place: int, number: int):
    found = leaf(range(2 * MOST + 1), 1, lambda _: 1, around=place)
    assert found.number == number
    assert place in found.entries


def test_an_empty_list_is_one_empty_leaf():
    only: Leaf[int] = leaf([], 1, lambda _: 1)
    assert (list(only.entries), only.number, only.of, only.last) == ([], 1, 1, 0)
