"""What is kept between builds is believed only if it is sound."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from site_src.cache_folder import LEAST, CacheFolder
from site_src.cache_keys import OWN, digest, folder_digest, programs_digest, release

HOUSE = Path(__file__).parents[2]
KEY, OTHER = digest("this"), digest("that")


@pytest.fixture
def cache(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "cache")


def file_of(cache: CacheFolder, key: str) -> Path:
    return cache.folder / key[:2] / key[2:]


def test_what_was_kept_is_there_for_the_next_build(cache: CacheFolder):
    cache.put(KEY, b"value\nof two lines")
    assert CacheFolder(cache.folder).get(KEY) == b"value\nof two lines"


def test_what_was_never_kept_is_not_there(cache: CacheFolder):
    assert cache.get(KEY) is None


@pytest.mark.parametrize("length", [0, 1, 64, 65, 70])
def test_a_torn_value_does_not_count(cache: CacheFolder, length: int):
    cache.put(KEY, b"a value that is longer")
    file = file_of(cache, KEY)
    file.write_bytes(file.read_bytes()[:length])
    assert cache.get(KEY) is None


def test_a_changed_value_does_not_count(cache: CacheFolder):
    cache.put(KEY, b"a value")
    file = file_of(cache, KEY)
    file.write_bytes(file.read_bytes().replace(b"a value", b"a virus"))
    assert cache.get(KEY) is None


def test_a_value_under_the_name_of_another_does_not_count(cache: CacheFolder):
    cache.put(KEY, b"a value")
    cache.put(OTHER, b"another")
    file_of(cache, OTHER).replace(file_of(cache, KEY))
    assert cache.get(KEY) is None


def test_a_folder_in_the_place_of_a_value_does_not_count(cache: CacheFolder):
    file_of(cache, KEY).mkdir(parents=True)
    cache.put(KEY, b"a value")
    assert cache.get(KEY) is None


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    cache = CacheFolder(tmp_path / "file")
    cache.put(KEY, b"a value")
    cache.prune()
    assert cache.get(KEY) is None


def test_a_kept_value_is_not_made_again(cache: CacheFolder):
    assert cache.kept(KEY, list[int], lambda: [1, 2]) == [1, 2]
    assert cache.kept(KEY, list[int], list) == [1, 2]


@pytest.mark.parametrize("foreign", [b"", b"no JSON", b'{"a": 1}', b'["a"]', b"\xff"])
def test_a_value_of_another_kind_is_made_again(cache: CacheFolder, foreign: bytes):
    cache.put(KEY, foreign)
    assert cache.kept(KEY, list[int], lambda: [3]) == [3]
    assert cache.kept(KEY, list[int], list) == [3]


@pytest.mark.parametrize("value", [{1}, "\ud800", object()])
def test_what_json_cannot_say_is_made_every_time(cache: CacheFolder, value: object):
    cache.put_json(KEY, value, Any)
    assert cache.get(KEY) is None


def test_a_failed_write_leaves_nothing_behind(cache: CacheFolder):
    file_of(cache, KEY).mkdir(parents=True)
    cache.put(KEY, b"a value")
    assert list(cache.folder.rglob("*")) == [file_of(cache, KEY).parent, file_of(cache, KEY)]


def test_what_was_not_used_for_longest_goes_first(cache: CacheFolder):
    keys = [digest(str(number)) for number in range(LEAST + 3)]
    for age, key in enumerate(keys):
        cache.put(key, b"")
        os.utime(file_of(cache, key), (age, age))
    next_build = CacheFolder(cache.folder)
    next_build.get(keys[0])
    next_build.prune()
    there = [key for key in keys if file_of(cache, key).exists()]
    assert there == [keys[0], *keys[4:]]


def test_parts_of_a_key_cannot_be_confused():
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest("\ud800") != digest("\udfff")


@pytest.mark.parametrize("path", ["a.py", "messages/de.po", "schemas/a.json"])
def test_another_program_has_another_digest(tmp_path: Path, path: str):
    for name in OWN:
        (tmp_path / name / path).parent.mkdir(parents=True)
        (tmp_path / name / path).write_text("old")
    before = programs_digest(tmp_path)
    (tmp_path / "site_src" / path).write_text("new")
    assert programs_digest(tmp_path) != before


def test_a_release_is_the_same_in_every_build_however_it_is_started():
    program = "import sys; sys.path += ['nowhere']; from site_src.cache_keys import release"
    for start in ([], ["-X", "utf8"]):
        done = subprocess.run(
            [sys.executable, *start, "-c", f"{program}; print(release(), end='')"],
            cwd=HOUSE, check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout == release()


def test_the_names_of_files_count(tmp_path: Path):
    (tmp_path / "a").write_text("x")
    before = folder_digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert folder_digest(tmp_path) != before
