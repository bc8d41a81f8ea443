"""Versions, told from real repositories: what counts, what is passed over, what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from participation.document import Document
from site_src.building import check_content
from site_src.editions import PublishedDocument
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.site_src.conftest import TODAY, Edit, order_for
from tests.site_src.repositories import PATH, Commit, git


def published(tiny: Places, slug: str = "leitlinien") -> PublishedDocument:
    return check_content(order_for(tiny)).content.documents[slug]


def document(tiny: Places) -> Document:
    return published(tiny).document


def problems_of(tiny: Places, level: Level) -> list[str]:
    found = check_content(order_for(tiny)).problems
    english = translator("en")
    return [one.in_words(english) for one in found if one.level is level]


def numbers(tiny: Places) -> list[int]:
    return [edition.version.number for edition in published(tiny).editions]


@pytest.fixture
def two(tiny: Places, commit: Commit, edit: Edit) -> tuple[str, str]:
    """Version 1 of 1 March, and version 2 of 3 March in which the first paragraph is gone."""
    edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien")
    first = commit("2024-03-01")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "changes: Erste Fassung\npublished: 2024-03-08\n", "changes: Zweite\n")
    commenting = (tiny.content / PATH).read_text("utf-8")
    start, end = commenting.index("commenting:"), commenting.index("example:")
    (tiny.content / PATH).write_text(commenting[:start] + commenting[end:], "utf-8")
    edit(PATH, "Erster Absatz mit einem Link zum [Methodenkoffer](methodenkoffer.md).\n", "")
    return first, commit("2024-03-03")


def test_each_value_of_version_is_a_version(tiny: Places, two: tuple[str, str]):
    told = document(tiny)
    assert [(one.number, one.commit, one.published) for one in told.versions] == [
        (1, two[0], date(2024, 3, 8)),
        (2, two[1], date(2024, 3, 3)),
    ]
    assert [len(one.paragraphs) for one in told.versions] == [4, 3]
    assert [one.changes for one in told.versions] == ["Erste Fassung", "Zweite"]
    assert problems_of(tiny, Level.ERROR) == []


@pytest.mark.usefixtures("two")
def test_every_version_but_the_first_knows_the_ways_from_the_one_before(tiny: Places):
    first, second = document(tiny).versions
    assert first.ways == ()
    assert [(way.old, way.new) for way in second.ways] == [(1, ()), (2, (1,)), (3, (2,)), (4, (3,))]


def test_a_later_commit_with_the_same_version_is_a_correction(
    tiny: Places, commit: Commit, edit: Edit
):
    first = commit("2024-03-01")
    edit(PATH, "Dritter Absatz", "Dritter berichtigter Absatz")
    second = commit("2024-03-02")
    edit(PATH, "## 1. Ziele", "## 1. Zweck")
    edit(PATH, "(#1-ziele)", "(#1-zweck)")
    commit("2024-03-04")
    edit("schedule.yml", "Auswertung", "Rückblick")
    commit("2024-03-05")
    edition = published(tiny).newest
    assert edition.version.commit == first
    assert edition.version.paragraphs[2].text == "Dritter berichtigter Absatz."
    wording, heading = edition.corrections
    assert (wording.day, wording.commit) == (date(2024, 3, 2), second)
    assert [(one.number, one.old, one.new) for one in wording.changed] == [
        (3, "Dritter Absatz.", "Dritter berichtigter Absatz.")
    ]
    assert (heading.day, heading.changed) == (date(2024, 3, 4), ())


def test_a_changed_window_or_status_is_no_correction(tiny: Places, commit: Commit, edit: Edit):
    commit("2024-03-01")
    edit(PATH, "closes: 2024-03-29", "closes: 2024-04-05")
    edit(PATH, "status: consultation", "status: adopted")
    commit("2024-03-02")
    edition = published(tiny).newest
    assert (edition.corrections, edition.version.status) == ((), "adopted")


def test_a_correction_that_changes_the_number_of_paragraphs_is_refused(
    tiny: Places, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    edit(PATH, "## 1. Ziele", "Neuer Absatz.\n\n## 1. Ziele")
    expected = [
        (
            f"{PATH}:3: version 1 was published with 4 paragraphs, and now there are 5; "
            "raise “version”: a correction changes words, never the number of paragraphs"
        )
    ]
    assert problems_of(tiny, Level.ERROR) == expected
    late = commit("2024-03-02")
    assert problems_of(tiny, Level.ERROR) == expected
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    commit("2024-03-03")
    assert [len(version.paragraphs) for version in document(tiny).versions] == [4, 5]
    assert problems_of(tiny, Level.HINT) == [
        (
            f"{PATH}: Hint: commit {late[:10]} is passed over: version 1 was published with 4 "
            "paragraphs, and now there are 5; nothing is to be done, a later commit has mended it"
        )
    ]


def test_a_version_that_jumps_is_refused(tiny: Places, commit: Commit, edit: Edit):
    commit("2024-03-01")
    edit(PATH, "version: 1", "version: 3")
    late = commit("2024-03-02")
    expected = (
        f"{PATH}:3: version 3 follows version 1, a version between them is missing; "
        "write “version: 2”"
    )
    assert expected in problems_of(tiny, Level.ERROR)
    edit(PATH, "version: 3", "version: 2")
    commit("2024-03-03")
    assert numbers(tiny) == [1, 2]
    assert problems_of(tiny, Level.HINT)[0].startswith(
        f"{PATH}: Hint: commit {late[:10]} is passed over: version 3 follows version 1"
    )


def test_a_version_that_goes_back_is_refused(
    tiny: Places, commit: Commit, edit: Edit, two: tuple[str, str]
):
    edit(PATH, "version: 2", "version: 1")
    commit("2024-03-05")
    assert problems_of(tiny, Level.ERROR) == [
        (
            f"{PATH}:3: version 1 follows version 2; write “version: 2” to correct that text, "
            "or “version: 3” for a new one; what was published stays"
        )
    ]
    assert [version.commit for version in document(tiny).versions] == list(two)


def test_a_history_may_begin_with_any_version(tiny: Places, commit: Commit, edit: Edit):
    edit(PATH, "version: 1", "version: 7")
    edit("minutes/2023-09-06.md", "leitlinien/1/", "leitlinien/7/")
    commit("2024-03-01")
    assert (numbers(tiny), problems_of(tiny, Level.ERROR)) == ([7], [])


def test_a_merge_publishes_on_its_own_day(
    tiny: Places, repository: Path, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    git(repository, "switch", "--quiet", "--create", "entwurf")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08\n", "")
    commit("2024-03-02")
    edit(PATH, "Dritter", "Drittletzter")
    commit("2024-03-03")
    git(repository, "switch", "--quiet", "main")
    git(repository, "merge", "--quiet", "--no-ff", "-m", "Zwei", "entwurf", day="2024-03-05")
    newest = published(tiny).newest
    assert newest.version.published == date(2024, 3, 5)
    assert newest.corrections == ()


@pytest.mark.parametrize("broken", ["---\n[\n", "status: weg\n---\n", "version: 2\n", ""])
def test_an_old_commit_that_cannot_be_read_is_reported_and_the_rest_is_built(
    tiny: Places, commit: Commit, broken: str
):
    commit("2024-03-01")
    whole = (tiny.content / PATH).read_text("utf-8")
    (tiny.content / PATH).write_text(f"---\n{broken}", "utf-8")
    lost = commit("2024-03-02")
    (tiny.content / PATH).write_text(whole, "utf-8")
    commit("2024-03-03")
    assert numbers(tiny) == [1]
    assert (
        f"{PATH}: Hint: commit {lost[:10]} is passed over: its front matter cannot be read; "
        "nothing is to be done, a later commit has mended it"
    ) in problems_of(tiny, Level.HINT)


@pytest.mark.parametrize("stated", ["version: 2", "version: zwei"])
def test_a_version_that_only_an_unreadable_commit_bore_is_named(
    tiny: Places, commit: Commit, edit: Edit, stated: str
):
    commit("2024-03-01")
    edit(PATH, "version: 1", stated)
    edit(PATH, "title: Leitlinien", "title: [")
    lost = commit("2024-03-02")
    edit(PATH, stated, "version: 3")
    edit(PATH, "title: [", "title: Leitlinien")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    edit(PATH, "published: 2024-03-08\n", "published: 2024-04-01\n")
    commit("2024-03-03")
    assert numbers(tiny) == [1, 3]
    assert problems_of(tiny, Level.WARNING) == [
        (
            f"{PATH}: Warning: version 2 cannot be shown; its front matter in commit "
            f"{lost[:10]} cannot be read; if it never appeared, nothing is to be done"
        )
    ]
    assert problems_of(tiny, Level.ERROR) == []


def test_a_key_that_is_known_no_longer_makes_no_version_unreadable(
    tiny: Places, commit: Commit, edit: Edit
):
    edit(PATH, "example: true", "example: true\nfrueher: ja")
    first = commit("2024-03-01")
    edit(PATH, "frueher: ja\n", "")
    commit("2024-03-02")
    assert document(tiny).version(1).commit == first


def test_a_draft_of_the_next_version_leaves_the_published_one(
    tiny: Places, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "status: consultation", "status: draft")
    edit(PATH, "Erster Absatz", "Neu.\n\nErster Absatz")
    commit("2024-03-02")
    assert numbers(tiny) == [1]
    edit(PATH, "status: draft", "status: adopted")
    edit(PATH, "published: 2024-03-08\n", "")
    last = commit("2024-03-03")
    assert document(tiny).newest.commit == last
    assert document(tiny).newest.published == date(2024, 3, 3)


def test_a_renamed_document_keeps_its_versions(
    tiny: Places, repository: Path, commit: Commit, two: tuple[str, str]
):
    git(repository, "mv", PATH, "guidelines/regeln.md")
    commit("2024-03-04")
    told = published(tiny, "regeln").document
    assert [version.commit for version in told.versions] == list(two)


def test_a_text_that_is_not_committed_is_the_newest_state(tiny: Places, commit: Commit, edit: Edit):
    first = commit("2024-03-01")
    edit(PATH, "Erster Absatz", "Ein Absatz")
    (correction,) = published(tiny).newest.corrections
    assert (correction.day, correction.commit) == (TODAY, None)
    assert document(tiny).version(1).commit == first
    assert problems_of(tiny, Level.WARNING) == [
        (
            f"{PATH}:14: Warning: the text differs from the one that is committed; "
            "commit it as a correction, or raise “version” if more than words changed"
        )
    ]


def test_a_version_that_is_not_committed_has_no_commit(tiny: Places, commit: Commit, edit: Edit):
    commit("2024-03-01")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08\n", "")
    assert problems_of(tiny, Level.WARNING) == [
        (
            f"{PATH}:3: Warning: version 2 is not committed yet; "
            "commit the file: that publishes the version"
        )
    ]
    assert [version.commit is None for version in document(tiny).versions] == [False, True]


def test_a_changed_window_is_no_change_of_the_text(tiny: Places, commit: Commit, edit: Edit):
    commit("2024-03-01")
    edit(PATH, "closes: 2024-03-29", "closes: 2024-04-05")
    assert problems_of(tiny, Level.WARNING) == []


def test_the_date_of_publication_is_the_stated_one_or_the_commits_or_today(
    tiny: Places, commit: Commit
):
    assert published(tiny, "methodenkoffer").newest.version.published == TODAY
    commit("2024-03-01")
    assert published(tiny, "methodenkoffer").newest.version.published == date(2024, 3, 1)
    assert document(tiny).version(1).published == date(2024, 3, 8)


def no_repository(folder: Path) -> Path:
    return folder


def no_commit(folder: Path) -> Path:
    git(folder, "init", "--quiet")
    return folder


def shallow(folder: Path) -> Path:
    git(folder, "init", "--quiet")
    for day in ("2024-03-01", "2024-03-02"):
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message=Stand", day=day)
    git(folder.parent, "clone", "--quiet", "--depth=1", f"file://{folder}", "clone")
    return folder.parent / "clone"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            no_repository,
            "there is no git history here; build in a clone; until then versions bear no commit",
        ),
        (
            no_commit,
            "nothing was committed yet; commit the texts; until then versions bear no commit",
        ),
        (
            shallow,
            (
                "only a part of the git history is here (shallow clone); "
                "fetch the rest with “git fetch --unshallow”; until then dates may be wrong"
            ),
        ),
    ],
)
def test_a_history_that_cannot_be_read_is_named(
    tiny: Places, make: Callable[[Path], Path], said: str
):
    places = Places(make(tiny.content), tiny.house, tiny.output)
    assert f".git: Warning: {said}" in problems_of(places, Level.WARNING)


def test_a_history_that_is_damaged_publishes_nothing(
    tiny: Places, repository: Path, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    blob = git(repository, "rev-parse", f"HEAD:{PATH}")
    edit(PATH, "Erster Absatz", "Ein Absatz")
    commit("2024-03-02")
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert problems_of(tiny, Level.ERROR) == [
        (
            f".git: git cannot read the history: fatal: {blob} missing; clone it anew if it is "
            "damaged; if it belongs to another user, allow it with “git config --global --add "
            "safe.directory”"
        )
    ]


@pytest.mark.usefixtures("two")
def test_minutes_may_name_paragraphs_of_an_earlier_version(tiny: Places, edit: Edit):
    edit("minutes/2023-09-06.md", "leitlinien\n", "leitlinien/1/4\n")
    assert problems_of(tiny, Level.ERROR) == []
    page = check_content(order_for(tiny)).laid_out.pages["sitzungen/2023-09-06.md"]
    assert "Fassung 1, Rn. 4](../leitlinien/1/index.md#rn-4)" in page.body
