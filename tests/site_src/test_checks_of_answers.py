"""No version appears while somebody waits for an answer to the last one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import build
from participation.catalogue import plain_catalogue
from participation.contribution import ContributionKind
from participation.contributions_of_document import plain_contributions
from participation.paragraph import ParagraphRef
from participation.public_contributions import PublicContribution
from site_src.archives import written
from site_src.building import check_content
from site_src.catalogue_file import catalogue_of
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.factories import make_public
from tests.site_src.archives import AFTER, COMMENTING, publish_two, put_archive, read, said, seen
from tests.site_src.conftest import ENVIRONMENT, Edit, order_for
from tests.site_src.repositories import PATH, Commit
from tests.site_src.services import telling

WAITING = make_public(7, ref=ParagraphRef("leitlinien", 1, 2), text="Bitte  mehr\nBänke. " * 9)
ON_REMOVED = make_public(8, ref=ParagraphRef("leitlinien", 1, 4))


@pytest.fixture
def two(tiny: Places, commit: Commit, edit: Edit) -> Places:
    publish_two(commit, edit)
    return tiny


def gate(places: Places, service: str = "", *, is_gate: bool = True) -> list[tuple[Level, str]]:
    order = order_for(places, today=AFTER, service=service, gate=is_gate)
    return [
        (one.level, one.in_words(translator("en")))
        for one in check_content(order).problems
        if "answer" in one.what.english
    ]


def test_a_contribution_without_an_answer_is_named(two: Places):
    put_archive(two, said(2, 1), WAITING)
    ((level, words),) = gate(two)
    assert level is Level.ERROR
    assert words.startswith(
        "guidelines/leitlinien.md:3: contribution 7 on version 1, Rn. 2, has no answer: "
        "“Bitte mehr Bänke. Bitte mehr Bänke. Bitte mehr Bänke. Bitte …”; answer it at"
    )


def test_one_on_a_paragraph_that_goes_says_so(two: Places):
    put_archive(two, ON_REMOVED)
    ((_, words),) = gate(two)
    assert "has no answer, and version 2 removes the paragraph: “Bitte mehr Bänke.”" in words


def test_where_all_is_answered_nothing_is_wrong(two: Places):
    put_archive(two, said(2, 1), said(4, 2))
    assert gate(two) == []


def test_a_document_can_do_without_answers(two: Places, commit: Commit, edit: Edit):
    put_archive(two, WAITING)
    edit(PATH, "version: 2\n", "version: 2\nanswers_required: false\n")
    commit("2024-04-23")
    assert gate(two) == []


def test_only_the_gate_refuses(two: Places):
    put_archive(two, WAITING)
    assert gate(two, is_gate=False) == []


def test_without_an_archive_the_service_is_asked(two: Places):
    document = read(two).documents["leitlinien"].document
    with telling(written(plain_contributions(document, [WAITING], seen(document)))) as service:
        assert [level for level, _ in gate(two, service)] == [Level.ERROR]


def test_where_nobody_can_be_asked_the_gate_stays_shut(two: Places):
    ((level, words),) = gate(two)
    assert level is Level.ERROR
    assert "nobody can say whether all contributions to version 1 are answered" in words
    assert "--service" in words


def test_a_service_that_tells_nonsense_opens_no_gate(two: Places):
    with telling(b"{}") as service:
        ((level, words),) = gate(two, service)
    assert level is Level.ERROR
    assert "does not fit its schema" in words


def test_a_first_version_needs_no_answers(tiny: Places, commit: Commit):
    commit("2024-03-08")
    assert gate(tiny) == []


def test_a_version_that_took_no_contributions_needs_none(tiny: Places, commit: Commit, edit: Edit):
    edit(PATH, COMMENTING, "")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    commit("2024-04-22")
    assert gate(tiny) == []


def published(places: Places, folder: Path, *numbers: int) -> Places:
    """Return the places of a publication where these versions are public already."""
    document = read(places).documents["leitlinien"]
    editions = tuple(one for one in document.editions if one.version.number in numbers)
    catalogue = catalogue_of([replace(document, editions=editions)])
    folder.mkdir()
    (folder / "catalogue.json").write_text(json.dumps(plain_catalogue(catalogue)), "utf-8")
    return replace(places, published=folder)


def test_publishing_a_new_version_goes_through_the_gate(two: Places, tmp_path: Path):
    put_archive(two, WAITING)
    places = published(two, tmp_path / "current", 1)
    assert [level for level, _ in gate(places, is_gate=False)] == [Level.ERROR]


def test_what_is_public_already_can_be_corrected(two: Places, tmp_path: Path):
    put_archive(two, WAITING)
    places = published(two, tmp_path / "current", 1, 2)
    assert gate(places, is_gate=False) == []


def test_publishing_where_nobody_can_be_asked_is_only_warned_of(two: Places, tmp_path: Path):
    places = published(two, tmp_path / "current", 1)
    assert [level for level, _ in gate(places, is_gate=False)] == [Level.WARNING]


def test_a_reply_keeps_no_version_from_being_published(two: Places, tmp_path: Path):
    reply = replace(WAITING, kind=ContributionKind.REPLY, in_reply_to=said(2, 1).id)
    put_archive(two, reply)
    places = published(two, tmp_path / "current", 1)
    assert gate(places, is_gate=True) == []


def answered(one: PublicContribution) -> PublicContribution:
    given = said(2, 1)
    return replace(one, answer=given.answer, answered_at=given.answered_at)


def test_the_command_says_what_is_missing_and_passes_once_it_is_there(
    two: Places, capsys: pytest.CaptureFixture[str]
):
    call = ["check", "--publication", "--content", str(two.content), "--language", "en"]
    put_archive(two, WAITING)
    assert build.main(call, ENVIRONMENT, house=two.house) == 1
    assert "contribution 7 on version 1, Rn. 2, has no answer" in capsys.readouterr().out
    put_archive(two, answered(WAITING))
    assert build.main(call, ENVIRONMENT, house=two.house) == 0
