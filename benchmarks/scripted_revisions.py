"""Revisions of real texts by a script, as editors make them, so that every way is known.

Unlike `generated_versions`, which is for speed, the words are real ones and the edits are of
the kinds that make following hard: other forms and spellings of words, other numbers, sentences
put in and taken out, splits, merges, lists in another order, sections that moved, copies.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edit = Callable[[str], str]

SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÄÖÜ(*])")
CLAUSE_END = re.compile(r"(?<=[,;.])\s+")
ITEM = re.compile(r"(?:[-*+•]|\d+[.)]|[a-z]\))\s")
ENDING = re.compile(r"(?:en|er|es|em|e|n|s|ed|ing|ung)$")
ENDINGS = ["e", "en", "er", "es", "n", "s", "ung", "ed", "ing"]
LONG = 5  # letters from which a word is given another ending
SPELLINGS = {"daß": "dass", "muß": "muss", "ß": "ss", "Abs. ": "Absatz ", "Nr. ": "Nummer "}
PERSONS = {
    "Bürgerinnen und Bürger": "Einwohnerinnen und Einwohner",
    "Einwohnerinnen und Einwohner": "alle, die in der Stadt wohnen",
    "Antragsteller": "antragstellende Person",
    "Vertreterinnen und Vertreter": "Vertretung",
    "Richter": "Richterin oder Richter",
    "Teilnehmer": "Teilnehmende",
    "Jugendliche": "junge Menschen",
}
# Shares where all paragraphs change; of those that change, what becomes of them.
SECTIONS_MOVED, LISTS_REORDERED, MOVED, MERGED = 0.15, 0.4, 0.06, 0.07
CHANGES = {"light": 40, "heavy": 35, "removed": 8, "split": 8, "put in": 9}
SEVERAL = 3  # sentences, of which one may go
STUB = "(weggefallen)"
SHORT = 6  # words: what has fewer is edited lightly, and is not split


@dataclass(frozen=True, slots=True)
class Revision:
    """An old and a new version, and for each old place the new ones that carry it on."""

    old: list[str]
    new: list[str]
    gold: list[list[int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A new paragraph and the old places that it comes from."""

    origins: tuple[int, ...]
    text: str

    def edited(self, edit: Edit) -> "Piece":
        """Return it with its text edited."""
        return Piece(self.origins, edit(self.text) or self.text)


