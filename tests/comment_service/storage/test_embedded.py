import json
import logging
import os
from pathlib import Path
from threading import Thread

import msgspec
import pytest
from filelock import FileLock
from tinydb import TinyDB, where

from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.embedded.journal import FORMAT, NAME
from comment_service.storage.protocol import Change, DuplicateRecord, Kept, Once, Stock
from participation.faults import StoreUnavailable
from participation.refusals import UnknownContribution
from tests.comment_service.storage.logs import logged
from tests.comment_service.storage.writing import kept, start_writer
from tests.factories import make_contribution, make_log_entry

JOURNAL = "contributions.journal"


@pytest.fixture
def store(folder: Path) -> EmbeddedStore:
    """An empty embedded store."""
    return EmbeddedStore(folder)


@pytest.fixture
def lines_pass_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let log lines reach ``caplog``, whatever another test has configured."""
    monkeypatch.setattr(logging.getLogger("comment_service"), "propagate", True)


def fill(folder: Path, *ids: str) -> None:
    store = EmbeddedStore(folder)
    for contribution_id in ids:
        store.add(make_contribution(contribution_id))
    store.close()


def flip(path: Path, at: int) -> None:
    """Damage one byte."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def test_a_contribution_and_its_request_survive_a_restart(store, folder: Path):
    first = store.add(make_contribution(), once=Once("k1", "f1"))
    again = EmbeddedStore(folder)
    assert again.get("c1") == first
    assert again.taken(Once("k1", "f1")) == first


def test_a_write_adds_what_it_writes_whatever_is_stored(store, folder: Path):
    sizes = []
    for number in range(3):
        before = (folder / JOURNAL).stat().st_size if number else 0
        store.add(make_contribution(f"c{number}"))
        sizes.append((folder / JOURNAL).stat().st_size - before)
        store.take_over(
            Stock(tuple(Kept(make_contribution(f"s{number}-{i}"), None) for i in range(500)))
        )
        sizes[-1] = sizes[-1] if number else sizes[-1] - len(NAME) - 28  # the header
    assert len(set(sizes)) == 1


def test_reading_what_was_never_written_makes_nothing(store, folder: Path):
    assert store.of_document("leitlinien") == []
    assert store.on_paragraphs([make_contribution().ref]) == []
    assert logged(store) == []
    assert list(store.stock()) == []
    assert store.state("leitlinien") == "0"
    assert store.taken(Once("k1", "f1")) is None
    assert store.verify() == []
    with pytest.raises(UnknownContribution):
        store.get("c1")
    assert not folder.exists()


def test_two_stores_see_what_the_other_writes(store, folder: Path):
    other = EmbeddedStore(folder)
    store.add(make_contribution("c1"))
    other.add(make_contribution("c2"))
    store.add(make_contribution("c3"))
    assert [entry.id for entry in store.of_document("leitlinien")] == ["c1", "c2", "c3"]
    assert other.of_document("leitlinien") == store.of_document("leitlinien")


def test_the_state_tells_what_another_process_wrote(store, folder: Path):
    other = EmbeddedStore(folder)
    store.add(make_contribution("c1"))
    before = other.state("leitlinien")
    store.add(make_contribution("c2"))
    assert other.state("leitlinien") != before
    assert other.state("leitlinien") == store.state("leitlinien")


def test_what_a_child_process_writes_is_seen_by_its_parent(store):
    store.add(make_contribution("c1"))
    child = os.fork()
    if child == 0:
        store.add(make_contribution("c2"))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    store.add(make_contribution("c3"))
    assert [entry.id for entry in store.of_document("leitlinien")] == ["c1", "c2", "c3"]


def test_many_writers_of_one_process_share_their_turns(store, folder: Path):
    def add(prefix: int) -> None:
        for number in range(25):
            store.add(make_contribution(f"{prefix}-{number}"))

    threads = [Thread(target=add, args=(prefix,)) for prefix in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(folder)) == 400


