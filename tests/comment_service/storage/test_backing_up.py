"""Backups of every store, made while it changes, and what is made of them."""

import gzip
import stat
from pathlib import Path

import pytest

from comment_service.storage.backing_up import back_up, restore
from comment_service.storage.backup_file import DamagedBackup, read_backup
from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import Change, Kept, Once, Stock, Store, StoreInUse
from comment_service.storage.verifying import verify
from participation.contribution import ContributionStatus
from participation.log_chain import Logged, first_break
from tests.comment_service.storage.logs import logged
from tests.comment_service.storage.test_copying import hide, nothing, publish_again
from tests.factories import (
    NOON,
    make_account,
    make_contribution,
    make_decision,
    make_log_entry,
    make_support,
)

ONCE = Once("0" * 64, "1" * 64)
RELEASES = Path(__file__).parent / "releases"


@pytest.fixture
def full(store: Store) -> Store:
    """Each kind of store, with three contributions."""
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2", text="Ä\n😀"), once=ONCE)
    store.add(make_contribution("c3"))
    hide(store, "c3", "l1")
    return store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.jsonl.gz"


def restored(file: Path) -> MemoryStore:
    target = MemoryStore()
    assert restore(target, read_backup(file), nothing).same
    assert verify(target, None, nothing).problems == ()
    return target


def test_a_restored_store_keeps_the_same(full: Store, file: Path):
    done = back_up(full, file, NOON, nothing).end()
    assert (done.contributions, done.entries) == (3, 1)
    target = restored(file)
    assert list(target.stock()) == list(full.stock())
    assert target.secret() == full.secret()
    assert target.taken(ONCE) == full.get("c2")


def test_every_store_is_restored(file: Path, store: Store):
    source = MemoryStore()
    source.add(make_contribution("c1"), once=ONCE)
    hide(source, "c1", "l1")
    back_up(source, file, NOON, nothing)
    compared = restore(store, read_backup(file), nothing)
    assert (compared.same, compared.contributions, compared.entries) == (True, 1, 1)
    assert list(store.stock()) == list(source.stock())
    assert store.secret() == source.secret()


def test_a_backup_says_what_it_is_and_when_it_was_made(full: Store, file: Path):
    back_up(full, file, NOON, nothing)
    assert read_backup(file).head.made_at == NOON


def test_only_its_owner_reads_a_backup(full: Store, file: Path):
    back_up(full, file, NOON, nothing)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.glob("*backup*")] == [file.name]


def test_what_is_changed_meanwhile_is_in_step_with_the_log(full: Store, file: Path):
    def change(_: int) -> None:
        if len(full.log()) == 1:
            hide(full, "c1", "l2")
            publish_again(full, "c1", "l3")
            publish_again(full, "c3", "l4")

    back_up(full, file, NOON, change)
    target = restored(file)
    assert list(target.stock()) == list(full.stock())


def test_what_comes_in_after_the_contributions_were_written_is_there_with_its_changes(
    full: Store, file: Path
):
    def bring(_: int) -> None:
        if len(full.log()) == 1:
            full.add(make_contribution("c0"), once=Once("k0", "f0"))
            hide(full, "c0", "l2")
            hide(full, "c1", "l3")

    back_up(full, file, NOON, bring)
    target = restored(file)
    assert list(target.stock()) == list(full.stock())
    assert target.taken(Once("k0", "f0")) == full.get("c0")


def test_a_backup_is_never_overwritten(full: Store, file: Path):
    back_up(full, file, NOON, nothing)
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        back_up(full, file, NOON, nothing)
    assert file.read_bytes() == before


def test_what_came_there_meanwhile_is_not_overwritten(full: Store, file: Path):
    def bring(_: int) -> None:
        file.write_bytes(b"mine")

    with pytest.raises(FileExistsError):
        back_up(full, file, NOON, bring)
    assert file.read_bytes() == b"mine"
    assert len(list(file.parent.glob("*backup*"))) == 1


