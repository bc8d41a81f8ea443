"""From an editor's push to the reader's page: real git, the real hook, the real service."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import cycle
from pathlib import Path

import pytest
from filelock import FileLock

from site_src.releases import Releases
from tests.site_src.conftest import ENVIRONMENT
from tests.site_src.readers import Readers, digest, read
from tests.site_src.towns import LEITLINIEN, Town, found_town, git
from tests.site_src.web_servers import gunicorn_alone, nginx_in_front

HOUSE = Path(__file__).parents[2]
HOOK = HOUSE / "deploy" / "post-receive"
READS = 20_000
WINDOW = """\
commenting:
  opens: 2024-03-08
  closes: 2024-03-29
  moderation: after
  answers: 2024-04-22
"""
PATIENCE = 60.0  # seconds


def settings(town: Town) -> str:
    return (
        f"RANDNOTIZ_INSTALLATION={HOUSE}\n"
        f"RANDNOTIZ_PYTHON={sys.executable}\n"
        f"RANDNOTIZ_TARGET={town.target}\n"
    )


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town whose repository publishes what is pushed to it."""
    town = found_town(tmp_path)
    shutil.copy(HOOK, town.bare / "hooks" / "post-receive")
    (town.bare / "randnotiz.conf").write_text(settings(town), "utf-8")
    return town


class Log:
    """Follows the hook's log, as an operator does."""

    def __init__(self, town: Town) -> None:
        self.said: list[str] = []
        self._process = subprocess.Popen(
            ["tail", "--lines=+1", "--follow=name", "--retry", str(town.bare / "randnotiz.log")],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        )  # fmt: skip

        self._timer = threading.Timer(PATIENCE, self._process.kill)
        self._timer.start()

    def until(self, word: str) -> str:
        """Return the line that has that word, once it is there."""
        for line in self._process.stdout or ():
            self.said.append(line)
            if word in line:
                return line
            if " failed: " in line:
                break
        raise AssertionError("".join(self.said))

    def close(self) -> None:
        self._timer.cancel()
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def log(town: Town) -> Iterator[Log]:
    """The log of the hook, from its first line."""
    log = Log(town)
    yield log
    log.close()


