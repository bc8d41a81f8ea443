"""Blacking out: words that nobody may read are taken out of a text, and the rest stays."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from participation.contribution import (
    TEXT_LIMIT,
    WORDING_LIMIT,
    Contribution,
    EarlierText,
    tidy,
)
from participation.refusals import FieldProblem, InvalidInput

BLACK = "\N{FULL BLOCK}"
BAR = BLACK * 5  # always as long: its length must not tell how long a name was
SPACE = re.compile(r"\s+")

Words = TypeVar("Words", Contribution, EarlierText)


def blacked_out(contribution: Contribution, words: str) -> Contribution:
    """Return the contribution with a bar in text, wording and name where ``words`` stood.

    What stood there before corrections is treated alike.

    Args:
        contribution: As it is.
        words: What nobody may read: words or sentences, each on a line. Capitals and small
            letters, line breaks and spaces make no difference; parts of words are not meant.

    Raises:
        InvalidInput: If nothing is named, or something that does not stand there, or if the text
            would become too long.
    """
    patterns = [*_patterns(words, "\n".join(_all_words(contribution)))]
    after = replace(_barred(contribution, patterns), is_blacked_out=True)
    if len(after.text) > TEXT_LIMIT:
        raise InvalidInput({"words": FieldProblem("too-long", TEXT_LIMIT)})
    if len(after.proposed_wording or "") > WORDING_LIMIT:
        raise InvalidInput({"words": FieldProblem("too-long", WORDING_LIMIT)})
    earlier = tuple(_barred(one, patterns) for one in contribution.earlier_texts)
    return replace(after, earlier_texts=earlier)


def _all_words(contribution: Contribution) -> Iterable[str]:
    now = (contribution.text, contribution.name, contribution.proposed_wording)
    earlier = [(one.text, one.name, one.proposed_wording) for one in contribution.earlier_texts]
    return (words or "" for written in (now, *earlier) for words in written)


def _barred(one: Words, patterns: Iterable[re.Pattern[str]]) -> Words:
    text, name, wording = one.text, one.name, one.proposed_wording
    for pattern in patterns:
        text = pattern.sub(BAR, text)
        name = BAR if name and pattern.search(name) else name
        wording = wording and pattern.sub(BAR, wording)
    return replace(one, text=text, name=name, proposed_wording=wording)


def _patterns(words: str, where: str) -> Iterable[re.Pattern[str]]:
    named = [line for line in map(str.strip, tidy(words).split("\n")) if line.strip(BLACK)]
    if not named:
        raise InvalidInput({"words": FieldProblem("empty")})
    patterns = [_pattern(line) for line in sorted(named, key=len, reverse=True)]
    if not all(pattern.search(where) for pattern in patterns):
        raise InvalidInput({"words": FieldProblem("not-there")})
    return patterns


def _pattern(line: str) -> re.Pattern[str]:
    inside = r"\s+".join(re.escape(word) for word in SPACE.split(line))
    before = r"(?<!\w)" if re.match(r"\w", line) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", line) else ""
    return re.compile(f"{before}{inside}{after}", re.IGNORECASE)
