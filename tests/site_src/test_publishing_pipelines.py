"""The ready pipelines are YAML, call commands that exist, and keep publishing and preview apart."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import build
from site_src.messages import translator

DEPLOY = Path(__file__).parents[2] / "deploy"
PIPELINES = ("gitlab-ci.yml", "forgejo-publish.yml", "github-publish.yml")
ACTIONS = ("forgejo-publish.yml", "github-publish.yml")


def read(name: str) -> Any:
    return YAML(typ="safe").load((DEPLOY / name).read_text("utf-8"))


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a pipeline, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def calls(value: Any) -> Iterator[list[str]]:
    """Yield the arguments of every call of build.py."""
    for text in texts(value):
        for line in text.splitlines():
            words = shlex.split(line)
            places = [index for index, word in enumerate(words) if word.endswith("build.py")]
            yield from (words[index + 1 :] for index in places)


def jobs(name: str) -> Any:
    pipeline = read(name)
    if name == "gitlab-ci.yml":
        return {"publish": pipeline["pages"], "preview": pipeline["preview"]}
    return pipeline["jobs"]


@pytest.mark.parametrize("name", PIPELINES)
def test_every_call_is_understood(name: str):
    understood = [build.parser(translator("en")).parse_args(call) for call in calls(read(name))]
    assert [chosen.command for chosen in understood] == ["publish", "preview"]


@pytest.mark.parametrize("name", PIPELINES)
def test_one_job_publishes_and_another_one_previews(name: str):
    for job in ("publish", "preview"):
        ((command, *_),) = calls(jobs(name)[job])
        assert command == job


@pytest.mark.parametrize("name", PIPELINES)
def test_the_programs_come_from_a_repository_of_their_own(name: str):
    for text in texts(read(name)):
        for line in text.splitlines():
            if "build.py" in line:
                assert shlex.split(line)[0] in {
                    "$PROGRAMS/.venv/bin/python", "randnotiz/.venv/bin/python",
                }  # fmt: skip


def test_gitlab_publishes_the_main_branch_and_previews_merge_requests():
    pipeline = read("gitlab-ci.yml")
    assert pipeline["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    merge = '$CI_PIPELINE_SOURCE == "merge_request_event"'
    assert pipeline["preview"]["rules"] == [{"if": merge}]
    assert pipeline["variables"]["GIT_DEPTH"] == "0"


@pytest.mark.parametrize("name", ACTIONS)
def test_the_others_publish_the_main_branch_and_preview_pull_requests(name: str):
    assert read(name)["on"] == {"push": {"branches": ["main"]}, "pull_request": None}
    assert jobs(name)["publish"]["if"] == "github.event_name == 'push'"
    assert jobs(name)["preview"]["if"] == "github.event_name == 'pull_request'"


@pytest.mark.parametrize("name", ACTIONS)
def test_both_jobs_fetch_the_whole_history_of_the_texts(name: str):
    for job in jobs(name).values():
        (texts_step,) = (
            step for step in job["steps"] if step.get("with", {}).get("path") == "texts"
        )
        assert texts_step["with"]["fetch-depth"] == 0


@pytest.mark.parametrize("name", PIPELINES)
def test_a_preview_holds_no_secret(name: str):
    assert [text for text in texts(jobs(name)["preview"]) if "secrets." in text] == []
    assert "permissions" not in jobs(name)["preview"]