def push(town: Town) -> tuple[str, str]:
    """Commit and push; return the commit and what the editor is told."""
    commit = town.commit(push=False)
    done = subprocess.run(
        ["git", "-C", str(town.clone), "push", "origin", "main"],
        check=True, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    return commit, done.stderr


FIRST = "/api/documents/leitlinien/versions/1/paragraphs/1/contributions"
COMMENT = {"kind": "comment", "text": "Bitte mehr Bänke."}
SECOND = "/api/documents/leitlinien/contributions?version=2"


def publish_the_first_version(town: Town, log: Log) -> None:
    """Push a version that takes comments until the next one takes its place."""
    town.edit(LEITLINIEN, WINDOW, "commenting:\n  opens: 2024-03-08\n")
    town.edit(LEITLINIEN, "Erster Absatz", "Die erste Fassung")
    push(town)
    log.until(" published: ")


def push_the_second_version(town: Town) -> tuple[str, str]:
    town.edit(LEITLINIEN, "version: 1", "version: 2")
    town.edit(LEITLINIEN, "published: 2024-03-08\n", "")
    town.edit(LEITLINIEN, "commenting:\n  opens: 2024-03-08\n", "")
    town.edit(LEITLINIEN, "Die erste Fassung", "Die zweite Fassung")
    return push(town)


@contextmanager
def gunicorn(town: Town) -> Iterator[int]:
    with gunicorn_alone(town) as server:
        yield server.port


PATHS = {  # each with the file of a release that it shows; none: the service makes it
    "/": "index.html",
    "/leitlinien/": "leitlinien/index.html",
    "/leitlinien/1/": "leitlinien/1/index.html",
    "/texte/": "texte/index.html",
    "/search/newest.json": "search/newest.json",
    "/catalogue.json": "catalogue.json",
    "/assets/randnotiz.js": "assets/randnotiz.js",
    "/api/documents": None,
}


def shown(town: Town, port: int) -> dict[str, str]:
    """Return the digest of what each path shows; files of the release as they lie there."""
    current = town.target / "current"
    return {
        path: digest((current / file).read_bytes() if file else read(port, path)[1])
        for path, file in PATHS.items()
    }


@pytest.mark.parametrize(("serving", "reads"), [(gunicorn, READS // 5), (nginx_in_front, READS)])
def test_a_push_is_served_and_no_read_fails_on_the_way(
    town: Town, log: Log, serving: Callable[[Town], AbstractContextManager[int]], reads: int
):
    publish_the_first_version(town, log)
    with serving(town) as port:
        old = shown(town, port)
        with Readers(port, *PATHS, at_least=reads) as readers:
            commit, told = push_the_second_version(town)
            assert commit in log.until(" published: ")
            new = shown(town, port)
        assert (readers.failures, readers.reads >= reads) == ([], True)
        for path in PATHS:
            assert readers.given[path].keys() <= {old[path], new[path]}, path
        changed = {path for path in PATHS if old[path] != new[path]}
        assert changed >= {"/leitlinien/", "/leitlinien/1/", "/catalogue.json", "/api/documents"}
        for path in changed:
            assert len(readers.given[path]) == 2, path
        assert len(readers.assets) > 3
        assert {read(port, f"/{asset}")[0] for asset in readers.assets} == {200}
    assert f"randnotiz: main -> {town.target}" in told


def test_a_comment_on_the_first_version_is_found_at_the_second_one(town: Town, log: Log):
    publish_the_first_version(town, log)
    with gunicorn_alone(town) as server:
        status, posted = server.ask("POST", FIRST, COMMENT)
        assert status == 201
        push_the_second_version(town)
        log.until(" published: ")
        (shown,) = server.ask("GET", SECOND)[1]["versions"]
        ((earlier,),) = (one["earlier"] for one in shown["paragraphs"])
        assert (earlier["version"], earlier["number"]) == (1, 1)
        assert [one["id"] for one in earlier["contributions"]] == [posted["id"]]
        for version in (1, 2):  # the first one was open until the second one came
            url = FIRST.replace("/1/", f"/{version}/", 1)
            status, refused = server.ask("POST", url, COMMENT)
            assert (status, refused["code"]) == (403, "window-not-open")


def release(releases: Releases, name: str, size: int) -> Path:
    """Make a release in which every page says its name, and is as long as ``size``."""
    folder = releases.folder / name
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(name * size, "utf-8")
    return folder


def test_no_read_fails_while_releases_change_places(town: Town):
    releases = town.releases
    pair = [release(releases, "a", 10), release(releases, "b", 100_000)]
    releases.show(pair[0])
    with gunicorn_alone(town) as server, Readers(server.port, "/", at_least=READS // 10) as readers:
        for one in cycle(pair):
            releases.show(one)
            if readers.have_enough or readers.failures:
                break
    assert readers.failures == []
    whole = {digest((one / "index.html").read_bytes()) for one in pair}
    assert readers.given["/"].keys() == whole


def test_the_push_does_not_wait_and_the_last_of_many_is_enough(town: Town, log: Log):
    with FileLock(town.bare / "randnotiz.lock"):
        first, _ = push_a_word(town, "Anfang")
        last, _ = push_a_word(town, "Ende")
        assert not town.target.exists()
    log.until("is shown already: ")
    assert "Ende" in town.page("leitlinien")
    said = "".join(log.said)
    assert said.count(" published: ") == 1
    assert f" published: main {last}" in said
    assert first not in said


def push_a_word(town: Town, word: str) -> tuple[str, str]:
    """Correct the text, as an editor may while a version is published."""
    town.edit(LEITLINIEN, "Dritter Absatz", f"Dritter Absatz, {word}")
    return push(town)


def test_a_push_that_cannot_be_published_leaves_the_old_release(town: Town, log: Log):
    push_a_word(town, "Anfang")
    log.until(" published: ")
    town.edit(LEITLINIEN, "version: 1", "version: eins")
    commit, _ = push(town)
    assert f"main {commit} (exit code 1)" in log.until(" failed: ")
    assert any(line.startswith(f"{LEITLINIEN}:3: ") for line in log.said)
    assert "Anfang" in town.page("leitlinien")
    assert len(town.releases.all()) == 1


def test_nothing_that_was_pushed_is_executed(town: Town, log: Log, tmp_path: Path):
    mark = tmp_path / "ausgefuehrt"
    code = f"open({str(mark)!r}, 'w').close()\n"
    for path in (
        "build.py", "sitecustomize.py", "mkdocs.py", "haken.py", "site_src/__init__.py",
        "guidelines/sitecustomize.py", "guidelines/haken.py",
    ):  # fmt: skip
        file = town.clone / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(code, "utf-8")
    (town.clone / "mkdocs.yml").write_text("hooks: [haken.py]\n", "utf-8")
    (town.clone / "hooks").mkdir()
    hook = town.clone / "hooks" / "post-receive"
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n", "utf-8")
    hook.chmod(0o755)
    (town.clone / "randnotiz.conf").write_text("RANDNOTIZ_INSTALLATION=/tmp\n", "utf-8")
    push(town)
    log.until(" published: ")
    assert not mark.exists()


def hook_says(town: Town, updates: str, **environment: str) -> tuple[int, str]:
    """Run the hook as git does; return its exit code and what it says."""
    done = subprocess.run(
        [town.bare / "hooks" / "post-receive"],
        cwd=town.bare, env={**ENVIRONMENT, "GIT_DIR": ".", **environment}, input=updates,
        capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_other_branches_and_deleted_ones_publish_nothing(town: Town):
    commit, nothing = git(town.bare, "rev-parse", "main"), "0" * 40
    assert hook_says(town, f"{nothing} {commit} refs/heads/entwurf\n") == (0, "")
    assert hook_says(town, f"{commit} {nothing} refs/heads/main\n") == (0, "")
    assert not town.target.exists()


def test_the_branch_is_a_setting(town: Town, log: Log):
    git(town.clone, "checkout", "--quiet", "-b", "live")
    git(town.clone, "push", "--quiet", "origin", "live")
    commit = git(town.clone, "rev-parse", "live")
    code, said = hook_says(town, f"{'0' * 40} {commit} refs/heads/live\n", RANDNOTIZ_BRANCH="live")
    assert (code, said.startswith("randnotiz: live -> ")) == (0, True)
    assert f"live {commit}" in log.until(" published: ")


def test_missing_settings_are_named(town: Town):
    (town.bare / "randnotiz.conf").unlink()
    commit = git(town.bare, "rev-parse", "main")
    code, said = hook_says(town, f"{'0' * 40} {commit} refs/heads/main\n")
    assert code == 1
    assert "set RANDNOTIZ_INSTALLATION and RANDNOTIZ_TARGET" in said
