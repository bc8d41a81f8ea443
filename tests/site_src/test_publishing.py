import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

import build
from participation.catalogue import Catalogue, read_catalogue
from site_src.building import ContentRefused
from site_src.engine import EngineFailed
from site_src.exporting import NoRepository, ShallowRepository, UnknownRevision
from site_src.messages import translator
from site_src.one_at_a_time import BuildIsRunning
from site_src.publishing import Publication, publish
from site_src.releases import Releases
from site_src.swapping import NotOurFolder
from tests.site_src.conftest import ENVIRONMENT
from tests.site_src.towns import LEITLINIEN, NOON, Town, found_town, git

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town that has published nothing yet."""
    return found_town(tmp_path)


def catalogue(town: Town) -> Catalogue:
    file = town.releases.current / "catalogue.json"
    return read_catalogue(json.loads(file.read_text("utf-8")))


def names(town: Town) -> list[str]:
    return [release.name for release in town.releases.all()]


def exported(town: Town) -> set[str]:
    content = town.order().places.content
    return {
        path.relative_to(content).as_posix()
        for path in content.rglob("*")
        if path.is_file() and path.relative_to(content).parts[0] not in {".git", "build"}
    }


def refused(town: Town) -> list[str]:
    with pytest.raises(ContentRefused) as refusal:
        town.publish()
    return [problem.in_words(translator("en")) for problem in refusal.value.problems]


def test_a_commit_is_published_from_a_bare_repository(town: Town):
    commit = git(town.bare, "rev-parse", "main")
    published = town.publish()
    assert published.release.name == f"2024-03-20-110000-{commit[:12]}"
    assert (town.target / "current").readlink() == Path("releases") / published.release.name
    assert 'id="rn-4"' in town.page("leitlinien")
    assert catalogue(town).version("leitlinien", 1).commit == commit


def test_the_history_is_that_of_the_published_commit(town: Town):
    first = git(town.bare, "rev-parse", "main")
    town.edit(LEITLINIEN, "Erster Absatz", "Ein Absatz")
    town.commit()
    town.publish()
    assert "Ein Absatz" in town.page("leitlinien")
    assert catalogue(town).version("leitlinien", 1).commit == first


def test_only_what_is_committed_is_published(town: Town):
    town.edit(LEITLINIEN, "Erster Absatz", "Nur auf dem Rechner")
    town.publish(repository=town.clone, revision="HEAD")
    assert "Erster Absatz" in town.page("leitlinien")


def test_a_commit_is_published_from_a_clone_where_another_one_is_checked_out(town: Town):
    commit = git(town.clone, "rev-parse", "HEAD")
    town.edit(LEITLINIEN, "Erster Absatz", "Ein Absatz")
    town.commit(push=False)
    town.publish(repository=town.clone, revision=commit)
    assert "Erster Absatz" in town.page("leitlinien")
    git(town.clone, "checkout", "--quiet", "--detach", commit)
    town.publish(repository=town.clone, revision="main")
    assert "Ein Absatz" in town.page("leitlinien")


def test_a_commit_is_published_from_a_second_working_tree(town: Town):
    tree = town.folder / "baum"
    git(town.clone, "worktree", "add", "--quiet", "-b", "neu", str(tree))
    town.publish(repository=tree, revision="neu")
    assert 'id="rn-4"' in town.page("leitlinien")


def test_what_was_deleted_in_a_commit_is_gone_from_the_site(town: Town):
    (town.clone / "minutes" / "notiz.txt").write_text("Notiz", "utf-8")
    town.commit()
    town.publish()
    assert (town.target / "current" / "minutes" / "notiz.txt").exists()
    (town.clone / "minutes" / "notiz.txt").unlink()
    town.commit()
    town.publish()
    assert not (town.target / "current" / "minutes" / "notiz.txt").exists()


def break_the_text(town: Town) -> None:
    town.edit(LEITLINIEN, "version: 1", "version: eins")


def break_the_navigation(town: Town) -> None:
    settings = town.house / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("zeitplan.md", "zeit.md"), "utf-8")
    town.edit(LEITLINIEN, "Erster", "Ein")


@pytest.mark.parametrize("spoil", [break_the_text, break_the_navigation])
def test_a_publication_that_fails_leaves_the_old_release(town: Town, spoil: Callable[[Town], None]):
    town.publish()
    before = names(town)
    spoil(town)
    town.commit()
    with pytest.raises((ContentRefused, EngineFailed)):
        town.publish()
    assert names(town) == before
    assert "Erster Absatz" in town.page("leitlinien")
    assert {path.name for path in town.target.iterdir()} == {
        ".lock", ".work", "current", "releases",
    }  # fmt: skip


def test_the_last_releases_are_kept(town: Town):
    for _ in range(4):
        town.publish(keep=2)
    commit = git(town.bare, "rev-parse", "--short=12", "main")
    assert names(town) == [f"2024-03-20-110300-{commit}", f"2024-03-20-110200-{commit}"]


def test_two_releases_of_one_moment_have_names_of_their_own(town: Town):
    order = town.order()
    for _ in range(3):
        publish(Publication(order, town.target, NOON))
    first = f"2024-03-20-110000-{git(town.bare, 'rev-parse', '--short=12', 'main')}"
    assert names(town) == [f"{first}-3", f"{first}-2", first]
    assert town.releases.current.readlink().name == f"{first}-3"


def test_an_older_release_that_is_shown_again_is_not_deleted(tmp_path: Path):
    releases = Releases(tmp_path)
    releases.work.mkdir()
    for name in ("1", "2", "3", "4"):
        (releases.folder / name).mkdir(parents=True)
    releases.show(releases.folder / "1")
    releases.prune(2)
    assert [release.name for release in releases.all()] == ["4", "3", "1"]


def bring(town: Town, name: str, word: str) -> None:
    """Let the installation have one asset, and none that it had before."""
    assets = town.house / "site_src" / "assets"
    assets.mkdir(exist_ok=True)
    for old in assets.iterdir():
        old.unlink()
    (assets / name).write_text(word, "utf-8")


def test_pages_that_are_open_find_the_assets_of_their_release(town: Town):
    for name in ("a", "b", "c"):
        bring(town, f"app.{name}.js", name)
        town.publish(keep=2)
    assets = town.target / "current" / "assets"
    assert {path.name for path in assets.iterdir()} == {"app.a.js", "app.b.js", "app.c.js"}
    bring(town, "app.d.js", "d")
    town.publish(keep=2)
    assert {path.name for path in assets.iterdir()} == {"app.b.js", "app.c.js", "app.d.js"}


def test_a_new_asset_wins_over_an_old_one_of_that_name(town: Town):
    bring(town, "app.js", "alt")
    town.publish()
    bring(town, "app.js", "neu")
    town.publish()
    assert (town.target / "current" / "assets" / "app.js").read_text("utf-8") == "neu"


def test_what_builds_keep_lies_beside_the_releases_where_no_push_can_write(town: Town):
    (town.clone / "build" / "cache" / "texts").mkdir(parents=True)
    (town.clone / "build" / "cache" / "texts" / "pushed").write_text("poison", "utf-8")
    town.commit()
    town.publish()
    places = town.order().places
    assert not places.cache.is_relative_to(places.content)
    kept = {path.relative_to(town.target).parts[:3] for path in town.target.rglob("cache/*")}
    assert kept == {(".work", "cache", "texts")}
    assert not list(town.target.rglob("pushed"))


def test_nothing_but_content_is_taken_out_of_a_commit(town: Town):
    for path in ("mkdocs.yml", "build.py", "site_src/pages/index.md", ".gitlab-ci.yml", "README"):
        file = town.clone / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("raise SystemExit('von fremder Hand')\n", "utf-8")
    (town.clone / "guidelines" / ".versteckt.md").write_text("kein Text", "utf-8")
    town.commit()
    town.publish()
    assert exported(town) == {
        LEITLINIEN, "guidelines/methodenkoffer.md", "minutes/2023-09-06.md", "schedule.yml",
    }  # fmt: skip


def test_a_commit_cannot_say_how_its_files_are_exported(town: Town):
    town.edit(LEITLINIEN, "Erster Absatz", "$Format:%H$ Absatz")
    (town.clone / ".gitattributes").write_text(
        "*.md export-subst eol=crlf text\nschedule.yml export-ignore\nguidelines export-ignore\n",
        "utf-8",
    )
    town.commit()
    town.publish()
    assert "$Format:%H$ Absatz" in town.page("leitlinien")
    assert (town.order().places.content / "schedule.yml").exists()
    text = (town.order().places.content / LEITLINIEN).read_bytes()
    assert b"\r" not in text


def test_a_link_to_a_file_of_the_server_is_refused(town: Town):
    (town.clone / "guidelines" / "geheim.txt").symlink_to("/etc/hostname")
    town.commit()
    assert refused(town) == [
        (
            "guidelines/geheim.txt: this is a link to another file (symbolic link); "
            "put the file itself in its place"
        )
    ]


def test_a_commit_without_texts_is_refused(town: Town):
    git(town.clone, "rm", "--quiet", "-r", "guidelines", "minutes", "schedule.yml")
    (town.clone / "README").write_text("leer", "utf-8")
    town.commit()
    assert refused(town)[0].startswith("guidelines: there is no document here; ")


def test_a_shallow_clone_is_refused(town: Town):
    town.edit(LEITLINIEN, "Erster", "Ein")
    town.commit()
    shallow = town.folder / "flach"
    git(town.folder, "clone", "--quiet", "--depth=1", f"file://{town.bare}", str(shallow))
    with pytest.raises(ShallowRepository):
        town.publish(repository=shallow)
    assert not town.target.exists()


def test_a_folder_without_a_repository_is_refused(town: Town):
    with pytest.raises(NoRepository):
        town.publish(repository=town.house)


def test_a_folder_in_a_repository_is_refused(town: Town):
    with pytest.raises(NoRepository):
        town.publish(repository=town.clone / "guidelines")


@pytest.mark.parametrize("revision", ["gibt-es-nicht", "--git-dir", "HEAD:guidelines"])
def test_an_unknown_commit_is_refused(town: Town, revision: str):
    with pytest.raises(UnknownRevision):
        town.publish(revision=revision)


def test_a_repository_without_a_commit_is_refused(town: Town):
    empty = town.folder / "leer"
    git(town.folder, "init", "--quiet", str(empty))
    with pytest.raises(UnknownRevision):
        town.publish(repository=empty, revision="HEAD")


def test_a_machine_without_git_is_told_so(town: Town, tmp_path: Path):
    folders = ["--repository", str(town.bare), "--target", str(town.target)]
    done = subprocess.run(
        [sys.executable, "build.py", "publish", *folders],
        cwd=Path(build.__file__).parent, env={**ENVIRONMENT, "PATH": str(tmp_path)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "'git'" in done.stderr


@pytest.mark.parametrize("name", ["brief.txt", "current", "releases"])
def test_a_folder_that_holds_something_else_is_not_published_to(town: Town, name: str):
    town.target.mkdir()
    (town.target / name).write_text("wichtig", "utf-8")
    with pytest.raises(NotOurFolder):
        town.publish()
    assert os.listdir(town.target) == [name]  # noqa: PTH208  # its names, not its paths


def test_a_file_is_not_published_to(town: Town):
    town.target.write_text("wichtig", "utf-8")
    with pytest.raises(NotOurFolder):
        town.publish()


def test_a_second_publication_waits_and_gives_up(town: Town):
    town.publish()
    order = replace(town.order(), patience=0.01)
    with FileLock(town.target / ".lock"), pytest.raises(BuildIsRunning):
        publish(Publication(order, town.target, NOON))


def test_what_a_stopped_publication_left_is_no_obstacle(town: Town):
    town.publish()
    work = town.releases.work
    (work / "site").mkdir()
    (work / "site" / "catalogue.json").write_text("alt", "utf-8")
    (work / "content" / "guidelines" / "rest.md").write_text("Rest", "utf-8")
    (town.target / ".current.new").symlink_to("nirgends")
    town.publish()
    assert 'id="rn-4"' in town.page("leitlinien")
    assert "guidelines/rest.md" not in exported(town)


@pytest.fixture
def run(town: Town, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command; return exit code, output and error output."""

    def running(*arguments: str, repository: Path | None = None) -> tuple[int, str, str]:
        folders = ["--repository", str(repository or town.bare), "--target", str(town.target)]
        code = build.main(["publish", *folders, *arguments], ENVIRONMENT, house=town.house)
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def test_the_command_publishes_and_says_so(run: Run, town: Town):
    code, said, _ = run("--revision", "main", "--keep", "2")
    assert code == 0
    assert said.splitlines()[-1] == f"Veröffentlicht: 9 Seiten, Stand {names(town)[0]}"


def test_the_command_names_the_problems_of_a_commit(run: Run, town: Town):
    break_the_text(town)
    town.commit()
    code, said, _ = run()
    assert code == 1
    assert said.splitlines()[-1] == "1 Problem."


def test_the_command_says_what_is_wrong_with_the_repository(run: Run, town: Town):
    assert run(repository=town.folder / "nichts")[0] == 2
    code, _, error = run(repository=town.house)
    assert (code, error[:38]) == (2, "Hier ist kein lesbares Git-Repository;")
    code, _, error = run("--revision", "nichts")
    assert (code, error[:41]) == (2, "Das Repository hat keinen Stand „nichts“.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["publish"], "Es fehlt: --repository, --target."),
        (
            ["publish", "--repository", ".", "--target", "x", "--keep", "1"],
            "Der Wert von --keep passt nicht.",
        ),
        (["publish", "--content", "."], "Es fehlt: --repository, --target."),
        (["preview", "--service", "https://a.example.org"], "Unbekannt: --service "),
    ],
)
def test_a_wrong_call_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str):
    with pytest.raises(SystemExit) as end:
        build.main(arguments, ENVIRONMENT)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(said)
