"""Which of many public contributions somebody wants to read, and in which order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from participation.carried import carried
from participation.chapters import Chapter
from participation.contribution import ContributionKind
from participation.document import Document
from participation.public_contributions import PublicContribution
from participation.threads import Thread, threads

Entry = TypeVar("Entry")


class Order(StrEnum):
    """In which order contributions are read."""

    PLACE = "place"
    NEWEST = "newest"
    SUPPORT = "support"


class AnswerState(StrEnum):
    """Whether the working group has answered."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Listed:
    """A contribution in the list of a version.

    ``here`` are the numbers of its paragraph in that version: its own number, or what its
    paragraph became since an earlier version; none if it was removed.
    """

    contribution: PublicContribution
    here: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to read; none: of all kinds, in all chapters, answered or not."""

    kind: ContributionKind | None = None
    chapter: Chapter | None = None
    answer: AnswerState | None = None
    order: Order = Order.PLACE

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.kind is None and self.chapter is None and self.answer is None

    def of(self, listed: Iterable[Listed]) -> list[Listed]:
        """Return what is wanted of contributions that come by their place, in the order wanted."""
        found = [one for one in listed if self._wants(one)]
        return _sorted(found, self.order, lambda one: one.contribution)

    def _wants(self, one: Listed) -> bool:
        said, chapter = one.contribution, self.chapter
        lacks = said.lacks_answer  # a reply is answered along, so it is neither
        state = AnswerState.UNANSWERED if lacks else said.answer and AnswerState.ANSWERED
        return (
            self.kind in {None, said.kind}
            and self.answer in {None, state}
            and (chapter is None or any(chapter.holds(number) for number in one.here))
        )


def listed(
    document: Document, contributions: Sequence[PublicContribution], version: int
) -> Iterator[Listed]:
    """Return those on a version by their paragraphs, then those on earlier ones by theirs.

    ``contributions`` are all public ones on the document, oldest first.

    Raises:
        UnknownVersion: If the document has no such version.
    """
    own = [one for one in contributions if one.ref.version == version]
    for one in _in_threads(sorted(own, key=lambda one: one.ref.number)):
        yield Listed(one, (one.ref.number,))
    for said in carried(document, contributions, version):
        for one in _in_threads(said.contributions):
            yield Listed(one, said.here)


def in_order(threads: Iterable[Thread], order: Order) -> list[Thread]:
    """Return threads in an order; those of a paragraph come by their age, oldest first."""
    return _sorted(threads, order, lambda thread: thread.first)


def most_supported(
    contributions: Iterable[PublicContribution], most: int
) -> list[PublicContribution]:
    """Return at most so many that somebody supports, most supported first."""
    supported = [one for one in contributions if one.supports]
    return _sorted(supported, Order.SUPPORT, lambda one: one)[:most]


def _in_threads(contributions: Iterable[PublicContribution]) -> Iterator[PublicContribution]:
    """Yield each with the replies to it behind it."""
    for thread in threads(contributions):
        yield from thread.all


def _sorted(
    entries: Iterable[Entry], order: Order, of: Callable[[Entry], PublicContribution]
) -> list[Entry]:
    if order is Order.PLACE:
        return list(entries)
    if order is Order.NEWEST:
        return sorted(entries, key=lambda entry: of(entry).received_at, reverse=True)
    return sorted(entries, key=lambda entry: of(entry).supports, reverse=True)