def test_a_backup_that_breaks_off_leaves_nothing(full: Store, file: Path):
    def break_off(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(full, file, NOON, break_off)
    assert list(file.parent.glob("*backup*")) == []


def test_nothing_is_restored_into_a_store_that_keeps_something(full: Store, file: Path):
    back_up(full, file, NOON, nothing)
    before = list(full.stock())
    with pytest.raises(StoreInUse):
        restore(full, read_backup(file), nothing)
    assert list(full.stock()) == before


@pytest.fixture
def whole(file: Path) -> bytes:
    """The content of a backup."""
    source = MemoryStore()
    source.add(make_contribution("c1"), once=ONCE)
    hide(source, "c1", "l1")
    back_up(source, file, NOON, nothing)
    return file.read_bytes()


def test_any_missing_end_is_noticed(file: Path, whole: bytes):
    assert read_backup(file)
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(DamagedBackup):
            read_backup(file)


def test_any_changed_byte_is_noticed(file: Path, whole: bytes):
    lines = gzip.decompress(whole)
    for place in range(len(lines)):
        changed = lines[:place] + bytes([lines[place] ^ 1]) + lines[place + 1 :]
        file.write_bytes(gzip.compress(changed, 0))
        with pytest.raises(DamagedBackup):
            read_backup(file)


def test_a_line_after_the_end_is_noticed(file: Path, whole: bytes):
    lines = gzip.decompress(whole)
    file.write_bytes(gzip.compress(lines + lines.splitlines(keepends=True)[-1]))
    with pytest.raises(DamagedBackup):
        read_backup(file)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (b"", "is no backup"),
        (b"{}", "a line cannot be read"),
        (b"\xff", "a line cannot be read"),
        (
            b'{"is":"end","contributions":0,"decisions":0,"accounts":0,"entries":0,"sha256":""}\n',
            "is no backup",
        ),
        (
            b'{"is":"randnotiz-backup","format":4,"made_at":"2026-01-01T00:00:00Z","secret":""}\n',
            "made by a newer release",
        ),
    ],
)
def test_what_is_no_backup_is_told(file: Path, lines: bytes, reason: str):
    file.write_bytes(gzip.compress(lines))
    with pytest.raises(DamagedBackup, match=reason):
        read_backup(file)


def test_a_file_that_is_not_packed_is_no_backup(file: Path):
    file.write_bytes(b"Hallo")
    with pytest.raises(DamagedBackup, match="is no backup"):
        read_backup(file)


def test_a_backup_of_an_earlier_release_is_restored(file: Path, store: Store):
    file.write_bytes(gzip.compress((RELEASES / "backup-1.jsonl").read_bytes()))
    backup = read_backup(file)
    assert (backup.head.format, backup.end.contributions, backup.end.entries) == (1, 2, 2)
    assert restore(store, backup, nothing).same
    text = "Mehr Bänke\n& 'Bäume' 👩‍👩‍👧"
    assert [kept for part in store.stock() for kept in part.contributions] == [
        Kept(make_contribution("c1", text=text), Once("k1", "f1")),
        Kept(make_contribution("c2", status=ContributionStatus.HIDDEN), Once("k2", "f2")),
    ]
    assert [entry.subject for entry in logged(store)] == ["c2", "c1"]
    assert verify(store, None, nothing).problems == ()
    assert store.secret() == b"s" * 32


def test_a_backup_of_a_release_without_supports_is_restored(file: Path):
    file.write_bytes(gzip.compress((RELEASES / "backup-2.jsonl").read_bytes()))
    backup, store = read_backup(file), MemoryStore()
    assert (backup.head.format, backup.end.supports) == (2, 0)
    assert restore(store, backup, nothing).same
    assert [one.id for one in store.of_document("leitlinien")] == ["c1", "c2"]
    assert store.decision("d1") == make_decision("d1")


def test_supports_are_restored_too(full: Store, file: Path):
    full.change([Change(None, make_support(f"s{number}")) for number in (1, 2)], [])
    assert back_up(full, file, NOON, nothing).end().supports == 2
    target = restored(file)
    assert list(target.stock()) == list(full.stock())
    assert [one.id for one in target.supports("leitlinien")] == ["s1", "s2"]


def test_decisions_and_accounts_are_restored_too(full: Store, file: Path):
    full.change([Change(None, make_decision("d1")), Change(None, make_account("a1"))], [])

    def meanwhile(_: int) -> None:
        if len(full.log()) == 1:
            changes = [
                Change(make_decision("d1"), make_decision("d1", version=2)),
                Change(None, make_decision("d0")),
                Change(None, make_account("a0")),
                Change(make_account("a1"), make_account("a1", failures=1)),
            ]
            subjects = [change.changed.id for change in changes]
            full.change(changes, [make_log_entry(f"l-{each}", subject=each) for each in subjects])

    written = back_up(full, file, NOON, meanwhile).end()
    assert (written.decisions, written.accounts, written.entries) == (2, 2, 5)
    target = restored(file)
    assert list(target.stock()) == list(full.stock())
    assert first_break(target.log()) is None


def test_a_broken_chain_is_restored_as_it_was(file: Path):
    forged = Logged(make_log_entry(), "0" * 64)
    source = MemoryStore()
    source.add(make_contribution("c1", status=ContributionStatus.HIDDEN))
    source.take_over(Stock(log=(forged,)))
    back_up(source, file, NOON, nothing)
    target = MemoryStore()
    assert restore(target, read_backup(file), nothing).same
    assert first_break(target.log()) == forged
