"""What git tells of documents, by real repositories."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from site_src.history import History, Obstacle, read_history
from site_src.places import Places
from tests.site_src.conftest import Edit
from tests.site_src.repositories import PATH, Commit, git

HOUSE = Path(__file__).parents[2]


def history_of(folder: Path, *paths: str) -> History:
    return read_history(folder, paths or [PATH])


def texts_of(folder: Path, path: str = PATH) -> list[str | None]:
    return [stage.text for stage in history_of(folder, path).of(path)]


def test_stages_are_told_oldest_first_with_commit_day_and_text(
    repository: Path, commit: Commit, edit: Edit
):
    first = commit("2024-03-01")
    edit(PATH, "Erster Absatz", "Ein Absatz")
    second = commit("2024-03-02")
    stages = history_of(repository).of(PATH)
    assert [(stage.commit, stage.day, stage.path) for stage in stages] == [
        (first, date(2024, 3, 1), PATH),
        (second, date(2024, 3, 2), PATH),
    ]
    assert ["Ein Absatz" in (stage.text or "") for stage in stages] == [False, True]


def test_commits_that_do_not_touch_a_document_are_no_stage_of_it(
    repository: Path, commit: Commit, edit: Edit
):
    commit("2024-03-01")
    edit("schedule.yml", "Auswertung", "Rückblick")
    commit("2024-03-02")
    assert len(history_of(repository).of(PATH)) == 1


def test_only_the_first_parents_count(repository: Path, commit: Commit, edit: Edit):
    commit("2024-03-01")
    git(repository, "switch", "--quiet", "--create", "entwurf")
    edit(PATH, "version: 1", "version: 2")
    commit("2024-03-02")
    git(repository, "switch", "--quiet", "main")
    git(repository, "merge", "--quiet", "--no-ff", "-m", "Zwei", "entwurf", day="2024-03-05")
    stages = history_of(repository).of(PATH)
    assert [stage.day for stage in stages] == [date(2024, 3, 1), date(2024, 3, 5)]


def test_a_commit_counts_on_the_day_at_the_citys_place(repository: Path):
    git(repository, "add", "--all")
    moment = "2024-03-08T23:30:00+00:00"
    subprocess.run(
        ["env", f"GIT_COMMITTER_DATE={moment}", "git", "-C", str(repository),
         "-c", "user.name=R", "-c", "user.email=r@example.org", "commit", "-qm", "Stand"],
        check=True,
    )  # fmt: skip
    assert history_of(repository).of(PATH)[0].day == date(2024, 3, 9)


def test_a_document_that_was_away_keeps_its_stages(repository: Path, commit: Commit):
    commit("2024-03-01")
    text = (repository / PATH).read_text("utf-8")
    (repository / PATH).unlink()
    commit("2024-03-03")
    (repository / PATH).write_text(text, "utf-8")
    commit("2024-03-04")
    assert texts_of(repository) == [text, None, text]


def test_bytes_that_nobody_sees_are_put_right(repository: Path, commit: Commit):
    (repository / PATH).write_bytes("\ufeff---\r\na\rb".encode() + b"\xff")
    commit("2024-03-01")
    assert texts_of(repository) == ["---\na\nb\ufffd"]


def test_a_renamed_document_keeps_its_stages(repository: Path, commit: Commit, edit: Edit):
    commit("2024-03-01")
    (repository / "texte").mkdir()
    git(repository, "mv", PATH, "texte/alt.md")
    commit("2024-03-02")
    git(repository, "mv", "texte/alt.md", "guidelines/neu.md")
    commit("2024-03-03")
    edit("guidelines/neu.md", "Erster Absatz", "Ein Absatz")
    commit("2024-03-04")
    stages = history_of(repository, "guidelines/neu.md").of("guidelines/neu.md")
    assert [stage.path for stage in stages] == [
        PATH, "texte/alt.md", "guidelines/neu.md", "guidelines/neu.md",
    ]  # fmt: skip


def test_a_name_that_is_used_anew_begins_anew(repository: Path, commit: Commit):
    commit("2024-03-01")
    git(repository, "mv", PATH, "guidelines/neu.md")
    commit("2024-03-02")
    (repository / PATH).write_text("---\ntitle: Anderes\n---\n", "utf-8")
    commit("2024-03-03")
    history = history_of(repository, PATH, "guidelines/neu.md")
    assert [stage.day.day for stage in history.of(PATH)] == [3]
    assert [stage.day.day for stage in history.of("guidelines/neu.md")] == [1, 2]


def test_two_documents_of_one_commit_have_one_stage_each(repository: Path, commit: Commit):
    commit("2024-03-01")
    koffer = "guidelines/methodenkoffer.md"
    history = history_of(repository, PATH, koffer)
    assert [len(history.of(path)) for path in (PATH, koffer, "guidelines/fehlt.md")] == [1, 1, 0]


def test_strange_names_are_no_trouble(repository: Path, commit: Commit):
    name = 'guidelines/ä "b"\nc.md'
    (repository / name).write_text("---\n", "utf-8")
    commit("2024-03-01")
    assert texts_of(repository, name) == ["---\n"]


def test_content_in_a_folder_of_its_repository_has_a_history(tmp_path: Path, tiny: Places):
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=Stand")
    assert [stage.path for stage in history_of(tiny.content).of(PATH)] == [PATH]


def test_a_detached_head_has_the_history_before_it(repository: Path, commit: Commit, edit: Edit):
    first = commit("2024-03-01")
    edit(PATH, "Erster Absatz", "Ein Absatz")
    commit("2024-03-02")
    git(repository, "checkout", "--quiet", "--detach", first)
    assert [stage.commit for stage in history_of(repository).of(PATH)] == [first]


def test_without_the_program_git_there_is_no_history(tmp_path: Path):
    code = (
        "import sys, pathlib; from site_src.history import read_history; "
        "print(read_history(pathlib.Path(sys.argv[1]), ['a.md']).obstacle)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={"PATH": str(tmp_path)}, cwd=HOUSE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == str(Obstacle.NO_GIT)


def test_a_folder_without_a_repository_has_no_history(tiny: Places):
    assert history_of(tiny.content) == History(obstacle=Obstacle.NO_REPOSITORY)


def test_a_repository_that_git_cannot_read_is_told_from_none(repository: Path, commit: Commit):
    commit("2024-03-01")
    (repository / ".git" / "HEAD").unlink()
    history = history_of(repository)
    assert history.obstacle is Obstacle.UNREADABLE
    assert history.detail.startswith("fatal: ")


@pytest.mark.usefixtures("repository")
def test_a_repository_without_a_commit_has_no_history(tiny: Places):
    assert history_of(tiny.content) == History(obstacle=Obstacle.NO_COMMIT)


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
    assert len(history.of(PATH)) == 1
