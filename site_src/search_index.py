"""The index of the search: many small files, of which a query fetches a few.

An entry names the pages and where each file begins; shards hold where terms stand, texts what
is shown of results. Names of files hold the digest of all: what belongs together stays so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from site_src.cache_keys import digest
from site_src.cached_values import CachedValues
from site_src.german_words import stop_words
from site_src.search_terms import PageTerms, SearchPage, SearchRecord, terms_of
from site_src.word_parts import compounds_by_part

FORMAT = 2
SHARD = 24_000  # bytes from which on a shard is full: some 6 KB packed
BLOCK = 40  # records whose texts lie in one file
FOLDER = "search"


def search_files(name: str, pages: Sequence[SearchPage], kept: CachedValues) -> dict[str, bytes]:
    """Return the files of an index by their paths; its entry is ``search/NAME.json``."""
    terms = _Terms()
    for number, page in enumerate(pages):
        terms.add(number, terms_of(page, kept))
    shards = list(_shards(terms.written(kept)))
    files = {f"terms-{number}.json": shard for number, (_, shard) in enumerate(shards)}
    files["vocabulary.json"] = msgspec.json.encode(" ".join(sorted(terms.words)))
    for number, page in enumerate(pages):
        for block, text in enumerate(_blocks(page.records)):
            files[f"texts-{number}-{block}.json"] = text
    folder = digest(*(part for file in files.items() for part in file))[:12]
    entry = {
        "format": FORMAT,
        "folder": folder,
        "block": BLOCK,
        "pages": [_row(page) for page in pages],
        "shards": [first for first, _ in shards],
        "stop": sorted(stop_words()),
    }
    named = {f"{FOLDER}/{folder}/{path}": content for path, content in files.items()}
    return {f"{FOLDER}/{name}.json": msgspec.json.encode(entry), **named}


def _row(page: SearchPage) -> list[object]:
    records, numbered = len(page.records), int(page.numbered)
    languages = page.titled, page.language
    return [page.address, page.title, records, numbered, page.version, *languages]


@dataclass(slots=True)
class _Terms:
    """Where each term stands, as pieces of JSON: a page's number and its records.

    ``words`` are what each page told of a term: its words, with spaces between.
    """

    words: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    texts: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    headings: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, page: int, terms: PageTerms) -> None:
        for term, (words, texts, headings) in terms.items():
            self.words[term].add(words)
            if texts:
                self.texts[term].append(f"{page},[{texts}]")
            if headings:
                self.headings[term].append(f"{page},[{headings}]")

    def written(self, kept: CachedValues) -> Iterator[tuple[str, str]]:
        """Yield each term and its places: in texts, in compounds of texts, in headings."""
        compounds = self._compounds(kept)
        for term in sorted(self.words):
            inside = compounds.get(term, ())
            parts = [piece for one in inside for piece in self.texts.get(one, ())]
            titled = [piece for one in (term, *inside) for piece in self.headings.get(one, ())]
            yield term, _written([self.texts.get(term, []), parts, titled])

    def _compounds(self, kept: CachedValues) -> Mapping[str, list[str]]:
        term_of = {
            word: term
            for term in sorted(self.words)
            for word in sorted({word for words in self.words[term] for word in words.split(" ")})
        }
        key = digest("compounds", *term_of, *term_of.values())
        return kept.kept(key, dict[str, list[str]], lambda: compounds_by_part(term_of))


def _written(lists: Sequence[Sequence[str]]) -> str:
    return "[" + ",".join(f"[{','.join(pieces)}]" for pieces in lists) + "]"


def _shards(terms: Iterator[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the shards, each with its first term."""
    first, pieces, size = "", list[str](), 0
    for term, places in terms:
        if size >= SHARD:
            yield first, _shard(pieces)
            first, pieces, size = term, [], 0
        pieces.append(f'"{term}":{places}')  # letters and digits only: nothing to escape
        size += len(pieces[-1])
    yield first, _shard(pieces)


def _shard(pieces: Sequence[str]) -> bytes:
    return ("{" + ",".join(pieces) + "}").encode()


def _blocks(records: Sequence[SearchRecord]) -> Iterator[bytes]:
    for first in range(0, len(records), BLOCK):
        block = records[first : first + BLOCK]
        yield msgspec.json.encode([[one.anchor, one.headings, one.text] for one in block])
