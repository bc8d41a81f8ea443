"""German words as the search compares them: folded, and reduced to their stem.

`assets/search_words.js` does the same in the browser; a test holds both to it.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from unicodedata import normalize

from Stemmer import Stemmer

WORD = re.compile(r"[^\W_]+")
MARKS = re.compile(
    "[\u0300-\u036f\u00ad]"
)  # dots of an umlaut, accents; where a word may be broken
# An umlaut that was typed as two letters. Elsewhere "ue" is no umlaut: Steuer, Bauer, Quelle.
TWO_LETTERS = re.compile(r"ae|oe|(?<![aeq])ue")
LATIN_END = re.compile(r"^(.{2,}[^a])um$|^(.{4,})a$")  # Gremium and Gremien, Thema and Themen

# What stands in every sentence and tells none from another.
STOP = """
aber alle allem allen aller alles als also am an auch auf aus bei beim bis da damit dann das dass
dem den denn der des dessen die dies diese diesem diesen dieser dieses doch durch ein eine einem
einen einer eines er es etwa fur gegen hat haben hier ich ihm ihn ihr ihre ihrem ihren ihrer ihres
im in ins ist ja je jede jedem jeden jeder jedes kann konnen man mit muss mussen nach nicht noch
nur ob oder ohne sein seine seinem seinen seiner seines sich sie sind so soll sollen uber um und
uns unter vom von vor war was wenn werden wer wie wir wird wo zu zum zur
"""


def folded(text: str) -> str:
    """Return a text in small letters, without umlauts: Bürger, Buerger and Burger are one."""
    plain = MARKS.sub("", normalize("NFD", text.lower())).replace("ß", "ss")
    return TWO_LETTERS.sub(lambda match: match[0][0], plain)


def words_of(text: str) -> Iterator[str]:
    """Yield the words and numbers of a text, folded."""
    yield from WORD.findall(folded(text))


@cache
def stem(word: str) -> str:
    """Return what the forms of a folded word have in common."""
    return LATIN_END.sub(r"\1\2", _stemmer().stemWord(word))


@cache
def stop_words() -> Collection[str]:
    """Return the folded words that are not searched for."""
    return frozenset(STOP.split())


@cache
def _stemmer() -> Stemmer:
    return Stemmer("german")
