import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from participation.catalogue import Catalogue
from site_src.building import check_content
from site_src.catalogue_file import catalogue_of
from site_src.history import History, Obstacle, read_history
from site_src.messages import translator
from site_src.places import Places
from site_src.problems import Level
from tests.site_src.conftest import Edit, order_for

PATH = "guidelines/leitlinien.md"
Commit = Callable[[str], str]


def git(folder: Path, *arguments: str, day: str = "2024-03-08") -> str:
    """Run git as an author of its own, at noon of a day."""
    moment = f"{day}T12:00:00+00:00"
    dates = [f"GIT_AUTHOR_DATE={moment}", f"GIT_COMMITTER_DATE={moment}"]
    author = ["-c", "user.name=Redaktion", "-c", "user.email=redaktion@example.org"]
    done = subprocess.run(
        ["env", *dates, "git", "-C", str(folder), *author, *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tiny: Places) -> Path:
    """The tiny site's content in a repository without a commit."""
    git(tiny.content, "init", "--initial-branch=main", "--quiet")
    return tiny.content


@pytest.fixture
def commit(repository: Path) -> Commit:
    """Commit all that changed on a day, and return the commit."""

    def committing(day: str) -> str:
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "--message=Stand", day=day)
        return git(repository, "rev-parse", "HEAD")

    return committing


def history_of(folder: Path) -> History:
    return read_history(folder, [PATH])


def warnings(tiny: Places) -> list[str]:
    found = check_content(order_for(tiny)).problems
    english = translator("en")
    return [one.in_words(english) for one in found if one.level is Level.WARNING]


def catalogue(tiny: Places) -> Catalogue:
    return catalogue_of(check_content(order_for(tiny)).content.editions.values())


def test_the_commit_that_first_bore_a_version_published_it(
    repository: Path, commit: Commit, edit: Edit
):
    first = commit("2024-03-01")
    edit(PATH, "Erster Absatz", "Ein Absatz")
    commit("2024-03-02")
    edit(PATH, "version: 1", "version: 2")
    second = commit("2024-03-03")
    history = history_of(repository)
    published = [history.publication(PATH, version) for version in (1, 2, 3)]
    assert [stage and (stage.commit, stage.day) for stage in published] == [
        (first, date(2024, 3, 1)),
        (second, date(2024, 3, 3)),
        None,
    ]


