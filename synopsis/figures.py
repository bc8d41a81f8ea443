"""The figures of a synopsis: how much was said where in the text, when, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from participation.contribution import Channel
from participation.decision import Outcome
from participation.paragraph import Paragraph
from participation.public_contributions import PublicContribution
from participation.window import HOME
from synopsis.rows import Synopsis

DAYS_SHOWN = 120  # beyond, days are told by weeks
WEEK = 7


@dataclass(frozen=True, slots=True)
class Chapter:
    """The paragraphs below one outermost heading, with the number of contributions on each."""

    heading: str
    counts: tuple[tuple[int, int], ...]

    @property
    def total(self) -> int:
        """How much was said in it."""
        return sum(count for _, count in self.counts)

    @property
    def peak(self) -> tuple[int, int]:
        """The paragraph on which most was said, and how much."""
        return max(self.counts, key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Span:
    """One day, or several that are told together, and what came in then."""

    first: date
    online: int
    other: int

    @property
    def total(self) -> int:
        """How much came in on any way."""
        return self.online + self.other


def along_the_text(synopsis: Synopsis) -> list[Chapter]:
    """Return the chapters of the version in order."""
    counted = Counter(one.ref.number for one in synopsis.contributions)
    chapters = groupby(synopsis.version.paragraphs, key=_chapter)
    return [
        Chapter(heading, tuple((one.number, counted[one.number]) for one in paragraphs))
        for heading, paragraphs in chapters
    ]


def by_day(synopsis: Synopsis) -> list[Span]:
    """Return the days of the window, and those outside of it on which something came in."""
    came = [(came_on(one), one.channel) for one in synopsis.contributions]
    if not came:
        return []
    first, last = _ends(synopsis, [day for day, _ in came])
    step = 1 if (last - first).days < DAYS_SHOWN else WEEK
    return list(_spans(first, last, step, came))


def outcomes(contributions: Iterable[PublicContribution]) -> list[tuple[Outcome | None, int]]:
    """Return how often each outcome was decided; none, where there is no answer yet, at last.

    Replies without an answer of their own are not counted.
    """
    decided = (one for one in contributions if one.answer or one.lacks_answer)
    counted = Counter(one.answer.outcome if one.answer else None for one in decided)
    known: list[Outcome | None] = [*Outcome, *([None] if counted[None] else [])]
    return [(outcome, counted[outcome]) for outcome in known]


def came_on(one: PublicContribution) -> date:
    """Return the day on which a contribution came in, in the city; on paper, that of the paper."""
    if one.transcribed and one.transcribed.came_on:
        return one.transcribed.came_on
    return one.received_at.astimezone(HOME).date()


def _chapter(paragraph: Paragraph) -> str:
    return paragraph.headings[0] if paragraph.headings else ""


def _ends(synopsis: Synopsis, days: list[date]) -> tuple[date, date]:
    """Return the first and the last day that are shown."""
    known = list(days)
    if synopsis.window:
        window = synopsis.window.window
        known.append(window.opens.astimezone(HOME).date())
        if window.closes:
            known.append((window.closes - timedelta(microseconds=1)).astimezone(HOME).date())
    return min(known), max(known)


def _spans(first: date, last: date, step: int, came: list[tuple[date, Channel]]) -> Iterator[Span]:
    online = Counter((day - first).days // step for day, way in came if way is Channel.ONLINE)
    every = Counter((day - first).days // step for day, _ in came)
    for place in range((last - first).days // step + 1):
        start = first + timedelta(days=place * step)
        yield Span(start, online[place], every[place] - online[place])
