import subprocess
import sys
from pathlib import Path

import pytest

from comment_service.settings import BrokenSetting
from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.memory import MemoryStore
from comment_service.storage.opening import open_store
from comment_service.storage.postgres.store import PostgresStore

DATABASE = "postgresql://user:geheim@localhost/randnotiz"
LIBRARIES = {"tinydb", "filelock", "sqlalchemy", "psycopg", "alembic"}


def test_each_address_opens_its_store(tmp_path: Path):
    assert isinstance(open_store("memory:"), MemoryStore)
    assert isinstance(open_store(f"embedded:{tmp_path}"), EmbeddedStore)
    assert isinstance(open_store(DATABASE), PostgresStore)
    assert isinstance(open_store(DATABASE.replace("postgresql:", "postgres:")), PostgresStore)


@pytest.mark.parametrize(
    "url", ["redis:x", "mysql://a:geheim@b/c", "embedded:", "memory:x", "data", ""]
)
def test_an_address_that_names_no_store_is_refused_with_a_cure(url: str):
    with pytest.raises(BrokenSetting, match=r"RANDNOTIZ_STORE: .*; write embedded:") as refused:
        open_store(url)
    assert "geheim" not in str(refused.value)


def test_opening_touches_nothing(tmp_path: Path):
    open_store(f"embedded:{tmp_path / 'data'}")
    open_store(DATABASE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "used"),
    [
        ("memory:", set()),
        ("embedded:data", {"tinydb", "filelock"}),
        (DATABASE, {"sqlalchemy", "psycopg"}),
    ],
)
def test_no_store_loads_the_libraries_of_another(url: str, used: set[str]):
    opened = f"""
import sys
from comment_service.storage.opening import open_store
open_store({url!r})
print(*{LIBRARIES!r} & set(sys.modules))
"""
    loaded = subprocess.run([sys.executable, "-c", opened], capture_output=True, check=True)
    assert set(loaded.stdout.decode().split()) == used
