"""The commands of the ready pipelines publish and preview, in a clean folder and a clean clone."""

import os
import shutil
from pathlib import Path

import markdown
import pytest

from tests.site_src.pipelines import Runner, lay_down_programs
from tests.site_src.towns import Town, found_town

SETTINGS = {
    "vars.RANDNOTIZ_SERVICE": "https://beitraege.example.org",
    "vars.RANDNOTIZ_REPOSITORY": "stadt/randnotiz",
    "vars.DEPLOY_HOST_KEY": "texte.example.org ssh-ed25519 AAAA",
    "secrets.DEPLOY_KEY": "-----BEGIN OPENSSH PRIVATE KEY-----",
}
FORM = "https://beitraege.example.org/beitrag/leitlinien/1/"
PACKAGES = Path(markdown.__file__).parents[1]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_down_programs(tmp_path_factory.mktemp("runner") / "programs", PACKAGES)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town whose site's own pages are those of the programs."""
    return found_town(tmp_path)


@pytest.fixture
def runner(town: Town, programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A runner on which the packages are there already: ``make install`` fetches none."""
    monkeypatch.setenv("PYTHONPATH", str(PACKAGES))
    settings = {**SETTINGS, "vars.DEPLOY_TO": str(tmp_path / "server")}
    (tmp_path / "server").mkdir()
    return Runner(tmp_path / "job", programs, town, settings)


def page(folder: Path, path: str = "leitlinien") -> str:
    return (folder / path / "index.html").read_text("utf-8")


def assert_is_preview(folder: Path) -> None:
    assert "noindex" in page(folder)
    assert FORM not in page(folder)
    assert (folder / "robots.txt").exists()


def test_gitlab_publishes_what_it_calls_public(runner: Runner):
    runner.run_gitlab("pages")
    assert 'id="rn-4"' in page(runner.folder / "public")
    assert (runner.folder / "public" / "catalogue.json").is_file()


def test_gitlab_builds_a_preview(runner: Runner):
    runner.run_gitlab("preview")
    assert_is_preview(runner.folder / "vorschau")


def test_github_publishes_the_release_that_is_uploaded(runner: Runner):
    runner.run_actions("github-publish.yml", "publish")
    assert FORM in page(runner.folder / "releases" / "current")


def test_github_builds_a_preview(runner: Runner):
    runner.run_actions("github-publish.yml", "preview")
    assert_is_preview(runner.folder / "vorschau")


def test_forgejo_copies_the_release_to_the_server(runner: Runner, tmp_path: Path):
    if shutil.which("rsync") is None and not os.environ.get("CI"):
        pytest.skip("rsync is not installed: apt-get install rsync")
    runner.run_actions("forgejo-publish.yml", "publish")
    server = tmp_path / "server"
    assert FORM in page(server / "current")
    assert (server / "current").is_symlink()
    assert (tmp_path / "home" / ".ssh" / "id_deploy").stat().st_mode & 0o777 == 0o600


def test_forgejo_builds_a_preview(runner: Runner):
    runner.run_actions("forgejo-publish.yml", "preview")
    assert_is_preview(runner.folder / "vorschau")
