"""An archive tells what was said, and nobody else need be asked."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from participation.public_contributions import read_contributions
from participation.window import WindowState
from site_src.archives import Archive, archive_bytes, read_archive
from site_src.building import check_content
from site_src.content import Content
from site_src.laying_out import LaidOut, lay_out, write_out
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.factories import make_public, public_id
from tests.site_src.archives import (
    AFTER,
    ARCHIVE,
    publish_two,
    put_archive,
    read,
    said,
)
from tests.site_src.conftest import Edit, order_for
from tests.site_src.repositories import PATH, Commit


@pytest.fixture
def over(tiny: Places, commit: Commit, edit: Edit) -> Places:
    """Two versions; on Rn. 2 and 4 of the first something was said and answered."""
    publish_two(commit, edit)
    put_archive(tiny, said(2, 1), said(4, 2, name=None))
    return tiny


def laid_out(tiny: Places) -> LaidOut:
    return lay_out(read(tiny), today=AFTER, service="https://dienst.example.org")


def archive_of(content: Content) -> Archive:
    return content.archives["leitlinien"]


def test_an_archive_covers_versions_to_which_nothing_can_come_any_more(over: Places):
    archive = archive_of(read(over))
    assert archive.covered == archive.shown == (1, 2)


def test_a_window_that_was_open_then_is_not_covered(tiny: Places, commit: Commit, edit: Edit):
    publish_two(commit, edit)
    put_archive(tiny, said(), state=WindowState.OPEN)
    assert archive_of(read(tiny)).covered == (2,)


def test_a_window_that_was_set_anew_since_is_not_covered(over: Places, commit: Commit, edit: Edit):
    edit(
        PATH,
        "changes: Erste Fassung\n",
        "changes: Erste Fassung\ncommenting:\n  opens: 2024-05-01\n",
    )
    commit("2024-05-01")
    assert archive_of(read(over)).covered == (1,)


def test_where_nothing_was_said_nothing_is_shown(tiny: Places, commit: Commit, edit: Edit):
    publish_two(commit, edit)
    put_archive(tiny)
    assert archive_of(read(tiny)).shown == ()
    assert not [path for path in laid_out(tiny).pages if "abwaegung" in path]


def test_there_is_a_page_and_files_for_each_version(over: Places):
    pages = laid_out(over)
    assert [path for path in pages.pages if "abwaegung" in path] == [
        "leitlinien/1/abwaegung/index.md", "leitlinien/2/abwaegung/index.md",
    ]  # fmt: skip
    assert [path for path in pages.made if path.startswith("leitlinien/2")] == [
        "leitlinien/2/beitraege.json", "leitlinien/2/zahlen.json",
        "leitlinien/2/abwaegung.json", "leitlinien/2/abwaegung.csv", "leitlinien/2/abwaegung.xlsx",
    ]  # fmt: skip
    assert "Bitte mehr Bänke." in pages.pages["leitlinien/1/abwaegung/index.md"].body


def test_the_panel_gets_what_the_service_would_tell_of_that_version(over: Places):
    told = json.loads(laid_out(over).made["leitlinien/2/beitraege.json"])
    assert (told["count"], [one["version"] for one in told["versions"]]) == (2, [2])
    assert told["versions"][0]["paragraphs"][0]["earlier"][0]["contributions"][0]["ordinal"] == 1
    assert [one["contributions"][0]["ordinal"] for one in told["versions"][0]["removed"]] == [2]


def test_the_comparison_gets_what_the_service_would_count_on_that_version(over: Places):
    counted = json.loads(laid_out(over).made["leitlinien/2/zahlen.json"])
    assert counted["count"] == 2
    version = counted["versions"][0]
    assert version["paragraphs"][0]["earlier"] == [{"version": 1, "count": 1}]
    assert version["removed"] == [{"version": 1, "count": 1}]


def test_links_lead_to_the_page_instead_of_to_the_service(over: Places):
    pages = laid_out(over).pages
    assert '[rn]: 2/abwaegung/index.md#rn- "leitlinien/2"' in pages["leitlinien/index.md"].body
    assert '[rn]: abwaegung/index.md#rn- "leitlinien/1"' in pages["leitlinien/1/index.md"].body
    assert "dienst.example.org" not in pages["leitlinien/1-2/index.md"].body
    assert 'href="../1/abwaegung/#rn-2"' in pages["leitlinien/1-2/index.md"].body


def test_the_page_tells_at_once_how_much_was_said(over: Places):
    meta = laid_out(over).pages["leitlinien/index.md"].meta
    assert meta["archived"] == {
        "url": "leitlinien/2/abwaegung/",
        "counts": {"2": [0, 1]},
        "answered": True,
        "total": 2,
        "gone": 1,
    }


def test_a_changed_paragraph_says_because_of_what_without_a_script(over: Places):
    body = laid_out(over).pages["leitlinien/index.md"].body
    assert re.search(
        r'\[rn-2-\d\]: 2/abwaegung/index.md#rn-2 "Geändert aufgrund von Beitrag 1 und 2"', body
    )


def test_the_service_is_still_asked_where_there_is_no_archive(over: Places):
    (over.content / ARCHIVE).unlink()
    pages = laid_out(over).pages
    assert "https://dienst.example.org/beitrag/leitlinien/1/" in pages["leitlinien/1/index.md"].body
    assert pages["leitlinien/1/index.md"].meta["archived"] is None


def test_a_preview_shows_no_contributions(over: Places):
    pages = check_content(order_for(over, preview=True)).laid_out
    assert {Path(path).suffix for path in pages.made} == {".atom", ".ics"}  # what follows the site
    assert not [path for path in pages.pages if "abwaegung" in path]


def test_only_a_site_with_archives_has_their_style_sheet(over: Places):
    over.assets.mkdir(parents=True, exist_ok=True)
    write_out(laid_out(over), over)
    assert (over.laid_out / "assets" / "synopsis.css").is_file()
    (over.content / ARCHIVE).unlink()
    write_out(laid_out(over), over)
    assert not (over.laid_out / "assets" / "synopsis.css").exists()


def test_the_archive_itself_is_no_page_and_no_file_of_the_site(over: Places):
    assert ARCHIVE not in laid_out(over).copies


def test_an_archive_is_the_same_bytes_again(over: Places):
    content = (over.content / ARCHIVE).read_bytes()
    document = read(over).documents["leitlinien"].document
    assert archive_bytes(read_archive(content, document)) == content


def test_what_is_not_over_is_not_archived(tiny: Places, commit: Commit, edit: Edit):
    publish_two(commit, edit)
    document = read(tiny).documents["leitlinien"].document
    public = archive_of_state(tiny, WindowState.OPEN).public
    written = archive_bytes(Archive(document, public))
    assert [one["version"] for one in json.loads(written)["versions"]] == [2]
    assert read_contributions(json.loads(written)).contributions == ()


def archive_of_state(tiny: Places, state: WindowState) -> Archive:
    put_archive(tiny, said(), state=state)
    return archive_of(read(tiny))


def problems(tiny: Places) -> list[str]:
    return [
        problem.in_words(translator("en"))
        for problem in read(tiny).problems
        if ARCHIVE in problem.path
    ]


BROKEN: list[tuple[str, str, str]] = [
    ("{", "[", "it is no JSON"),
    ('"kind": "comment"', '"kind": "wish"', "does not fit its schema"),
    ('"name": "Ada"', '"name": "Ada", "email": "ada@example.org"', "does not fit its schema"),
    ('"document": "leitlinien",', '"document": "satzung",', "belongs to the document “satzung”"),
    (public_id(2), public_id(1), "makes no sense"),
]


@pytest.mark.parametrize(("old", "new", "what"), BROKEN)
def test_a_broken_archive_is_named(over: Places, old: str, new: str, what: str):
    file = over.content / ARCHIVE
    text = file.read_text("utf-8")
    assert old in text
    count = -1 if "document" in old else 1
    file.write_text(text.replace(old, new, count), "utf-8")
    found = problems(over)
    assert what in found[0]
    assert "build.py archive" in found[0]
    assert "leitlinien" not in read(over).archives


def test_an_answer_that_names_a_paragraph_that_is_not_there_is_refused(
    tiny: Places, commit: Commit, edit: Edit
):
    publish_two(commit, edit)
    answered = said()
    answer = answered.answer
    assert answer is not None
    far = replace(answer, changes=(replace(answer.changes[0], number=99),))
    put_archive(tiny, replace(answered, answer=far))
    assert "contribution 1 names leitlinien/2/99, which there is not" in problems(tiny)[0]


def test_an_archive_without_a_document_is_only_warned_of(over: Places):
    (over.content / ARCHIVE).rename(over.content / "guidelines" / "satzung.contributions.json")
    found = [one for one in read(over).problems if "satzung" in one.path]
    assert [one.level for one in found] == [Level.WARNING]


def test_an_unanswered_contribution_is_shown_as_such(tiny: Places, commit: Commit, edit: Edit):
    publish_two(commit, edit)
    put_archive(tiny, make_public())
    assert "davon 0 beantwortet" in laid_out(tiny).pages["leitlinien/1/abwaegung/index.md"].body
