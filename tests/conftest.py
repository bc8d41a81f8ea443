"""What all tests share: a clock that stands still, a catalogue, ids that count up."""

import signal
from collections.abc import Callable
from datetime import datetime
from itertools import count

import pytest

from participation.catalogue import Catalogue
from tests.factories import NOON, make_catalogue

pytest_plugins = ["tests.servers.fixtures", "tests.unmeasured"]


def pytest_configure() -> None:
    """Let processes of the tests be interrupted, even if the tests themselves cannot be.

    A shell that runs the tests in the background has them ignore the signal, and whatever they
    start would inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


LONGEST = {"test_laws.py", "test_cached_builds.py", "test_accessibility.py"}  # minutes each


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin what takes longest first, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that shows NOON, inside the window of the catalogue's document."""
    return Clock(NOON)


@pytest.fixture
def catalogue() -> Catalogue:
    """One document, ``leitlinien``, with one version of three paragraphs."""
    return make_catalogue()


@pytest.fixture
def new_id() -> Callable[[], str]:
    """Ids in the form of UUIDs that count up."""
    numbers = count(1)
    return lambda: f"00000000-0000-7000-8000-{next(numbers):012d}"
