"""One run of the contract for each store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comment_service.storage.opening import open_store
from comment_service.storage.protocol import ContributionStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an embedded store; it does not exist yet."""
    return tmp_path / "data"


@pytest.fixture(params=["memory", "embedded"])
def store(request: pytest.FixtureRequest, folder: Path) -> Iterator[ContributionStore]:
    """An empty store of each kind."""
    store = open_store({"memory": "memory:", "embedded": f"embedded:{folder}"}[request.param])
    yield store
    store.close()