class Editor:
    """Revises a text; ``share`` of its paragraphs change. The same seed, the same revision."""

    def __init__(self, seed: int, foreign: Sequence[str], share: float) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same texts each time, no secret
        self.foreign = [text for text in foreign if len(text.split()) > SHORT]
        self.words = [word for text in self.foreign for word in text.split()]
        self.share = share

    def light(self, text: str) -> str:
        """Return a text with a few words changed."""
        edits: list[Edit] = [
            lambda words: _replaced(words, SPELLINGS),
            lambda words: _replaced(words, PERSONS),
            self.other_numbers,
            lambda words: self.other_words(words, 0.1),
            lambda words: self.other_forms(words, 0.2),
        ]
        return self.dice.choice(edits)(text)

    def heavy(self, text: str) -> str:
        """Return a text rewritten: up to half of its words are others, or in another order."""
        edits: list[Edit] = [
            lambda words: self.other_words(words, 0.5),
            lambda words: self.other_forms(self.other_words(words, 0.35), 0.3),
            lambda words: self.other_order(self.other_words(words, 0.25)),
            self.other_sentence,
        ]
        return self.dice.choice(edits)(text)

    def other_words(self, text: str, share: float) -> str:
        """Drop, replace or add words of other texts, each to a third of the share."""
        words: list[str] = []
        for word in text.split():
            foreign = self.dice.choice(self.words)
            instead: list[list[str]] = [[word], [], [foreign], [word, foreign]]
            words += self.dice.choices(instead, (1 - share, share / 3, share / 3, share / 3))[0]
        return " ".join(words)

    def other_forms(self, text: str, share: float) -> str:
        """Give long words other endings."""
        return " ".join(
            ENDING.sub("", word) + self.dice.choice(ENDINGS)
            if len(word) > LONG and word.isalpha() and self.dice.random() < share
            else word
            for word in text.split()
        )

    def other_numbers(self, text: str) -> str:
        """Raise all numbers: dates, amounts, references."""
        return re.sub(r"\d+", lambda found: str(int(found[0]) + self.dice.randint(1, 9)), text)

    def other_order(self, text: str) -> str:
        """Shuffle the clauses."""
        clauses = CLAUSE_END.split(text)
        self.dice.shuffle(clauses)
        return " ".join(clauses)

    def other_sentence(self, text: str) -> str:
        """Take a sentence out, where there are several, and put a foreign one in."""
        sentences = SENTENCE_END.split(text)
        if len(sentences) >= SEVERAL:
            sentences.pop(self.dice.randrange(len(sentences)))
        new = SENTENCE_END.split(self.dice.choice(self.foreign))[0]
        sentences.insert(self.dice.randrange(len(sentences) + 1), new)
        return " ".join(sentences)

    def revise(self, old: Sequence[str]) -> Revision:
        """Return a revision with its gold."""
        pieces = [Piece((place,), text) for place, text in enumerate(old)]
        pieces = self._with_sections_moved(pieces)
        pieces = self._with_lists_reordered(pieces)
        pieces = self._with_paragraphs_moved(self._with_paragraphs_changed(pieces))
        gold: list[list[int]] = [[] for _ in old]
        for place, piece in enumerate(pieces):
            for origin in piece.origins:
                gold[origin].append(place)
        return Revision(list(old), [piece.text for piece in pieces], gold)

    def _with_sections_moved(self, pieces: list[Piece]) -> list[Piece]:
        starts = [place for place, piece in enumerate(pieces) if piece.text.startswith("#")]
        bounds = [*starts, len(pieces)]
        sections = [pieces[start:end] for start, end in pairwise(bounds)]
        for _ in range(int(len(sections) * self.share * SECTIONS_MOVED)):
            moved = sections.pop(self.dice.randrange(len(sections)))
            sections.insert(self.dice.randrange(len(sections) + 1), moved)
        return [*pieces[: bounds[0]], *(piece for section in sections for piece in section)]

    def _with_lists_reordered(self, pieces: list[Piece]) -> list[Piece]:
        revised: list[Piece] = []
        items: list[Piece] = []
        for piece in [*pieces, Piece((), "")]:
            if ITEM.match(piece.text):
                items.append(piece)
                continue
            if self.dice.random() < self.share * LISTS_REORDERED:
                self.dice.shuffle(items)
            revised += [*items, piece]
            items = []
        return revised[:-1]

    def _with_paragraphs_changed(self, pieces: list[Piece]) -> list[Piece]:
        revised: list[Piece] = []
        for piece in pieces:
            if piece.text.startswith("#") or self.dice.random() >= self.share:
                revised.append(piece)
            elif not self._merge(revised, piece):
                revised += self._changed(piece)
        return revised

    def _merge(self, revised: list[Piece], piece: Piece) -> bool:
        """Join a paragraph to the one before it, sometimes; say whether it was."""
        possible = revised and revised[-1].origins and not revised[-1].text.startswith("#")
        if not possible or self.dice.random() >= MERGED:
            return False
        before = revised.pop()
        revised.append(Piece(before.origins + piece.origins, f"{before.text} {piece.text}"))
        return True

    def _changed(self, piece: Piece) -> list[Piece]:
        match self.dice.choices(list(CHANGES), list(CHANGES.values()))[0]:
            case "removed":
                return self._removed()
            case "split":
                return [part.edited(self.light) for part in _split(piece)]
            case "put in":
                return [piece, Piece((), self._put_in(piece.text))]
            case "heavy" if len(piece.text.split()) > SHORT:
                return [piece.edited(self.heavy)]
        return [piece.edited(self.light)]

    def _removed(self) -> list[Piece]:
        """Return what stands in the place of a text that is gone: nothing, another one, a stub."""
        instead = self.dice.choice(["", "", self.dice.choice(self.foreign), STUB])
        return [Piece((), instead)] if instead else []

    def _put_in(self, text: str) -> str:
        """Return a new text, or a copy of one with a third of the words replaced: a trap."""
        return self.dice.choice([self.dice.choice(self.foreign), self.other_words(text, 0.35)])

    def _with_paragraphs_moved(self, pieces: list[Piece]) -> list[Piece]:
        texts = [piece for piece in pieces if not piece.text.startswith("#")]
        for moved in self.dice.sample(texts, int(len(texts) * self.share * MOVED)):
            pieces.remove(moved)
            edited = self.dice.choice([moved, moved.edited(self.light)])
            pieces.insert(self.dice.randrange(len(pieces) + 1), edited)
        return pieces


def _replaced(text: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        text = text.replace(word, other)
    return text


def _split(piece: Piece) -> list[Piece]:
    sentences = SENTENCE_END.split(piece.text)
    half = len(sentences) // 2
    parts = [" ".join(sentences[:half]), " ".join(sentences[half:])]
    if min(len(part.split()) for part in parts) <= SHORT:
        return [piece]
    return [Piece(piece.origins, part) for part in parts]
