"""What the filters of a list of contributions ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from comment_service.web.forms import NUMBER
from participation.chapters import Chapter
from participation.contribution import ContributionKind
from participation.selection import AnswerState, Order, Wanted

if TYPE_CHECKING:
    from flask import Request

KIND, CHAPTER, ANSWER, SORT, PAGE = "kind", "chapter", "answer", "sort", "page"

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, as far as it makes sense; ``unfit`` are the names of what does not."""

    wanted: Wanted
    leaf: int
    unfit: frozenset[str]

    def query(self, **changed: object) -> dict[str, object]:
        """Return what stands in the address of the same list, with some of it changed."""
        wanted = self.wanted
        order = None if wanted.order is Order.PLACE else wanted.order
        chapter = wanted.chapter and wanted.chapter.place
        asked = {KIND: wanted.kind, CHAPTER: chapter, ANSWER: wanted.answer, SORT: order}
        return {name: value for name, value in {**asked, **changed}.items() if value}


def read_wanted(request: "Request", chapters: Sequence[Chapter]) -> Asked:
    """Read the filters; what makes no sense counts as not asked for, and is told."""
    given = {name: value for name, value in request.args.items() if value}
    kind, answer = _choice(ContributionKind, given, KIND), _choice(AnswerState, given, ANSWER)
    order, chapter = _choice(Order, given, SORT), _chapter(given, chapters)
    page = given.get(PAGE, "1")
    leaf = int(page) if NUMBER.fullmatch(page) else 0
    read = {KIND: kind, ANSWER: answer, SORT: order, CHAPTER: chapter, PAGE: leaf}
    unfit = frozenset(name for name, value in read.items() if name in given and not value)
    return Asked(Wanted(kind, chapter, answer, order or Order.PLACE), leaf, unfit)


def _choice(choices: type[Choice], given: Mapping[str, str], name: str) -> Choice | None:
    return next((one for one in choices if one == given.get(name)), None)


def _chapter(given: Mapping[str, str], chapters: Sequence[Chapter]) -> Chapter | None:
    return next((one for one in chapters if str(one.place) == given.get(CHAPTER)), None)