def test_a_refused_wish_does_not_spoil_those_of_its_group(store, folder: Path):
    store.add(make_contribution("c1"))
    refused = []

    def add(contribution_id: str) -> None:
        try:
            store.add(make_contribution(contribution_id))
        except DuplicateRecord:
            refused.append(contribution_id)

    threads = [Thread(target=add, args=(name,)) for name in ("c2", "c1", "c3", "c3")]
    with FileLock(folder / "lock"):  # all wait, and are carried out together
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refused) == ["c1", "c3"]
    assert kept(folder) == {"c1", "c2", "c3"}


def test_folder_and_files_are_for_their_owner_only(store, folder: Path):
    store.add(make_contribution())
    store.secret()
    store.compact()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_the_journal_is_text_that_people_can_read(store, folder: Path):
    store.add(make_contribution("c1", text="Mehr Bänke"))
    header, record = (folder / JOURNAL).read_text("utf-8").splitlines()
    assert header.startswith("randnotiz-journal 4 ")
    assert json.loads(record.split(" ", 4)[4])["contributions"][0]["text"] == "Mehr Bänke"


def test_plain_tinydb_reads_the_folder_after_a_compaction(store, folder: Path):
    first = store.add(make_contribution("c1", text="Mehr Bänke"))
    store.add(make_contribution("c2"))
    store.change([Change(first, make_contribution("c1", text="Weniger Bänke"))], [make_log_entry()])
    store.compact()
    with TinyDB(folder / "contributions.json", encoding="utf-8") as database:
        rows = database.table("contributions")
        assert [row["text"] for row in rows.search(where("id") == "c1")] == ["Weniger Bänke"]
        assert len(rows) == 2
        assert [row["subject"] for row in database.table("log").all()] == ["c1"]


def test_a_compaction_keeps_everything_and_takes_less_room(store, folder: Path):
    kept_ones = [store.add(make_contribution("c1"), once=Once("k1", "f1"))]
    for number in range(20):
        kept_ones.append(make_contribution("c1", text=f"Fassung {number}"))
        store.change([Change(kept_ones[-2], kept_ones[-1])], [make_log_entry(f"l{number}")])
    store.add(make_contribution("c2"))
    before, size = list(store.stock()), (folder / JOURNAL).stat().st_size
    store.compact()
    assert list(store.stock()) == before
    assert list(EmbeddedStore(folder).stock()) == before
    assert (folder / JOURNAL).stat().st_size < size


def test_a_journal_that_is_mostly_waste_is_compacted_unasked(folder: Path):
    store = EmbeddedStore(folder, waste=20_000)
    seen = store.add(make_contribution("c1", text="a" * 1000))
    for number in range(60):
        changed = make_contribution("c1", text=f"{number}" * 1000)
        store.change([Change(seen, changed)], [make_log_entry(f"l{number}")])
        seen = changed
    store.close()
    assert (folder / JOURNAL).stat().st_size < 60 * 1000
    assert EmbeddedStore(folder).get("c1") == seen
    assert len(EmbeddedStore(folder).log()) == 60


def test_others_follow_a_compaction(store, folder: Path):
    other = EmbeddedStore(folder)
    store.add(make_contribution("c1"))
    assert other.get("c1")
    store.compact()
    store.add(make_contribution("c2"))
    assert [entry.id for entry in other.of_document("leitlinien")] == ["c1", "c2"]
    other.add(make_contribution("c3"))
    assert store.get("c3")


def test_a_journal_that_was_exchanged_is_read_before_others_wait(folder: Path):
    """A turn that finds another journal, or much to read, is given back and taken again."""
    other = EmbeddedStore(folder)
    other.add(make_contribution("c0"))
    with FileLock(folder / "lock"):
        waiting = Thread(target=other.add, args=(make_contribution("c1"),))
        waiting.start()
        grown = EmbeddedStore(folder.with_name("grown"))
        for number in range(200):
            grown.add(make_contribution(f"g{number}", text="a" * 1000))
        grown.snapshot(folder.with_name("copy"))
        (folder.with_name("copy") / JOURNAL).replace(folder / JOURNAL)
    waiting.join()
    assert len(kept(folder)) == 201


