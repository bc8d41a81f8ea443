"""The packages of a function: all that it may import, in the versions of everything else."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

HOUSE = Path(__file__).parents[2]
OURS = {"comment_service", "participation", "spreadsheets", "synopsis"}
NOT_IN_A_FUNCTION = (  # a store in a folder, files beside it, and the operators' commands
    "comment_service/storage/embedded",
    "comment_service/storage/migrations",
    "comment_service/storage/postgres/migrating.py",
    "comment_service/web/keeping_files.py",
)


def locked(name: str) -> dict[str, str]:
    """Return the packages of a lock file and their versions."""
    lines = (HOUSE / name).read_text("utf-8").splitlines()
    pins = (line.split(" ")[0].split("==") for line in lines if "==" in line and line[0] != " ")
    return {package.partition("[")[0].lower(): version for package, version in pins}


def imports(file: Path) -> Iterator[str]:
    """Return the topmost packages that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def modules() -> Iterator[Path]:
    for package in OURS:
        for file in (HOUSE / package).rglob("*.py"):
            if not str(file.relative_to(HOUSE)).startswith(NOT_IN_A_FUNCTION):
                yield file


def test_all_that_a_function_may_import_is_installed_with_it():
    known, packages = packages_distributions(), locked("requirements-function.lock")
    wanted = {name for file in modules() for name in imports(file)} - OURS - sys.stdlib_module_names
    missing = {
        name
        for name in wanted
        if not {package.lower().replace("_", "-") for package in known.get(name, ())}
        & set(packages)
    }
    assert missing == set()
    assert {"flask", "psycopg", "apig_wsgi"} <= wanted


def test_a_function_has_the_versions_of_everything_else():
    everything = locked("requirements.lock")
    for package, version in locked("requirements-function.lock").items():
        assert everything[package] == version
