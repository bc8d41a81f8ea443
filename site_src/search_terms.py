"""The terms of a page that the search can find: which stand in which of its records."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from site_src.cache_keys import digest
from site_src.cached_values import CachedValues
from site_src.german_words import stem, stop_words, words_of

# By term: its words as they stand (folded, with spaces between), then the records of the page
# that bear it in their text and in the headings above, each as often as it stands there: "3,3,7".
PageTerms = dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What the search can find: a paragraph, a section, or (without an anchor) a page itself."""

    anchor: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page with its records, the page itself first.

    ``version`` is that of an old text. Of a ``numbered`` one, record 14 is paragraph 14.
    ``titled`` and ``language`` are the languages of the title and of the records, where they
    are not the site's.
    """

    address: str
    title: str
    records: tuple[SearchRecord, ...]
    numbered: bool = False
    version: int | None = None
    titled: str | None = None
    language: str | None = None


def terms_of(page: SearchPage, kept: CachedValues) -> PageTerms:
    """Return the terms of a page, if need be as they were kept."""
    key = digest("terms", msgspec.json.encode(page.records))
    return kept.kept(key, PageTerms, lambda: _terms_of(page.records))


def searched_words(text: str) -> Iterator[str]:
    """Yield the folded words of a text that can be found."""
    for word in words_of(text):
        if word not in stop_words() and (len(word) > 1 or word.isdecimal()):
            yield word


def _terms_of(records: Sequence[SearchRecord]) -> PageTerms:
    words: defaultdict[str, set[str]] = defaultdict(set)
    texts: defaultdict[str, list[int]] = defaultdict(list)
    headings: defaultdict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for text, places in ((record.text, texts), (" ".join(record.headings), headings)):
            for word in searched_words(text):
                words[stem(word)].add(word)
                places[stem(word)].append(number)
    return {
        term: (" ".join(sorted(words[term])), _joined(texts[term]), _joined(headings[term]))
        for term in sorted(words)
    }


def _joined(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))