@pytest.mark.usefixtures("lines_pass_on")
def test_a_failed_compaction_is_logged_and_the_store_goes_on(
    folder: Path, caplog: pytest.LogCaptureFixture
):
    store = EmbeddedStore(folder, waste=1000)
    seen = store.add(make_contribution("c1"))
    (folder / f"{JOURNAL}.new").mkdir()  # nothing can be written aside
    with caplog.at_level(logging.WARNING):
        for number in range(20):
            changed = make_contribution("c1", text=f"{number}" * 100)
            store.change([Change(seen, changed)], [make_log_entry(f"l{number}")])
            seen = changed
        store.close()
    assert "compaction-failed" in {record.message for record in caplog.records}
    assert EmbeddedStore(folder).get("c1") == seen


def test_an_unasked_compaction_leaves_the_work_to_another_one_that_runs(folder: Path):
    store = EmbeddedStore(folder, waste=1000)
    seen = store.add(make_contribution("c1"))
    header = (folder / JOURNAL).read_bytes()[:46]
    with FileLock(folder / "compacting"):
        for number in range(20):
            changed = make_contribution("c1", text=f"{number}" * 100)
            store.change([Change(seen, changed)], [make_log_entry(f"l{number}")])
            seen = changed
        store.close()
    assert (folder / JOURNAL).read_bytes()[:46] == header


def test_two_compactions_at_once_are_one_too_many(store, folder: Path):
    store.add(make_contribution())
    with (
        FileLock(folder / "compacting"),
        pytest.raises(StoreUnavailable, match="is being compacted already; wait"),
    ):
        store.compact()


def test_what_is_written_during_a_compaction_is_kept(store, folder: Path):
    for number in range(50):
        store.add(make_contribution(f"c{number}"))
    other = EmbeddedStore(folder)

    def write_meanwhile(done: int, _: int) -> None:
        other.add(make_contribution(f"m{done}", text="a" * 4000))  # more than waits for the lock

    store.compact(write_meanwhile)
    assert len(kept(folder)) == 50 + 51
    assert store.verify() == []


def test_a_compaction_that_does_not_succeed_leaves_all_as_it_was(store, folder: Path):
    store.add(make_contribution())
    before = (folder / JOURNAL).read_bytes()

    def fail(_done: int, _all: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreUnavailable, match="No space left"):
        store.compact(fail)
    assert (folder / JOURNAL).read_bytes() == before
    assert not (folder / f"{JOURNAL}.new").exists()


def test_a_snapshot_is_a_folder_of_its_own(store, tmp_path: Path):
    store.add(make_contribution("c1"), once=Once("k1", "f1"))
    store.snapshot(tmp_path / "copy")
    store.add(make_contribution("c2"))
    copy = EmbeddedStore(tmp_path / "copy")
    assert [entry.id for entry in copy.of_document("leitlinien")] == ["c1"]
    assert copy.secret() == store.secret()
    copy.add(make_contribution("c3"))
    assert copy.verify() == []


def test_a_snapshot_of_nothing_has_the_secret(store, tmp_path: Path):
    store.snapshot(tmp_path / "copy")
    assert EmbeddedStore(tmp_path / "copy").secret() == store.secret()


def test_a_snapshot_does_not_overwrite_anything(store, tmp_path: Path):
    store.add(make_contribution("c1"))
    (tmp_path / "notes").write_text("")
    with pytest.raises(StoreUnavailable, match="is not empty; name a folder"):
        store.snapshot(tmp_path)


