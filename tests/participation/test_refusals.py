"""Refusals and faults are two families, and every refusal has a code of its own."""

import ast
import sys
from pathlib import Path

import pytest

from participation import faults, refusals
from participation.faults import Fault
from participation.refusals import IdempotencyKeyReused, Refusal, UnknownContribution


def refusal_classes() -> list[type[Refusal]]:
    return [
        value
        for value in vars(refusals).values()
        if isinstance(value, type) and issubclass(value, Refusal) and value is not Refusal
    ]


def test_every_refusal_has_a_code_of_its_own():
    codes = [refusal.code for refusal in refusal_classes()]
    assert len(set(codes)) == len(codes) > 0


def test_nothing_is_a_refusal_and_a_fault():
    assert not [one for one in vars(faults).values() if one in refusal_classes()]
    assert not issubclass(Fault, Refusal)


def test_refusals_say_in_plain_words_what_is_the_matter():
    assert str(UnknownContribution("c9")) == "There is no contribution 'c9'."
    assert "used before" in str(IdempotencyKeyReused())


@pytest.mark.parametrize("path", sorted(Path("participation").glob("*.py")), ids=str)
def test_the_rules_import_only_the_standard_library(path: Path):
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    assert imported <= {*sys.stdlib_module_names, "participation"}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
