"""One run of the contract for each store: name a new one in STORES and say where it lies."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Store

STORES = [
    "memory",
    "embedded",
    pytest.param("postgres", marks=pytest.mark.postgres),
    pytest.param("pooled postgres", marks=pytest.mark.postgres),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an embedded store; it does not exist yet."""
    return tmp_path / "data"


@pytest.fixture(params=STORES)
def new_url(request: pytest.FixtureRequest, folder: Path) -> Callable[[], str]:
    """Returns the address of an empty store of each kind: of another one at every call."""
    numbers = count(1)
    match request.param:
        case "memory":
            return lambda: "memory:"
        case "embedded":
            return lambda: f"embedded:{folder / str(next(numbers))}"
        case "postgres":
            return cast("Callable[[], str]", request.getfixturevalue("empty_database"))
        case "pooled postgres":
            return cast("Callable[[], str]", request.getfixturevalue("pooled_database"))
    raise AssertionError(request.param)


@pytest.fixture
def store(new_url: Callable[[], str]) -> Iterator[Store]:
    """An empty store of each kind."""
    store = open_store(new_url())
    yield store
    store.close()