def test_a_plain_copy_of_a_folder_in_use_is_a_whole_store(store, folder: Path, tmp_path: Path):
    store.add(make_contribution("c1"))
    journal = (folder / JOURNAL).read_bytes()
    store.add(make_contribution("c2"))
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / JOURNAL).write_bytes(journal)  # copied first, the lock later
    (tmp_path / "copy" / "lock").write_bytes((folder / "lock").read_bytes())
    assert kept(tmp_path / "copy") == {"c1"}


def test_a_whole_folder_has_no_problems(store):
    first = store.add(make_contribution(), once=Once("k1", "f1"))
    store.change([Change(first, make_contribution(text="anders"))], [make_log_entry()])
    assert store.verify() == []


def test_damage_that_comes_after_reading_is_found(store, folder: Path):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    content = (folder / JOURNAL).read_bytes()
    with (folder / JOURNAL).open("r+b") as file:
        file.seek(content.index(b"Ada"))
        file.write(b"Eva")
    [problem] = store.verify()
    assert f"{JOURNAL} is damaged at byte 46" in problem


def test_a_row_that_is_no_contribution_is_found(store, folder: Path):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    with (folder / JOURNAL).open("r+b") as file:  # an id that is another one is found too
        content = file.read()
        file.seek(content.index(b'"published"'))
        file.write(b'"forgotten"')
    assert [problem for problem in store.verify() if "contribution c1 cannot be read" in problem]


def test_a_full_disk_refuses_and_keeps_what_it_has(folder: Path):
    # A limit on the size of files stands in for the disk: no mount is needed.
    answer, _ = start_writer(folder, "a", "1000", "5000").communicate()
    *acknowledged, refused = answer.splitlines()
    assert refused.startswith("refused: ")
    assert len(acknowledged) > 3
    assert kept(folder) == set(acknowledged)
    assert {path.name for path in folder.iterdir()} == {JOURNAL, "lock", "queue"}


@pytest.mark.parametrize("call", ["fdatasync", "pwrite"])
def test_after_a_write_that_failed_the_store_does_not_pretend(
    store, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
):
    store.add(make_contribution("c1"))

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        for _ in range(2):
            with pytest.raises(StoreUnavailable, match="Input/output error"):
                store.add(make_contribution("c2"), once=Once("k2", "f2"))
        assert store.taken(Once("k2", "f2")) is None
        with pytest.raises(UnknownContribution):
            store.get("c2")
    store.add(make_contribution("c3"))
    assert kept(folder) == {"c1", "c3"}
    assert store.verify() == []


def test_a_position_that_cannot_be_told_is_told_with_the_next_write(
    store, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    store.add(make_contribution("c1"))
    write, calls = os.pwrite, []

    def fail_at_the_second(descriptor: int, content: bytes, offset: int) -> int:
        calls.append(offset)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")
        return write(descriptor, content, offset)

    with monkeypatch.context() as broken:
        broken.setattr(os, "pwrite", fail_at_the_second)
        with pytest.raises(StoreUnavailable):
            store.add(make_contribution("c2"), once=Once("k2", "f2"))
    again = store.add(make_contribution("c4"), once=Once("k2", "f2"))
    assert again.id == "c2"  # it lay on the disk: who asks again gets what was taken
    assert EmbeddedStore(folder).of_document("leitlinien") == store.of_document("leitlinien")


@pytest.fixture(
    params=[
        "file in place of the folder",
        "damaged",
        "empty",
        "other JSON",
        "not UTF-8",
        "foreign",
        "copy",
    ]
)
def unusable(request: pytest.FixtureRequest, folder: Path) -> EmbeddedStore:
    """A folder that holds something else where format 1 had its file."""
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
        "copy": b'{"contributions": {}, "log": {}, "journal": {"1": {}}}',
    }
    (folder / "contributions.json").write_bytes(content[request.param])
    return EmbeddedStore(folder)


