import json
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.protocol import ContributionStore, Once
from participation.faults import StoreUnavailable
from tests.factories import make_contribution


@pytest.fixture
def store(folder: Path) -> EmbeddedStore:
    """An empty embedded store."""
    return EmbeddedStore(folder)


def start_writer(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.comment_service.storage.writer", str(folder)]
    return subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)


def kept(folder: Path) -> set[str]:
    return {entry.id for entry in EmbeddedStore(folder).of_document("leitlinien")}


def test_a_contribution_and_its_request_survive_a_restart(store, folder: Path):
    first = store.add(make_contribution(), once=Once("k1", "f1"))
    again = EmbeddedStore(folder)
    assert again.get("c1") == first
    assert again.taken(Once("k1", "f1")) == first


def test_two_stores_see_what_the_other_writes(store, folder: Path):
    other = EmbeddedStore(folder)
    store.add(make_contribution("c1"))
    other.add(make_contribution("c2"))
    store.add(make_contribution("c3"))
    assert [entry.id for entry in store.of_document("leitlinien")] == ["c1", "c2", "c3"]
    assert other.of_document("leitlinien") == store.of_document("leitlinien")


def test_two_processes_lose_nothing(folder: Path):
    writers = [start_writer(folder, prefix, "60") for prefix in ("a", "b")]
    acknowledged = {line for writer in writers for line in writer.communicate()[0].split()}
    assert len(acknowledged) == 120
    assert kept(folder) == acknowledged


@pytest.mark.parametrize("lines", [1, 17, 40])
def test_what_was_acknowledged_survives_a_kill(folder: Path, lines: int):
    writer = start_writer(folder, "a", "100000")
    assert writer.stdout is not None
    acknowledged = {writer.stdout.readline().strip() for _ in range(lines)}
    writer.kill()
    acknowledged |= {line for line in writer.communicate()[0].split("\n") if line}
    assert kept(folder) >= acknowledged
    EmbeddedStore(folder).add(make_contribution("next"))
    assert kept(folder) >= acknowledged | {"next"}


def test_a_full_disk_refuses_and_keeps_what_it_has(folder: Path):
    # A limit on the size of files stands in for the disk: no mount is needed.
    answer, _ = start_writer(folder, "a", "1000", "5000").communicate()
    *acknowledged, refused = answer.splitlines()
    assert refused.startswith("refused: ")
    assert len(acknowledged) > 3
    assert kept(folder) == set(acknowledged)
    assert {path.name for path in folder.iterdir()} == {"contributions.json", "lock"}


@pytest.fixture(
    params=["file in place of the folder", "damaged", "empty", "other JSON", "not UTF-8", "foreign"]
)
def unusable(request: pytest.FixtureRequest, folder: Path) -> EmbeddedStore:
    if request.param == "file in place of the folder":
        folder.write_text("")
        return EmbeddedStore(folder)
    folder.mkdir()
    content = {
        "damaged": b'{"contributions": {"c1": {"id": "c',
        "empty": b"",
        "other JSON": b"[" * 5000,
        "not UTF-8": b'{"contributions": {"c1": {"id": "\xc4"}}}',
        "foreign": b'{"contributions": {"c1": {"ref": {"document": "leitlinien"}, "once": null}}}',
    }
    (folder / "contributions.json").write_bytes(content[request.param])
    return EmbeddedStore(folder)


def test_a_store_that_cannot_be_read_says_so(unusable: ContributionStore):
    with pytest.raises(StoreUnavailable):
        unusable.of_document("leitlinien")
    with pytest.raises(StoreUnavailable):
        unusable.get("c1")


def test_a_damaged_file_is_never_overwritten(folder: Path):
    folder.mkdir()
    file = folder / "contributions.json"
    file.write_text('{"contributions": {"c1"')
    store = EmbeddedStore(folder)
    with pytest.raises(StoreUnavailable, match="damaged"):
        store.add(make_contribution("c2"))
    with pytest.raises(StoreUnavailable, match="damaged"):
        store.check()
    assert file.read_text() == '{"contributions": {"c1"'


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "data").write_text("")
    store = EmbeddedStore(tmp_path / "data")
    for attempt in (store.check, store.secret, lambda: store.add(make_contribution())):
        with pytest.raises(StoreUnavailable, match=str(tmp_path / "data")):
            attempt()


def test_a_store_recovers_when_its_file_is_mended(store, folder: Path):
    store.add(make_contribution("c1"))
    whole = (folder / "contributions.json").read_bytes()
    (folder / "contributions.json").write_bytes(b"{")
    with pytest.raises(StoreUnavailable):
        store.get("c1")
    (folder / "contributions.json").write_bytes(whole)
    assert store.get("c1") == make_contribution("c1")


def test_a_file_that_has_vanished_does_not_look_like_an_empty_store(store, folder: Path):
    store.add(make_contribution("c1"))
    (folder / "contributions.json").unlink()
    with pytest.raises(StoreUnavailable):
        store.of_document("leitlinien")
    with pytest.raises(StoreUnavailable):
        store.add(make_contribution("c2"))


def test_a_lock_that_is_never_given_back_is_named(folder: Path):
    folder.mkdir()
    with FileLock(folder / "lock"), pytest.raises(StoreUnavailable, match="another process"):
        EmbeddedStore(folder, patience=0.01).check()


def test_the_secret_survives_a_restart_and_is_for_its_owner_only(store, folder: Path):
    assert EmbeddedStore(folder).secret() == store.secret()
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"kurz"])
def test_a_damaged_secret_is_a_fault(store, folder: Path, content: bytes):
    folder.mkdir()
    (folder / "secret").write_bytes(content)
    with pytest.raises(StoreUnavailable, match="secret is damaged"):
        store.secret()


def test_two_folders_have_different_secrets(store, tmp_path: Path):
    assert EmbeddedStore(tmp_path / "other").secret() != store.secret()


def test_contributions_are_for_their_owner_only(store, folder: Path):
    store.add(make_contribution())
    assert (folder / "contributions.json").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_file_is_json_that_people_can_read(store, folder: Path):
    store.add(make_contribution("c1", text="Mehr Bänke"))
    rows = json.loads((folder / "contributions.json").read_text("utf-8"))["contributions"]
    assert rows["c1"]["text"] == "Mehr Bänke"
