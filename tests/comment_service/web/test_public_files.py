"""The public reads as files are what the service answers, whole at every moment."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import brotli
import pytest
from filelock import FileLock
from flask import Flask
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from comment_service.web.keeping_files import KeepingFiles
from comment_service.web.public_files import PublicFiles
from comment_service.web.service import Service
from participation.catalogue import Catalogue
from participation.faults import UnreadableCatalogue
from participation.paragraph import ParagraphRef
from tests.comment_service.conftest import Publish
from tests.comment_service.web.places import CONTRIBUTIONS, COUNTS
from tests.conftest import Clock
from tests.factories import AFTER, make_catalogue, make_contribution, make_document, make_version

DOCUMENTS_FILE = "api/documents.json"
FILE = "api/documents/leitlinien/contributions.json"
ADDRESS_OF = {
    DOCUMENTS_FILE: "/api/documents",
    FILE: CONTRIBUTIONS,
    "api/documents/leitlinien/contributions-1.json": f"{CONTRIBUTIONS}?version=1",
    "api/documents/leitlinien/counts.json": COUNTS,
    "api/documents/leitlinien/counts-1.json": f"{COUNTS}?version=1",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files are kept; it does not exist yet."""
    return tmp_path / "public"


@pytest.fixture
def service(app: Flask) -> Service:
    """What the service is made of."""
    return cast("Service", app.extensions["randnotiz"])


@pytest.fixture
def files(service: Service, folder: Path) -> PublicFiles:
    """The public files of a service in memory."""
    return PublicFiles(folder, service.reading, service.commenting.published)


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def states(folder: Path) -> dict[str, tuple[int, int]]:
    found = {name: (folder / name).stat() for name in names(folder)}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def test_each_file_is_what_the_service_answers(
    files: PublicFiles, folder: Path, client: FlaskClient, store: Store
):
    store.add(make_contribution(text="Ü" * 1000))
    files.write()
    assert names(folder) == {f"{file}{form}" for file in ADDRESS_OF for form in ("", ".gz", ".br")}
    for file, address in ADDRESS_OF.items():
        body = client.get(address).data
        assert (folder / file).read_bytes() == body
        assert gzip.decompress((folder / f"{file}.gz").read_bytes()) == body
        assert brotli.decompress((folder / f"{file}.br").read_bytes()) == body


def test_what_has_not_changed_is_not_written_again_not_even_by_another_process(
    files: PublicFiles, folder: Path, service: Service
):
    files.write()
    before = states(folder)
    files.write()
    PublicFiles(folder, service.reading, service.commenting.published).write()
    assert states(folder) == before


def test_a_change_is_written_and_nothing_else(
    files: PublicFiles, folder: Path, store: Store, publish: Publish
):
    publish(make_catalogue(make_document("leitlinien"), make_document("methodenkoffer")))
    files.write()
    before = states(folder)
    store.add(make_contribution())
    files.write()
    changed = {name for name, state in states(folder).items() if state != before[name]}
    assert {name.removesuffix(".gz").removesuffix(".br") for name in changed} == set(ADDRESS_OF)


def test_no_two_contents_of_a_file_bear_the_same_second(
    files: PublicFiles, folder: Path, store: Store
):
    seconds: list[int] = []
    for number in range(4):  # within a second or two
        store.add(make_contribution(f"c{number}"))
        files.write()
        times = {int((folder / f"{FILE}{form}").stat().st_mtime) for form in ("", ".gz", ".br")}
        assert len(times) == 1
        seconds += times
    assert seconds == sorted(set(seconds))


def test_a_window_that_has_closed_is_written(files: PublicFiles, folder: Path, clock: Clock):
    files.write()
    assert b'"state":"open"' in (folder / FILE).read_bytes()
    clock.now = AFTER
    files.write()
    for file in ADDRESS_OF:
        assert b'"state":"closed"' in (folder / file).read_bytes()


def test_what_is_published_no_more_has_no_files(files: PublicFiles, folder: Path, publish: Publish):
    versions = (make_version(1), make_version(2, window=None))
    publish(make_catalogue(make_document(versions=versions)))
    files.write()
    assert "api/documents/leitlinien/contributions-2.json" in names(folder)
    publish(make_catalogue(make_document("methodenkoffer")))
    files.write()
    assert not any("leitlinien" in name for name in names(folder))
    assert "api/documents/methodenkoffer/contributions.json.gz" in names(folder)


