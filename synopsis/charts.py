"""What the charts of a synopsis show and say; ``templates/charts.html`` draws them."""

from dataclasses import dataclass
from typing import Any

from synopsis.figures import Span, along_the_text, by_day, outcomes
from synopsis.rows import Synopsis
from synopsis.words import Words


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its name."""

    name: str
    count: int


def charts(synopsis: Synopsis, words: Words) -> dict[str, Any]:
    """Return what the template of the charts needs, by name."""
    if not synopsis.contributions:
        return {}
    return {
        **_of_outcomes(synopsis, words),
        **_of_days(synopsis, words),
        **_of_text(synopsis, words),
    }


def _of_outcomes(synopsis: Synopsis, words: Words) -> dict[str, Any]:
    counted = outcomes(synopsis.contributions)
    bars = [Bar(words.outcome_words(outcome), count) for outcome, count in counted]
    moved = sum(
        one.answer is not None and bool(one.answer.changes) for one in synopsis.contributions
    )
    sentence = words.ngettext(
        "%(num)s contribution changed the text.", "%(num)s contributions changed the text.", moved
    )
    return {
        "outcome_bars": bars,
        "outcome_most": max(bar.count for bar in bars),
        "outcome_sentence": sentence % {"num": moved},
    }


def _of_days(synopsis: Synopsis, words: Words) -> dict[str, Any]:
    spans = by_day(synopsis)
    peak = max(spans, key=lambda span: span.total)
    place = {span.first: number for number, span in enumerate(spans)}

    def place_of(span: Span) -> int:
        return place[span.first]

    sentence = words.ngettext(
        "Most on %(day)s: %(num)s contribution.",
        "Most on %(day)s: %(num)s contributions.",
        peak.total,
    )
    return {
        "spans": spans,
        "day_most": peak.total,
        "place_of": place_of,
        "day_sentence": sentence % {"day": words.day(peak.first), "num": peak.total},
        "day_rows": [
            (words.day(span.first), span.online, span.other) for span in spans if span.total
        ],
    }


def _of_text(synopsis: Synopsis, words: Words) -> dict[str, Any]:
    chapters = along_the_text(synopsis)
    counts = [pair for chapter in chapters for pair in chapter.counts]
    touched = sum(count > 0 for _, count in counts)
    sentence = words.say(
        "%(touched)s of %(all)s paragraphs were commented on.", touched=touched, all=len(counts)
    )
    return {
        "text_chapters": chapters,
        "text_most": max(count for _, count in counts),
        "text_sentence": sentence,
        "text_rows": [
            (words.say("no. %(number)s", number=number), count) for number, count in counts if count
        ],
    }
