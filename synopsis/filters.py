"""The filters of a synopsis: they work without a script, by style sheet alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from participation.contribution import Channel
from participation.public_contributions import PublicContribution
from synopsis.figures import outcomes
from synopsis.rows import Synopsis
from synopsis.words import Words

OPEN = "open"  # the outcome of what is not answered yet
ALL = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter, and how many contributions it leaves."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the rows; the first of its choices shows all."""

    name: str
    legend: str
    choices: tuple[Choice, ...]


def filters_of(synopsis: Synopsis, words: Words) -> list[Filter]:
    """Return the filters; one that could only show everything is none."""
    if not synopsis.contributions:
        return []
    found = [_by_outcome(synopsis, words), _by_channel(synopsis, words), _by_rows(synopsis, words)]
    return [one for one in found if len({choice.count for choice in one.choices}) > 1]


def pairs_without_any(synopsis: Synopsis, filters: Sequence[Filter]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of outcome and channel that can be chosen and that nothing fits."""
    choices = {one.name: [choice.value for choice in one.choices[1:]] for one in filters}
    there = {
        (outcome_value(one, row.answered_by(one)), one.channel.value)
        for row in synopsis.rows
        for one in row.contributions
    }
    for pair in product(choices.get("outcome", ()), choices.get("channel", ())):
        if pair not in there:
            yield pair


def outcome_value(one: PublicContribution, answered: PublicContribution | None = None) -> str:
    """Return the choice that a contribution fits: a reply, as a rule, that of what it answers."""
    answer = one.answer or (answered.answer if answered else None)
    return answer.outcome.value if answer else OPEN


def _by_outcome(synopsis: Synopsis, words: Words) -> Filter:
    choices = [
        Choice(outcome.value if outcome else OPEN, words.outcome_words(outcome), count)
        for outcome, count in outcomes(synopsis.contributions)
        if count
    ]
    return Filter("outcome", words.say("Answer"), (_everything(synopsis, words), *choices))


def _by_channel(synopsis: Synopsis, words: Words) -> Filter:
    ways = [one.channel for one in synopsis.contributions]
    choices = [
        Choice(way.value, words.channel(way), ways.count(way)) for way in Channel if way in ways
    ]
    return Filter("channel", words.say("Came in"), (_everything(synopsis, words), *choices))


def _by_rows(synopsis: Synopsis, words: Words) -> Filter:
    said = sum(bool(row.contributions) for row in synopsis.told)
    choices = (
        Choice("said", words.say("with contributions"), said),
        Choice("changed", words.say("all that changed, too"), len(synopsis.told)),
    )
    return Filter("rows", words.say("Paragraphs"), choices)


def _everything(synopsis: Synopsis, words: Words) -> Choice:
    return Choice(ALL, words.say("all"), len(synopsis.contributions))
