"""A tiny whole site in a folder of its own, and what is wrong with it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from site_src.building import Order, check_content
from site_src.messages import Message, translator
from site_src.places import Places
from site_src.problems import Level
from tests.site_src.repositories import Commit, begin, commit_all

TINY = Path(__file__).parents[1] / "data" / "tiny"
TODAY = date(2024, 3, 20)  # inside the window of the tiny site's document
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}

Write = Callable[[str, str], None]
Edit = Callable[[str, str, str], None]


def ignore(line: Message) -> None:
    """Take a line of progress and do nothing."""


def order_for(places: Places, **changed: object) -> Order:
    """Return an order on the tiny site's day."""
    given: dict[str, object] = {
        "places": places,
        "service": "",
        "today": TODAY,
        "environment": ENVIRONMENT,
        "say": ignore,
    }
    return Order(**{**given, **changed})  # type: ignore[arg-type]  # given above


def copy_tiny(folder: Path) -> Places:
    """Copy the tiny site to a folder."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    return Places(folder / "content", folder / "house", folder / "site")


@pytest.fixture
def tiny(tmp_path: Path) -> Places:
    """The tiny site: two documents, one meeting, three dates, one page; without history."""
    return copy_tiny(tmp_path)


@pytest.fixture
def write(tiny: Places) -> Write:
    """Write a file of the tiny site's content."""

    def writing(path: str, text: str) -> None:
        file = tiny.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    return writing


@pytest.fixture
def edit(tiny: Places) -> Edit:
    """Replace some text in a file of the tiny site."""

    def editing(path: str, old: str, new: str) -> None:
        file = tiny.content / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return editing


@pytest.fixture
def problems(tiny: Places) -> Callable[[], list[str]]:
    """What is wrong with the tiny site, hints included, in English; missing history aside."""

    def checking() -> list[str]:
        found = check_content(order_for(tiny)).problems
        return [
            problem.in_words(translator("en"))
            for problem in found
            if problem.level is not Level.WARNING
        ]

    return checking


@pytest.fixture
def repository(tiny: Places) -> Path:
    """The tiny site's content in a repository without a commit."""
    begin(tiny.content)
    return tiny.content


@pytest.fixture
def commit(repository: Path) -> Commit:
    """Commit all that changed on a day, and return the commit."""
    return lambda day: commit_all(repository, day)
