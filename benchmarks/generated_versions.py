"""Two versions of a made-up text of any size, the same on every machine."""

import random
from itertools import accumulate

WORDS = 6000  # different words, drawn by Zipf's law, as in any language
LENGTH = (12, 60)  # words in a paragraph
SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "hu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "wu",
    "zer",
    "lich",
    "ung",
    "keit",
    "schaft",
]

# Shares of the paragraphs that are edited, removed, split and moved, and of new ones put in:
# a thorough revision. In an edited one each tenth word is another.
EDITED, REMOVED, SPLIT, MOVED, PUT_IN, OTHER_WORDS = 0.25, 0.03, 0.02, 0.02, 0.04, 0.1


class Writer:
    """Writes paragraphs from a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same texts each time, no secret
        self.words = ["".join(self.dice.choices(SYLLABLES, k=3)) for _ in range(WORDS)]
        self.shares = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))

    def draw(self, count: int) -> list[str]:
        """Return so many words, common ones more often."""
        return self.dice.choices(self.words, cum_weights=self.shares, k=count)

    def paragraph(self) -> str:
        """Return a new paragraph."""
        return " ".join(self.draw(self.dice.randint(*LENGTH)))

    def edit(self, text: str) -> str:
        """Return the text with a tenth of its words replaced."""
        words = text.split()
        for place in range(len(words)):
            if self.dice.random() < OTHER_WORDS:
                words[place] = self.draw(1)[0]
        return " ".join(words)

    def revise(self, text: str) -> list[str]:
        """Return what the next version has in place of a paragraph: none, one or two."""
        chance = self.dice.random()
        if chance < REMOVED:
            return []
        if chance < REMOVED + SPLIT:
            words = text.split()
            return [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        return [self.edit(text) if chance < REMOVED + SPLIT + EDITED else text]


def generated_versions(size: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Return an old version of ``size`` paragraphs and the next one."""
    writer = Writer(seed)
    old = [writer.paragraph() for _ in range(size)]
    new = [text for paragraph in old for text in writer.revise(paragraph)]
    for _ in range(int(size * MOVED)):
        new.insert(writer.dice.randrange(len(new)), new.pop(writer.dice.randrange(len(new))))
    for _ in range(int(size * PUT_IN)):
        new.insert(writer.dice.randrange(len(new)), writer.paragraph())
    return old, new
