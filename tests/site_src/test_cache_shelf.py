"""Small values that are kept together are believed no more than those in files of their own."""

from pathlib import Path

import msgspec
import pytest

from site_src.cache_folder import LEAST, CacheFolder
from site_src.cache_keys import digest
from site_src.cache_shelf import CacheShelf

KEY, OTHER = digest("this"), digest("that")


@pytest.fixture
def folder(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "cache")


def shelf(folder: CacheFolder, name: str = "texts") -> CacheShelf:
    """Return the shelf as the next build finds it."""
    return CacheShelf(CacheFolder(folder.folder), name)


def save(folder: CacheFolder, *keys: str) -> None:
    found = shelf(folder)
    for key in keys:
        found.put(key, b"1")
    found.save()


def files_of(folder: CacheFolder) -> list[Path]:
    return [file for file in folder.folder.rglob("*") if file.is_file()]


def test_what_was_saved_is_there_for_the_next_build(folder: CacheFolder):
    found = shelf(folder)
    assert found.kept(KEY, bool, lambda: False) is False
    found.save()
    assert shelf(folder).kept(KEY, bool, lambda: True) is False


def test_what_was_not_saved_is_there_for_this_build_only(folder: CacheFolder):
    found = shelf(folder)
    found.put(KEY, b"1")
    assert found.get(KEY) == b"1"
    assert shelf(folder).get(KEY) is None


def test_what_an_earlier_build_has_saved_stays(folder: CacheFolder):
    save(folder, KEY)
    save(folder, OTHER)
    assert shelf(folder).get(KEY) == b"1"


def test_a_newer_value_takes_the_place_of_an_older_one(folder: CacheFolder):
    save(folder, KEY)
    found = shelf(folder)
    assert found.kept(KEY, list[int], lambda: [2]) == [2]
    found.save()
    assert shelf(folder).get(KEY) == b"[2]"


def test_nothing_is_written_if_nothing_is_new(folder: CacheFolder):
    save(folder, KEY)
    (file,) = files_of(folder)
    found = shelf(folder)
    assert found.get(KEY) == b"1"
    file.unlink()
    found.save()
    assert files_of(folder) == []


@pytest.mark.parametrize("damage", [b"", b"torn", bytes(range(256))])
def test_a_broken_shelf_is_as_good_as_none(folder: CacheFolder, damage: bytes):
    save(folder, KEY)
    (file,) = files_of(folder)
    file.write_bytes(damage)
    assert shelf(folder).get(KEY) is None


def test_a_shelf_that_holds_something_else_is_as_good_as_none(folder: CacheFolder):
    save(folder, KEY)
    (file,) = files_of(folder)
    folder.put(f"{file.parent.name}{file.name}", b"[1]")
    assert shelf(folder).get(KEY) is None


def test_shelves_of_other_names_share_nothing(folder: CacheFolder):
    save(folder, KEY)
    assert shelf(folder, "others").get(KEY) is None


def test_what_was_not_used_for_longest_is_left_out(folder: CacheFolder):
    keys = [digest(str(number)) for number in range(LEAST + 1)]
    save(folder, *keys[:LEAST])
    found = shelf(folder)
    assert found.get(keys[LEAST - 1]) == b"1"
    found.put(keys[LEAST], b"1")
    found.save()
    (file,) = files_of(folder)
    plain = folder.get(f"{file.parent.name}{file.name}")
    assert plain is not None
    assert list(msgspec.json.decode(plain)) == [keys[LEAST - 1], keys[LEAST], *keys[: LEAST - 2]]
