"""Contributions with the replies to them, one level deep."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from participation.public_contributions import PublicContribution


@dataclass(frozen=True, slots=True)
class Thread:
    """A contribution and the replies to it, oldest first.

    ``first`` is itself a reply if what it answers is not there: nobody's words hang in the air.
    """

    first: PublicContribution
    replies: tuple[PublicContribution, ...] = ()

    @property
    def all(self) -> tuple[PublicContribution, ...]:
        """All of its contributions."""
        return (self.first, *self.replies)


def threads(contributions: Iterable[PublicContribution]) -> tuple[Thread, ...]:
    """Return the threads in the order of their first contributions."""
    said = list(contributions)
    there = {one.id for one in said if one.in_reply_to is None}
    replies: defaultdict[str, list[PublicContribution]] = defaultdict(list)
    firsts: list[PublicContribution] = []
    for one in said:
        if one.in_reply_to is not None and one.in_reply_to in there:
            replies[one.in_reply_to].append(one)
        else:
            firsts.append(one)
    return tuple(
        Thread(one, tuple(sorted(replies[one.id], key=lambda reply: reply.received_at)))
        for one in firsts
    )
