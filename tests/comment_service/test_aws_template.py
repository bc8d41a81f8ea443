"""The template for AWS names what there is."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from comment_service.fetching import LONGEST, PATIENCE
from comment_service.settings import declared

TEMPLATE = Path(__file__).parents[2] / "deploy" / "aws" / "template.yaml"


@pytest.fixture
def function() -> dict[str, Any]:
    template = YAML().load(TEMPLATE.read_text("utf-8"))
    properties: dict[str, Any] = template["Resources"]["CommentService"]["Properties"]
    return properties


def test_the_handler_is_there(function: dict[str, Any]):
    module, _, name = function["Handler"].rpartition(".")
    specification = importlib.util.find_spec(module)  # not imported: it would ask for a store
    assert specification is not None
    assert specification.origin is not None
    assert f"\ndef {name}(" in Path(specification.origin).read_text("utf-8")


def test_every_variable_is_a_setting(function: dict[str, Any]):
    assert set(function["Environment"]["Variables"]) <= set(declared())


def test_an_answer_may_take_as_long_as_the_catalogue(function: dict[str, Any]):
    assert function["Timeout"] > LONGEST + PATIENCE
