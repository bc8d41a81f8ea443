"""Which words are parts of which compounds: Aufsicht of Kommunalaufsicht, Rat of Stadtratssitzung.

There is no list of German words: the words of the site itself are looked for in one another.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from site_src.german_words import stop_words

SHORT = 3  # letters of the shortest word that is looked for
LONG = 5  # letters of a word that counts wherever it stands in another
REST = {3: 5, 4: 4}  # letters before a short word that need not be a word: Beteili|gungs|rat
NO_WORDS = {"end", "haft", "heit", "isch", "keit", "lich", "lung", "sam", "tum", "ung"}  # endings
ENDINGS = {"", "e", "es", "en", "n", "s"}  # for Rat stands Räte, too; but not Bürger for Burg
LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")  # what stands between the parts


def compounds_by_part(terms: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the compounds that hold a term, by that term; both as terms, in their order.

    ``terms`` has the term of each folded word of the site.
    """
    parts = _Parts(terms)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word, term in terms.items():
        for part in {*parts.in_word(word), *parts.in_word(term)}:
            if part != term:
                found[part].add(term)
    return {part: sorted(compounds) for part, compounds in sorted(found.items())}


class _Parts:
    """Finds the terms that stand in a word."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._known = {*terms, *terms.values()}
        self._short: dict[str, str] = {}
        self._long: defaultdict[str, set[str]] = defaultdict(set)
        stop = {*stop_words()}
        for word, term in terms.items():
            if word.isalpha() and not {word, term} & stop:
                self._note(word, term)
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
        for part in self._long:
            self._lengths[part[:LONG]].add(len(part))

    def _note(self, word: str, term: str) -> None:
        """Note what stands for a word in compounds: Bürge for Bürgern, since its stem is short."""
        beginning = word[: max(len(term), LONG)] if word.startswith(term) else term
        if len(beginning) >= LONG:
            self._long[beginning].add(term)
        for short in (term, word) if word.removeprefix(term) in ENDINGS else (word,):
            if SHORT <= len(short) < LONG and short not in NO_WORDS:
                self._short[short] = term

    def in_word(self, word: str) -> Iterator[str]:
        """Yield them, some perhaps more than once."""
        for place in range(len(word) - LONG + 1):
            for length in self._lengths.get(word[place : place + LONG], ()):
                yield from self._long.get(word[place : place + length], ())
        for length, rest in REST.items():
            yield from self._short_in(word, length, rest)

    def _short_in(self, word: str, length: int, rest: int) -> Iterator[str]:
        """Yield those of few letters, where what is left is a word or long enough to be one."""
        before, last = word[:-length], word[-length:]
        if last in self._short and (len(before) >= rest or self._ends_a_word(before)):
            yield self._short[last]
        first, after = word[:length], word[length:]
        if first in self._short and self._begins_a_word(after):
            yield self._short[first]

    def _ends_a_word(self, before: str) -> bool:
        return any(
            len(before) - len(link) >= SHORT and before.removesuffix(link) in self._known
            for link in LINKS
            if before.endswith(link)
        )

    def _begins_a_word(self, after: str) -> bool:
        return any(
            len(after) - len(link) > SHORT and after.removeprefix(link) in self._known
            for link in LINKS
            if after.startswith(link)
        )
