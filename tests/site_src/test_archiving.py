"""Archiving asks the service once; from then on nobody need be asked."""

import json
from pathlib import Path

import pytest

import build
from participation.contributions_of_document import plain_contributions
from participation.window import WindowState
from site_src import asking_service
from site_src.archives import written
from site_src.places import Places
from tests.factories import make_public
from tests.site_src.archives import ARCHIVE, publish_two, read, said, seen
from tests.site_src.conftest import ENVIRONMENT, Edit
from tests.site_src.repositories import Commit
from tests.site_src.services import telling


@pytest.fixture
def two(tiny: Places, commit: Commit, edit: Edit) -> Places:
    publish_two(commit, edit)
    return tiny


def told(tiny: Places, *contributions: object, state: WindowState = WindowState.CLOSED) -> bytes:
    document = read(tiny).documents["leitlinien"].document
    return written(plain_contributions(document, contributions, seen(document, state)))  # type: ignore[arg-type]  # given by tests


def run(tiny: Places, *arguments: str, slug: str = "leitlinien") -> int:
    folders = ["--content", str(tiny.content), "--output", str(tiny.output)]
    call = ["archive", slug, *folders, "--language", "en", *arguments]
    return build.main(call, ENVIRONMENT, house=tiny.house)


def test_what_the_service_tells_is_kept_beside_the_text(
    two: Places, capsys: pytest.CaptureFixture[str]
):
    body = told(two, said(2, 1), said(4, 2))
    with telling(body) as service:
        assert run(two, "--service", service) == 0
    assert capsys.readouterr().out == f"Archived: 2 contributions in {two.content / ARCHIVE}\n"
    assert (two.content / ARCHIVE).read_bytes() == body
    assert read(two).archives["leitlinien"].shown == (1, 2)


def test_however_it_is_written_the_archive_has_the_same_bytes(two: Places):
    body = told(two, said(2, 1), said(4, 2))
    with telling(json.dumps(json.loads(body)).encode()) as service:
        run(two, "--service", service)
    assert (two.content / ARCHIVE).read_bytes() == body


def test_what_is_not_complete_yet_is_said(two: Places, capsys: pytest.CaptureFixture[str]):
    with telling(told(two, said(2, 1), make_public(2))) as service:
        assert run(two, "--service", service) == 0
    assert "1 of them have no answer yet." in capsys.readouterr().out


def test_a_version_to_which_something_can_come_is_left_out(
    two: Places, capsys: pytest.CaptureFixture[str]
):
    with telling(told(two, said(2, 1), state=WindowState.OPEN)) as service:
        assert run(two, "--service", service) == 0
    output = capsys.readouterr().out
    assert "Archived: 0 contributions" in output
    assert "Version 1 is left out: something can still come." in output


def test_more_than_everybody_may_see_is_not_kept(two: Places, capsys: pytest.CaptureFixture[str]):
    plain = json.loads(told(two, said(2, 1)))
    plain["versions"][0]["paragraphs"][0]["contributions"][0]["email"] = "ada@example.org"
    with telling(json.dumps(plain).encode()) as service:
        assert run(two, "--service", service) == 1
    assert (
        "Nothing is archived: at “versions/0/paragraphs/0/contributions/0”"
        in capsys.readouterr().err
    )
    assert not (two.content / ARCHIVE).exists()


@pytest.mark.parametrize(("body", "status"), [(b"", 503), (b"<html>", 404)])
def test_a_service_that_does_not_tell_is_named(
    two: Places, capsys: pytest.CaptureFixture[str], body: bytes, status: int
):
    with telling(body, status) as service:
        assert run(two, "--service", service) == 2
    error = capsys.readouterr().err
    assert f"{service}/api/documents/leitlinien/contributions: HTTP Error {status}" in error


@pytest.mark.parametrize("service", ["", "file:///etc", "http://127.0.0.1:1"])
def test_a_service_that_is_not_there_is_named(
    two: Places, capsys: pytest.CaptureFixture[str], service: str
):
    assert run(two, "--service", service) == 2
    assert service in capsys.readouterr().err
    assert not (two.content / ARCHIVE).exists()


def test_an_answer_without_end_is_cut_short(
    two: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(asking_service, "SIZE_LIMIT", 10)
    with telling(b"x" * 11) as service:
        assert run(two, "--service", service) == 2
    assert "> 10 bytes" in capsys.readouterr().err


def test_a_document_that_is_not_there_is_named(two: Places, capsys: pytest.CaptureFixture[str]):
    assert run(two, slug="satzung") == 2
    assert "satzung" in capsys.readouterr().err


def test_an_old_archive_stays_if_the_new_one_is_refused(two: Places):
    file: Path = two.content / ARCHIVE
    file.write_text("{}", "utf-8")
    with telling(b"{}") as service:
        assert run(two, "--service", service) == 1
    assert file.read_text("utf-8") == "{}"
