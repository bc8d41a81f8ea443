"""A folder that is laid out anew holds what it should, and nothing of what was there before."""

import os
from pathlib import Path

import pytest

from site_src.mirroring import mirror

WANTED = {"index.md": b"start", "texte/1/index.md": b"eins", "leer": b""}


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds what is wanted."""
    mirror(WANTED, tmp_path / "pages")
    return tmp_path / "pages"


def test_the_files_are_there(folder: Path):
    assert held(folder) == WANTED


def test_what_is_not_wanted_any_more_goes(folder: Path):
    mirror({"texte/1/index.md": b"eins"}, folder)
    assert held(folder) == {"texte/1/index.md": b"eins"}
    assert sorted(path.name for path in folder.rglob("*")) == ["1", "index.md", "texte"]


def test_other_content_is_written(folder: Path):
    mirror({**WANTED, "index.md": b"andere"}, folder)
    assert held(folder)["index.md"] == b"andere"


def test_what_is_there_already_is_not_written_again(folder: Path):
    os.utime(folder / "index.md", (1, 1))
    mirror(WANTED, folder)
    assert (folder / "index.md").stat().st_mtime == 1


def test_a_file_may_take_the_place_of_a_folder_and_the_other_way_round(folder: Path):
    turned = {"texte": b"eine Datei", "index.md/index.md": b"ein Ordner"}
    mirror(turned, folder)
    assert held(folder) == turned


def test_links_are_not_followed(folder: Path, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.md").write_bytes(b"bleibt")
    (folder / "texte" / "1" / "index.md").unlink()
    (folder / "texte" / "1").rmdir()
    (folder / "texte" / "1").symlink_to(outside)
    (folder / "index.md").unlink()
    (folder / "index.md").symlink_to(outside / "index.md")
    mirror(WANTED, folder)
    assert held(folder) == WANTED
    assert held(outside) == {"index.md": b"bleibt"}


def test_the_folder_itself_may_have_been_a_link_or_a_file(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_bytes(b"")
    for name in ("link", "file"):
        mirror(WANTED, tmp_path / name)
        assert held(tmp_path / name) == WANTED
    assert held(tmp_path / "elsewhere") == {}
