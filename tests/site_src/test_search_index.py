import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from site_src.cache_folder import CacheFolder
from site_src.cache_shelf import CacheShelf
from site_src.search_index import SHARD, search_files
from site_src.search_terms import SearchPage, SearchRecord


def page(address: str, *texts: str, heading: str = "Kapitel") -> SearchPage:
    records = tuple(
        SearchRecord(f"rn-{number}", (heading,), text) for number, text in enumerate(texts, start=1)
    )
    return SearchPage(address, address.title(), records)


def shelf(folder: Path) -> CacheShelf:
    return CacheShelf(CacheFolder(folder), "search")


def files(folder: Path, *pages: SearchPage) -> dict[str, Any]:
    """The files of an index by their names, without the folder that bears the digest."""
    made = search_files("newest", pages, shelf(folder))
    return {path.rsplit("/", 1)[-1]: json.loads(content) for path, content in made.items()}


def test_terms_know_their_records_in_texts_compounds_and_headings(tmp_path: Path):
    made = files(
        tmp_path,
        page("erste", "Die Aufsicht, der Aufsicht", "Kommunalaufsicht"),
        page("zweite", "Nichts", heading="Von der Aufsicht"),
    )
    assert made["terms-0.json"]["aufsicht"] == [[0, [0, 0]], [0, [1]], [1, [0]]]
    assert made["terms-0.json"]["kommunalaufsicht"] == [[0, [1]], [], []]
    assert "die" not in made["terms-0.json"]
    assert made["texts-1-0.json"] == [["rn-1", ["Von der Aufsicht"], "Nichts"]]


def test_a_large_index_falls_into_files_that_the_entry_tells_apart(tmp_path: Path):
    words = [f"wort{number}" for number in range(6000)]
    made = files(tmp_path, page("gross", *words))
    entry = made["newest.json"]
    parts = [made[f"terms-{number}.json"] for number in range(len(entry["shards"]))]
    assert len(parts) > 1
    assert entry["shards"][1:] == [min(part) for part in parts[1:]]
    assert set().union(*parts) >= set(words)
    assert max(len(json.dumps(part, separators=(",", ":"))) for part in parts) < 2 * SHARD
    assert len(made["texts-0-3.json"]) == entry["block"]


def test_the_same_site_makes_the_same_index_and_another_one_new_names(tmp_path: Path):
    pages = [page("erste", "Gremien tagen"), page("zweite", "Das Gremium")]

    def built(folder: str, changed: Sequence[SearchPage]) -> Mapping[str, bytes]:
        kept = shelf(tmp_path / folder)
        made = search_files("newest", changed, kept)
        kept.save()
        return made

    first = built("one", pages)
    assert built("one", pages) == first == built("other", pages)
    edited = built("one", [pages[0], page("zweite", "Der Ausschuss")])
    assert edited == built("another", [pages[0], page("zweite", "Der Ausschuss")])
    assert set(edited) & set(first) == {"search/newest.json"}


def test_a_page_tells_its_languages_where_they_are_not_those_of_the_site(tmp_path: Path):
    minutes = replace(page("sitzung", "Das Gremium"), titled=None, language="de")
    assert files(tmp_path, minutes)["newest.json"]["pages"] == [
        ["sitzung", "Sitzung", 1, 0, None, None, "de"]
    ]


def test_a_site_without_a_text_has_an_index_without_terms(tmp_path: Path):
    assert files(tmp_path)["terms-0.json"] == {}