def test_commits_that_do_not_touch_a_document_are_no_stage_of_it(
    repository: Path, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    edit("schedule.yml", "Auswertung", "Rückblick")
    commit("2024-03-02")
    assert len(history_of(repository).stages[PATH]) == 1


def test_only_the_first_parents_count(repository: Path, commit: Commit, edit: Edit):
    commit("2024-03-01")
    git(repository, "switch", "--quiet", "--create", "entwurf")
    edit(PATH, "version: 1", "version: 2")
    commit("2024-03-02")
    git(repository, "switch", "--quiet", "main")
    git(repository, "merge", "--quiet", "--no-ff", "-m", "Zwei", "entwurf", day="2024-03-05")
    stage = history_of(repository).publication(PATH, 2)
    assert stage is not None
    assert stage.day == date(2024, 3, 5)


def test_a_commit_counts_on_the_day_at_the_citys_place(repository: Path):
    git(repository, "add", "--all")
    moment = "2024-03-08T23:30:00+00:00"
    subprocess.run(
        ["env", f"GIT_COMMITTER_DATE={moment}", "git", "-C", str(repository),
         "-c", "user.name=R", "-c", "user.email=r@example.org", "commit", "-qm", "Stand"],
        check=True,
    )  # fmt: skip
    assert history_of(repository).stages[PATH][0].day == date(2024, 3, 9)


def test_a_document_that_was_away_and_broken_keeps_its_other_stages(
    repository: Path, commit: Commit
):
    commit("2024-03-01")
    text = (repository / PATH).read_text("utf-8")
    for broken in ("---\n[\n---\n", "kein Kopf", "---\nnur Text\n---\n", "---\nversion: x\n---\n"):
        (repository / PATH).write_text(broken, "utf-8")
        commit("2024-03-02")
    (repository / PATH).unlink()
    commit("2024-03-03")
    (repository / PATH).write_text(text, "utf-8")
    commit("2024-03-04")
    stages = history_of(repository).stages[PATH]
    assert [stage.version for stage in stages] == [1, None, None, None, None, None, 1]
    assert [stage.body is None for stage in stages] == [
        False,
        False,
        True,
        False,
        False,
        True,
        False,
    ]


def test_a_folder_without_a_repository_has_no_history(tiny: Places):
    assert history_of(tiny.content) == History(obstacle=Obstacle.NO_REPOSITORY)
    assert warnings(tiny) == [
        (
            ".git: Warning: there is no git history here; "
            "build in a clone; until then versions bear no commit"
        )
    ]


@pytest.mark.usefixtures("repository")
def test_a_repository_without_a_commit_has_no_history(tiny: Places):
    assert history_of(tiny.content) == History(obstacle=Obstacle.NO_COMMIT)
    assert warnings(tiny)[0].startswith(".git: Warning: nothing was committed yet; ")


def test_a_shallow_clone_has_a_part_of_the_history(
    tiny: Places, tmp_path: Path, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    edit(PATH, "Erster Absatz", "Ein Absatz")
    commit("2024-03-02")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tiny.content}", "clone")
    clone = Places(tmp_path / "clone", tiny.house, tiny.output)
    history = history_of(clone.content)
    assert history.obstacle is Obstacle.SHALLOW
    assert len(history.stages[PATH]) == 1
    assert warnings(clone)[0].startswith(".git: Warning: only a part of the git history is here")


def test_a_version_that_is_not_committed_has_no_commit(tiny: Places, commit: Commit, edit: Edit):
    commit("2024-03-01")
    edit(PATH, "version: 1", "version: 2")
    edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien/2/2-3")
    assert warnings(tiny) == [
        (
            f"{PATH}:3: Warning: version 2 is not committed yet; "
            "commit the file: that publishes the version"
        )
    ]
    assert catalogue(tiny).version("leitlinien", 2).commit is None


def test_a_text_that_differs_from_its_commit_is_named(tiny: Places, commit: Commit, edit: Edit):
    first = commit("2024-03-01")
    edit(PATH, "Erster Absatz", "Ein Absatz")
    assert warnings(tiny) == [
        (
            f"{PATH}:14: Warning: the text differs from the one that is committed; "
            "commit it as a correction, or raise “version” if more than words changed"
        )
    ]
    assert catalogue(tiny).version("leitlinien", 1).commit == first


def test_a_changed_window_is_no_change_of_the_text(tiny: Places, commit: Commit, edit: Edit):
    commit("2024-03-01")
    edit(PATH, "closes: 2024-03-29", "closes: 2024-04-05")
    assert warnings(tiny) == []


def test_the_date_of_publication_is_the_stated_one_or_the_commits_or_today(
    tiny: Places, commit: Commit
):
    assert catalogue(tiny).version("methodenkoffer", 2).published == date(2024, 3, 20)
    commit("2024-03-01")
    assert catalogue(tiny).version("methodenkoffer", 2).published == date(2024, 3, 1)
    assert catalogue(tiny).version("leitlinien", 1).published == date(2024, 3, 8)


def problems_of(tiny: Places) -> list[str]:
    found = check_content(order_for(tiny)).problems
    english = translator("en")
    return [one.in_words(english) for one in found if one.level is Level.ERROR]


@pytest.mark.parametrize(
    ("opens", "times"), [("2024-03-01", 1), ("2024-03-29", 1), ("2024-03-30", 0)]
)
def test_a_window_that_overlaps_with_that_of_an_earlier_version_is_named(
    tiny: Places, commit: Commit, edit: Edit, opens: str, times: int
):
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "published: 2024-03-08", "published: 2024-03-01")
    edit(PATH, "closes: 2024-03-29", "closes: 2024-04-20")
    edit(PATH, "opens: 2024-03-08", f"opens: {opens}")
    expected = (
        f"{PATH}:8: the commenting window overlaps with that of version 1; "
        "let it open after the other one has closed"
    )
    assert problems_of(tiny).count(expected) == times


def test_an_earlier_version_whose_window_was_broken_is_passed_over(
    tiny: Places, commit: Commit, edit: Edit
):
    edit(PATH, "opens: 2024-03-08", "opens: bald")
    commit("2024-03-08")
    edit(PATH, "opens: bald", "opens: 2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    assert [line for line in problems_of(tiny) if "overlaps" in line] == []
