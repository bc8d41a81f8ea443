"""Runs the jobs of the ready pipelines as a forge would: their own commands, in a fresh folder."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from ruamel.yaml import YAML

from tests.site_src.towns import Town, git

HOUSE = Path(__file__).parents[2]
DEPLOY = HOUSE / "deploy"
TAG = "v1.2.3"
PLACE = re.compile(r"\$\{\{ (?P<name>[\w.]+) \}\}")
OURS = ("RANDNOTIZ_", "GIT_", "CI_")  # what the surroundings say of these must not reach a job


def read_pipeline(name: str) -> Any:
    """Return a pipeline of ``deploy/``."""
    return YAML(typ="safe").load((DEPLOY / name).read_text("utf-8"))


def lay_down_programs(folder: Path, packages: Path) -> Path:
    """Put the programs, as they lie here, into a repository with a tag, and install them once.

    ``packages`` is where their packages lie: the installation finds them there and fetches
    none. Every clone has what was installed, by a link.
    """
    listed = subprocess.run(
        ["git", "-C", str(HOUSE), "ls-files", "-z"], check=True, capture_output=True, text=True
    )
    for name in listed.stdout.split("\0"):
        if name and (HOUSE / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HOUSE / name, folder / name)
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    subprocess.run(["make", "install"], cwd=folder, env=environment, check=True)
    (folder / ".venv").rename(folder.parent / "venv")
    (folder / ".venv").symlink_to(folder.parent / "venv")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message=Programme")
    git(folder, "tag", TAG)
    return folder


@dataclass(frozen=True, slots=True)
class Runner:
    """A folder in which a job runs, and what the forge and its settings tell it."""

    folder: Path
    programs: Path
    town: Town
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def commit(self) -> str:
        """The commit that the pipeline runs for."""
        return git(self.town.bare, "rev-parse", "main")

    def run_gitlab(self, name: str) -> None:
        """Clone the texts and run a job of ``gitlab-ci.yml``: first what comes before all jobs."""
        pipeline = read_pipeline("gitlab-ci.yml")
        git(self.folder.parent, "clone", "--quiet", str(self.town.bare), str(self.folder))
        given = {"CI_PROJECT_DIR": str(self.folder), "CI_COMMIT_SHA": self.commit}
        stated = {**pipeline["variables"], "RANDNOTIZ_URL": self.url, "RANDNOTIZ_TAG": TAG}
        filled = {key: Template(value).safe_substitute(given) for key, value in stated.items()}
        for line in [*pipeline["default"]["before_script"], *pipeline[name]["script"]]:
            self._shell(line, {**given, **filled})

    def run_actions(self, file: str, name: str) -> None:
        """Run the commands of a job, and of its actions the one that fetches a repository."""
        self.folder.mkdir(exist_ok=True)
        for step in read_pipeline(file)["jobs"][name]["steps"]:
            if "actions/checkout@" in step.get("uses", ""):
                self._check_out(step["with"])
            elif "run" in step:
                values = {key: self._filled(value) for key, value in step.get("env", {}).items()}
                self._shell(self._filled(step["run"]), {"GITHUB_SHA": self.commit, **values})

    @property
    def url(self) -> str:
        """The address of the programs."""
        return self.programs.as_uri()

    def _check_out(self, given: Mapping[str, str]) -> None:
        path = str(self.folder / given["path"])
        if "repository" in given:
            branch = self._filled(given["ref"])
            git(self.folder, "clone", "--quiet", "--depth=1", "--branch", branch, self.url, path)
        else:
            git(self.folder, "clone", "--quiet", str(self.town.bare), path)

    def _filled(self, text: str) -> str:
        known = {"vars.RANDNOTIZ_URL": self.url, "vars.RANDNOTIZ_TAG": TAG, **self.settings}
        return PLACE.sub(lambda match: known[match["name"]], text)

    def _shell(self, script: str, values: Mapping[str, str]) -> None:
        inherited = {key: it for key, it in os.environ.items() if not key.startswith(OURS)}
        home = self.folder.parent / "home"
        home.mkdir(exist_ok=True)
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=self.folder, env={**inherited, "HOME": str(home), **values},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