def test_a_store_that_cannot_be_read_says_so_and_changes_nothing(
    unusable: EmbeddedStore, folder: Path
):
    before = (
        folder.read_bytes() if folder.is_file() else (folder / "contributions.json").read_bytes()
    )
    for attempt in (
        lambda: unusable.of_document("leitlinien"),
        lambda: unusable.get("c1"),
        lambda: unusable.state("leitlinien"),
        lambda: unusable.add(make_contribution("c2")),
        unusable.check,
        unusable.compact,
    ):
        with pytest.raises(StoreUnavailable) as fault:
            attempt()
        assert "\n" not in str(fault.value)
    assert unusable.verify()
    after = (
        folder.read_bytes() if folder.is_file() else (folder / "contributions.json").read_bytes()
    )
    assert after == before


def test_a_folder_of_format_1_is_taken_over_without_loss(folder: Path):
    folder.mkdir()
    one, two = make_contribution("c1", text="Mehr Bänke"), make_contribution("c2")
    rows = {entry.id: plain(entry) | {"once": None} for entry in (one, two)}
    rows["c2"]["once"] = {"key": "k1", "fingerprint": "f1"}
    log = {"l1": plain(make_log_entry())}
    content = json.dumps({"contributions": rows, "log": log})
    (folder / "contributions.json").write_text(content)
    store = EmbeddedStore(folder)
    assert store.of_document("leitlinien") == [one, two]
    assert store.taken(Once("k1", "f1")) == two
    assert logged(store) == [make_log_entry()]
    assert (folder / "contributions.format-1.json").read_text() == content
    store.add(make_contribution("c3"))
    assert kept(folder) == {"c1", "c2", "c3"}


def plain(value: object) -> dict[str, object]:
    """The value as format 1 wrote it."""
    row: dict[str, object] = msgspec.to_builtins(value)
    return row


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a journal of Randnotiz; put the right file back"),
        (b"SQLite format 3\0" + bytes(100), "is not a journal of Randnotiz"),
        (b'{"contributions": {}}', "is not a journal of Randnotiz"),
        (
            NAME + b"%d 0123456789abcdef and more\n" % (FORMAT + 1),
            f"has format {FORMAT + 1}, this release knows up to {FORMAT}; update the service",
        ),
        (NAME + b"2 0123456789abcdef 00000000\n", "is damaged in its first line; restore"),
        (NAME + b"1 0123456789abcdef 00000000\n", "is damaged in its first line; restore"),
        (NAME + b"2 01", "is damaged in its first line; restore"),
    ],
)
def test_a_journal_with_a_foreign_header_is_left_alone(folder: Path, content: bytes, says: str):
    folder.mkdir()
    (folder / JOURNAL).write_bytes(content)
    store = EmbeddedStore(folder)
    for attempt in (store.check, lambda: store.add(make_contribution()), store.log):
        with pytest.raises(StoreUnavailable, match=f"{JOURNAL} {says}"):
            attempt()
    assert (folder / JOURNAL).read_bytes() == content


def test_damage_in_the_middle_is_told_and_nothing_is_touched(folder: Path):
    fill(folder, "c1", "c2", "c3")
    journal = folder / JOURNAL
    second = journal.read_bytes().index(b'"c2"')
    flip(journal, second)
    damaged = journal.read_bytes()
    store = EmbeddedStore(folder)
    for attempt in (store.check, lambda: store.get("c1"), lambda: store.add(make_contribution())):
        with pytest.raises(StoreUnavailable, match=r"damaged at byte \d+: .*restore the folder"):
            attempt()
    assert journal.read_bytes() == damaged


def test_damage_in_the_middle_is_known_without_the_lock_file(folder: Path):
    fill(folder, "c1", "c2", "c3")
    (folder / "lock").unlink()
    flip(folder / JOURNAL, (folder / JOURNAL).read_bytes().index(b'"c2"'))
    with pytest.raises(StoreUnavailable, match=r"damaged at byte \d+: .*behind it is whole"):
        EmbeddedStore(folder).check()


