"""What a paragraph says: its words and pairs of words, weighed by how rare they are."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count, pairwise
from math import log

# What stands before the words, and changes when paragraphs are renumbered:
# "## ", "§ 14", "(2)", "1.", "a)", "* ".
LABEL = re.compile(
    r"(?:#+\s*)?"
    r"(?:(?:§§?|Art\.?|Artikel|Article|Section|Abschnitt)\s*\d+[a-z]?\b[.:]?\s*"
    r"|[-*+–•]\s+"
    r"|\(*\d+[a-z]{0,2}(?:[.)]|\.\d+)+\s*"
    r"|\(?[a-z]{1,3}[).]\s+)*",
    re.IGNORECASE,
)
SHAPE = re.compile(r"(?:(\(?)(\d+[a-z]?|[a-z]{1,2})([.)])|([-*+–•]))\s", re.IGNORECASE)
ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")  # says where a link leads, in words of its own
WORD = re.compile(r"\w+")
HEADING = re.compile(r"#+\s|\*\*[^*]+\*\*:?$")
BOLD_LEVEL = 7  # a line in bold stands below the six levels of Markdown's headings
CLAUSE_END = re.compile(r"(?<=[.;:!?])\s+(?=[A-ZÄÖÜ(])|;\s|—")
PAIR_SHIFT = 24  # bits; room for 16 million different words in one pair of versions
LAST_OF_PAIR = (1 << PAIR_SHIFT) - 1
OTHER_LABEL = 0.9  # at most, where texts differ: of equal words, those with an equal label
OTHER_KIND = 0.2  # of a similarity from 0 to 1: a heading seldom turns into a paragraph
RARE = 6.2  # least weight of a word of one text: what the logarithm gives for 500 texts
CLAUSE_WEIGHT = 15.0  # in units of rarity, some three rare words: what is less is no clause


@dataclass(slots=True, eq=False)
class Wording:
    """A text and its features: words and pairs of neighbouring words, as numbers.

    ``level`` is 0, or 1 to 7 for a heading; ``features`` and their ``weight`` are there
    after ``Vocabulary.weigh``.
    """

    text: str
    words: list[int]
    level: int
    features: set[int] = field(default_factory=set)
    weight: float = 0.0


class Vocabulary:
    """The words of two versions, numbered, with the rarity of each.

    Rarity is log(1 + texts / texts with the word), over different texts, raised where they are
    so few that no word would reach RARE; a pair of words is as rare as its more common word,
    so that "in der" says little.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
        self.wordings = {text: self._read(text) for text in dict.fromkeys(texts)}
        counts = Counter[int]()
        for wording in self.wordings.values():
            counts.update(set(wording.words))
        total = len(self.wordings) + 1
        least = max(1.0, RARE / log(1 + total))
        self.rarity = {word: least * log(1 + total / texts) for word, texts in counts.items()}

    def weigh(self, wording: Wording) -> Wording:
        """Give a wording its features and their weight, once."""
        if not wording.features and wording.words:
            wording.features = self.features(wording.words)
            wording.weight = self.weight(wording.features)
        return wording

    def features(self, words: list[int]) -> set[int]:
        """Return words and pairs of neighbouring words; learn how rare the pairs are."""
        rarity = self.rarity
        pairs = {first << PAIR_SHIFT | second for first, second in pairwise(words)}
        for pair in pairs.difference(rarity):
            rarity[pair] = min(rarity[pair >> PAIR_SHIFT], rarity[pair & LAST_OF_PAIR])
        pairs.update(words)
        return pairs

    def weight(self, features: Iterable[int]) -> float:
        """Sum the rarity of features."""
        return sum(map(self.rarity.__getitem__, features))

    def similarity(self, old: Wording, new: Wording) -> float:
        """Return the share of weight in common, from 0 to 1; less for a heading and a paragraph."""
        if old.text == new.text:
            return 1.0
        shared = self.in_common(old, new)
        if not shared:
            return 0.0
        share = OTHER_LABEL * 2 * shared / (old.weight + new.weight)
        return share if (old.level > 0) == (new.level > 0) else share - OTHER_KIND

    def in_common(self, old: Wording, new: Wording) -> float:
        """Return the weight of the features that two texts share."""
        return self.weight(self.weigh(old).features & self.weigh(new).features)

    def clauses(self, wording: Wording) -> list[set[int]]:
        """Return the features of each sentence or clause that says something of substance."""
        parts = CLAUSE_END.split(wording.text)
        features = [self.features(self._known(part)) for part in parts]
        return [found for found in features if self.weight(found) >= CLAUSE_WEIGHT]

    def _known(self, part: str) -> list[int]:
        # A label may be cut otherwise in a part than in the whole: leave out what is new.
        return [self.numbers[word] for word in spoken(part) if word in self.numbers]

    def _read(self, text: str) -> Wording:
        numbers = self.numbers
        return Wording(text, [numbers[word] for word in spoken(text)], level_of(text))


def spoken(text: str) -> list[str]:
    """Return the words of a text without label and addresses, in lower case.

    Where a text is nothing but an address, its words count.
    """
    label = LABEL.match(text)
    body = text[label.end() :] if label else text
    without = ADDRESS.sub(" ", body) if "]" in body or "://" in body else body
    return WORD.findall(without.casefold()) or WORD.findall(body.casefold())


def level_of(text: str) -> int:
    """Return 1 to 6 for a heading by its number signs, 7 for a line in bold, else 0."""
    if not text.startswith(("#", "**")) or not HEADING.match(text):
        return 0
    return len(text) - len(text.lstrip("#")) or BOLD_LEVEL


def shape_of(text: str) -> str:
    """Return the shape of what stands before the words: "#", "(1)", "1.", "a)", "*" or nothing."""
    if level_of(text):
        return "#"
    label = SHAPE.match(text)
    if not label:
        return ""
    opening, count, closing, bullet = label.groups()
    return "*" if bullet else f"{opening}{'1' if count[0].isdigit() else 'a'}{closing}"
