"""Order: which links keep the order of the text, and which are moves."""

from bisect import bisect_left
from typing import NamedTuple


class Link(NamedTuple):
    """A link one to one with the length of the old text, in characters."""

    old: int
    new: int
    length: int


def in_order(links: list[Link]) -> set[int]:
    """Return the old places of the heaviest chain of links that keeps the order.

    Args:
        links: One for each old place at most, no new place twice. What moved is then the
            least text: the weight of a link is its length and one, for empty texts.

    Takes n log n steps.
    """
    ascending = sorted(links)
    ranks = sorted(link.new for link in ascending)
    tree = [(0, -1)] * (len(ranks) + 1)  # Fenwick tree: heaviest chain that ends at or below a rank
    previous = []
    for place, link in enumerate(ascending):
        rank = bisect_left(ranks, link.new)
        weight, before = _heaviest(tree, rank)
        previous.append(before)
        _raise(tree, rank + 1, (weight + link.length + 1, place))
    return {ascending[place].old for place in _chain(previous, _heaviest(tree, len(ranks))[1])}


def _heaviest(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    best = (0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank -= rank & -rank
    return best


def _raise(tree: list[tuple[int, int]], rank: int, chain: tuple[int, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], chain)
        rank += rank & -rank


def _chain(previous: list[int], last: int) -> list[int]:
    chain = []
    while last != -1:
        chain.append(last)
        last = previous[last]
    return chain
