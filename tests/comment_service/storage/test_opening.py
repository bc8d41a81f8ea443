from pathlib import Path

import pytest

from comment_service.settings import BrokenSetting
from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.memory import MemoryStore
from comment_service.storage.opening import open_store


def test_each_address_opens_its_store(tmp_path: Path):
    assert isinstance(open_store("memory:"), MemoryStore)
    assert isinstance(open_store(f"embedded:{tmp_path}"), EmbeddedStore)


@pytest.mark.parametrize(
    "url", ["postgresql://user:geheim@host/db", "redis:x", "embedded:", "memory:x", "data", ""]
)
def test_an_address_that_names_no_store_is_refused_with_a_cure(url: str):
    with pytest.raises(BrokenSetting, match=r"RANDNOTIZ_STORE: .*; write embedded:") as refused:
        open_store(url)
    assert "geheim" not in str(refused.value)


def test_opening_touches_nothing(tmp_path: Path):
    open_store(f"embedded:{tmp_path / 'data'}")
    assert list(tmp_path.iterdir()) == []