def test_damage_after_a_compaction_is_known_without_the_lock_file(folder: Path):
    fill(folder, "c1", "c2", "c3")
    EmbeddedStore(folder).compact()
    (folder / "lock").unlink()
    flip(folder / JOURNAL, (folder / JOURNAL).read_bytes().index(b'"c3"'))
    with pytest.raises(StoreUnavailable, match=r"damaged at byte \d+: .*behind it is whole"):
        EmbeddedStore(folder).check()


def test_a_journal_that_lost_its_end_is_damaged(folder: Path):
    fill(folder, "c1", "c2")
    os.truncate(folder / JOURNAL, (folder / JOURNAL).stat().st_size - 10)
    with pytest.raises(StoreUnavailable, match=r"damaged at byte \d+: .*all was safe up to byte"):
        EmbeddedStore(folder).check()


@pytest.mark.usefixtures("lines_pass_on")
def test_what_was_cut_is_said(folder: Path, caplog: pytest.LogCaptureFixture):
    fill(folder, "c1")
    with (folder / JOURNAL).open("ab") as file:
        file.write(b"half a record")
    with caplog.at_level(logging.WARNING):
        assert kept(folder) == {"c1"}
    [line] = [record for record in caplog.records if record.message == "journal-cut"]
    assert vars(line)["bytes"] == len(b"half a record")


def test_a_row_that_was_damaged_after_it_was_read_is_told(store, folder: Path):
    store.add(make_contribution("c1"))
    with (folder / JOURNAL).open("r+b") as file:
        file.seek(file.read().index(b'"published"'))
        file.write(b'"published;')
    with pytest.raises(StoreUnavailable, match="a row of the journal is damaged"):
        store.get("c1")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "data").write_text("")
    store = EmbeddedStore(tmp_path / "data")
    for attempt in (store.check, store.secret, lambda: store.add(make_contribution())):
        with pytest.raises(StoreUnavailable, match=str(tmp_path / "data")):
            attempt()


def test_a_store_goes_on_when_its_journal_is_put_back(store, folder: Path):
    store.add(make_contribution("c1"))
    (folder / JOURNAL).rename(folder / "elsewhere")
    with pytest.raises(StoreUnavailable, match="is gone; restore the folder from a backup"):
        store.add(make_contribution("c2"))
    (folder / "elsewhere").rename(folder / JOURNAL)
    store.add(make_contribution("c3"))
    assert kept(folder) == {"c1", "c3"}


def test_a_journal_that_has_vanished_does_not_look_like_an_empty_store(folder: Path):
    fill(folder, "c1")
    (folder / JOURNAL).unlink()
    store = EmbeddedStore(folder)
    for attempt in (
        lambda: store.of_document("leitlinien"),
        lambda: store.add(make_contribution("c2")),
    ):
        with pytest.raises(StoreUnavailable, match="is gone; restore the folder from a backup"):
            attempt()


def test_another_journal_in_its_place_is_read_with_the_next_write(store, folder: Path, tmp_path):
    store.add(make_contribution("c1"))
    store.snapshot(tmp_path / "copy")
    store.add(make_contribution("c2"))
    (tmp_path / "copy" / JOURNAL).replace(folder / JOURNAL)
    store.add(make_contribution("c3"))
    assert kept(folder) == {"c1", "c3"}
    assert {entry.id for entry in store.of_document("leitlinien")} == {"c1", "c3"}


def test_a_lock_file_that_was_deleted_keeps_nobody_apart(store, folder: Path):
    other = EmbeddedStore(folder)
    store.add(make_contribution("c1"))
    other.add(make_contribution("c2"))
    (folder / "lock").unlink()
    store.add(make_contribution("c3"))
    assert [entry.id for entry in other.of_document("leitlinien")] == ["c1", "c2", "c3"]
    other.add(make_contribution("c4"))
    assert kept(folder) == {"c1", "c2", "c3", "c4"}


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