def test_what_a_process_left_behind_is_mended_and_other_files_are_let_be(
    files: PublicFiles, folder: Path
):
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_bytes(b"{")
    (folder / f"{FILE}.new").write_bytes(b"half")
    (folder / "index.html").write_text("ours")
    (folder / "api" / "robots.txt").write_text("ours")
    files.write()
    assert (folder / FILE).read_bytes().startswith(b'{"document"')
    assert not (folder / f"{FILE}.new").exists()
    assert {"index.html", "api/robots.txt"} <= names(folder)


def test_everybody_may_read_the_files_whatever_the_umask(files: PublicFiles, folder: Path):
    folder.mkdir()
    before = os.umask(0o077)
    try:
        files.write()
    finally:
        os.umask(before)
    assert {(folder / name).stat().st_mode & 0o777 for name in names(folder)} == {0o644}
    for below in ("api", "api/documents", "api/documents/leitlinien"):
        assert (folder / below).stat().st_mode & 0o777 == 0o755


def test_without_a_catalogue_the_files_stay(files: PublicFiles, folder: Path, catalogue_file: Path):
    files.write()
    before = states(folder)
    catalogue_file.unlink()
    with pytest.raises(UnreadableCatalogue):
        files.write()
    assert states(folder) == before


@pytest.fixture
def keeping(files: PublicFiles, folder: Path) -> Iterator[KeepingFiles]:
    """The thread that keeps the files; it has begun."""
    keeping = KeepingFiles(folder, files)
    keeping.start()
    yield keeping
    keeping.stop()


def test_what_changed_before_the_end_is_written(keeping: KeepingFiles, folder: Path, store: Store):
    store.add(make_contribution())
    keeping.stop()
    assert b'"count":1' in (folder / FILE).read_bytes()


def test_one_process_keeps_the_files_and_lets_go_at_its_end(files: PublicFiles, folder: Path):
    folder.mkdir()
    with FileLock(folder / ".lock"):
        keeping = KeepingFiles(folder, files)
        keeping.start()
        keeping.stop()
        assert names(folder) == {".lock"}
    for _ in range(2):
        keeping = KeepingFiles(folder, files)
        keeping.start()
        keeping.stop()
    assert FILE in names(folder)


def test_a_trouble_is_told_once_and_ends_nothing(
    files: PublicFiles, folder: Path, caplog: pytest.LogCaptureFixture, catalogue_file: Path
):
    content = catalogue_file.read_bytes()
    catalogue_file.unlink()
    keeping = KeepingFiles(folder, files)
    assert keeping.look() == keeping.look()
    assert [record.message for record in caplog.records] == ["public-files"]
    assert "No such file" in caplog.records[0].__dict__["reason"]
    catalogue_file.write_bytes(content)
    keeping.look()
    assert FILE in names(folder)


def test_a_mistake_of_ours_ends_nothing_either(
    service: Service, folder: Path, caplog: pytest.LogCaptureFixture
):
    def broken() -> Catalogue:
        raise ZeroDivisionError

    keeping = KeepingFiles(folder, PublicFiles(folder, service.reading, broken))
    keeping.look()
    keeping.look()
    (record,) = caplog.records
    assert record.exc_info is not None


def test_without_the_setting_there_are_no_files(app: Flask):
    assert app.extensions["randnotiz_service"].keep_files() is None


def test_with_the_setting_the_files_are_kept(
    environ: dict[str, str], folder: Path, request: pytest.FixtureRequest
):
    environ["RANDNOTIZ_PUBLISH_DIR"] = str(folder)
    keeping = request.getfixturevalue("app").extensions["randnotiz_service"].keep_files()
    assert keeping is not None
    keeping.stop()
    assert FILE in names(folder)


def test_contributions_on_an_earlier_version_are_in_the_file_of_each(
    files: PublicFiles, folder: Path, store: Store, publish: Publish
):
    publish(make_catalogue(make_document(versions=(make_version(1), make_version(2, window=None)))))
    store.add(replace(make_contribution(), ref=ParagraphRef("leitlinien", 1, 1)))
    files.write()
    for number in (1, 2):
        file = folder / f"api/documents/leitlinien/contributions-{number}.json"
        assert "Bitte mehr Bänke." in file.read_text("utf-8")
