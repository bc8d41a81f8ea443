"""What was acknowledged is there: after kills, power cuts, with a full disk, with two processes."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.embedded.journal import Format
from comment_service.storage.embedded.journal_file import JournalFile
from comment_service.storage.embedded.payload import payload_of
from comment_service.storage.embedded.rows import row_of, write_row
from comment_service.storage.protocol import Change, Kept
from participation.faults import StoreUnavailable
from participation.log_chain import first_break
from tests.comment_service.small_disk import SmallDisk
from tests.comment_service.storage.crashing import text_of
from tests.comment_service.storage.writing import environment_of_the_killed, kept, start_writer
from tests.factories import make_contribution, make_log_entry

JOURNAL = "contributions.journal"
HOUSE = Path(__file__).parents[3]
ROUNDS = 100  # of killing 32 writers
FOLDER_ROUNDS = 5  # rounds in one folder, so that later ones begin with what earlier ones left
TOO_MUCH = 100_000  # acknowledged writes without a compaction
PROCESSES, THREADS = 4, 8
TWO_PROCESSES = 50_000  # writes of two processes with 16 threads each
BLOCK = 512  # bytes that a disk writes at once


class Crashes:
    """Writers that are killed, and what they said before."""

    def __init__(self, tmp_path: Path) -> None:
        module = "tests.comment_service.storage.crashing"
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, str(PROCESSES), str(THREADS)],
            cwd=HOUSE,
            env=environment_of_the_killed(),
            stdin=subprocess.PIPE,
            text=True,
        )
        self._said = tmp_path / "said"
        os.mkfifo(self._said)

    def crash(
        self, folder: Path, prefix: str, after: int, enough: Callable[[], bool]
    ) -> list[list[str]]:
        """Write until that much was acknowledged and it is enough; kill all, return what was."""
        self._order(f"write {folder} {prefix} {self._said}")
        with self._said.open() as said:
            lines = [said.readline() for _ in range(after)]
            while not enough() and len(lines) < TOO_MUCH:
                lines.append(said.readline())
            self._order("kill")
            return [line.split() for line in [*lines, *said]]

    def _order(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def stop(self) -> None:
        self._process.communicate(timeout=20)


@pytest.fixture
def crashes(tmp_path: Path) -> Iterator[Crashes]:
    crashes = Crashes(tmp_path)
    yield crashes
    crashes.stop()


def at_once() -> bool:
    return True


def has_another_journal(folder: Path, known: set[Format]) -> bool:
    """Whether a compaction has exchanged the journal: kills meet it at every later step too."""
    return JournalFile(folder / JOURNAL).format not in known


def test_killed_writers_lose_nothing_that_was_acknowledged(crashes: Crashes, tmp_path: Path):
    chance = Random(4)  # noqa: S311  # when to kill is no secret
    journals: set[Format] = set()
    for round_number in range(ROUNDS):
        folder = tmp_path / str(round_number // FOLDER_ROUNDS)
        is_last = round_number % FOLDER_ROUNDS == FOLDER_ROUNDS - 1
        enough = partial(has_another_journal, folder, journals) if is_last else at_once
        said = crashes.crash(folder, f"r{round_number}p", chance.randint(1, 200), enough)
        store = EmbeddedStore(folder)
        found = {entry.id: entry for entry in store.of_document("leitlinien")}
        times = Counter(one.entry.subject for one in store.log())
        for name, changed in said:
            assert name in found
            assert times[name] >= int(changed)
        for entry in found.values():
            assert entry.text == text_of(entry.id), "half of it"
            assert entry.name == (f"changed {times[entry.id]}" if times[entry.id] else "Ada")
        decided = {one.id: one.version for one in store.decisions("leitlinien")}
        assert decided == dict(times), "a change without the others"
        assert first_break(store.log()) is None
        store.add(make_contribution(f"next-{round_number}", text=text_of(f"next-{round_number}")))
        assert store.verify() == []
        store.close()
        journals.add(JournalFile(folder / JOURNAL).format)
    assert len(journals) >= 2 * (ROUNDS // FOLDER_ROUNDS), "a folder met no compaction"


def test_two_processes_with_50_000_writes_lose_none_and_take_none_twice(folder: Path):
    each = str(TWO_PROCESSES // 2)
    writers = [start_writer(folder, prefix, each, "-1", "16") for prefix in ("a", "b")]
    said = [line for writer in writers for line in writer.communicate()[0].split()]
    assert len(said) == len(set(said)) == TWO_PROCESSES
    store = EmbeddedStore(folder)
    assert sorted(entry.id for entry in store.of_document("leitlinien")) == sorted(said)
    records = JournalFile(folder / JOURNAL).records(46, (folder / JOURNAL).stat().st_size)
    assert sum(1 for _ in records) == TWO_PROCESSES


def framed_behind(folder: Path, *ids: str) -> bytes:
    """What one group commit of these contributions would append."""
    file = JournalFile(folder / JOURNAL)
    payloads = [payload_of([write_row(row_of(Kept(make_contribution(i), None)))], []) for i in ids]
    return b"".join(file.format.frame(*record) for record in file.framed(file.size, payloads))


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """A folder with three acknowledged contributions, c1 to c3, on a disk that need not turn."""
    memory = Path("/dev/shm")  # noqa: S108  # power cuts are simulated: a quick disk will do
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        folder = Path(name) / "data"
        store = EmbeddedStore(folder)
        for number in (1, 2, 3):
            store.add(make_contribution(f"c{number}"))
        store.close()
        yield folder


Again = Callable[..., set[str]]


@pytest.fixture
def again(written: Path) -> Again:
    """Starts on a copy with another journal, and returns the ids of what is there.

    With the lock file it is the very file that the position was written for, as after a power
    cut; without it is a copy.
    """
    whole = (written / JOURNAL).read_bytes()

    def start(journal: bytes, *, with_position: bool) -> set[str]:
        with TemporaryDirectory(dir=written.parent) as name:
            folder = Path(name)
            if with_position:
                os.link(written / JOURNAL, folder / JOURNAL)
                shutil.copy(written / "lock", folder / "lock")
            (folder / JOURNAL).write_bytes(journal)
            store = EmbeddedStore(folder)
            found = {entry.id for entry in store.of_document("leitlinien")}
            store.add(make_contribution("next"))
            store.close()
            assert kept(folder) == found | {"next"}
            (folder / JOURNAL).write_bytes(whole)
            return found

    return start


@pytest.mark.parametrize("with_position", [True, False])
def test_a_write_that_was_cut_anywhere_leaves_what_was_acknowledged(
    written: Path,
    again: Again,
    with_position: bool,  # noqa: FBT001  # pytest hands it in by name
):
    safe, group = (written / JOURNAL).read_bytes(), framed_behind(written, "u1", "u2")
    ends = [at for at in range(len(group)) if group[at : at + 1] == b"\n"]
    for size in range(len(group)):
        expected = {"c1", "c2", "c3"} | {f"u{n}" for n, end in enumerate(ends, 1) if end < size}
        assert again(safe + group[:size], with_position=with_position) == expected


def test_a_copy_that_was_cut_anywhere_leaves_what_is_whole(written: Path, again: Again):
    safe = (written / JOURNAL).read_bytes()
    second = safe.index(b"\n", safe.index(b'"c2"')) + 1
    for size in range(second, len(safe)):
        assert again(safe[:size], with_position=False) == {"c1", "c2"}


@given(st.data())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.reuse, Phase.generate],
)
def test_blocks_that_never_reached_the_disk_take_nothing_acknowledged_along(
    written: Path, again: Again, data: st.DataObject
):
    safe = (written / JOURNAL).read_bytes()
    names = [f"u{number}" for number in range(8)]
    journal = bytearray(safe + framed_behind(written, *names))
    first = len(safe) // BLOCK  # a block that is half safe keeps that half: disks write it whole
    blocks = range(first, len(journal) // BLOCK + 1)
    for block in data.draw(st.sets(st.sampled_from(blocks), min_size=1), label="lost"):
        start, end = max(block * BLOCK, len(safe)), min((block + 1) * BLOCK, len(journal))
        journal[start:end] = bytes(end - start)
    found = again(bytes(journal), with_position=data.draw(st.booleans(), label="with position"))
    assert {"c1", "c2", "c3"} <= found <= {"c1", "c2", "c3", *names}


def test_a_compaction_that_is_killed_at_any_step_changes_nothing(tmp_path: Path):
    folder = tmp_path / "data"
    store = EmbeddedStore(folder)
    for number in range(4):
        entry = store.add(make_contribution(f"c{number}"))
        store.change(
            [Change(entry, make_contribution(entry.id, text="anders"))],
            [make_log_entry(f"l{number}")],
        )
    before = list(store.stock())
    store.close()
    for number in count(1):
        done = subprocess.run(
            [sys.executable, "-m", "tests.comment_service.storage.dying", str(folder), str(number)],
            cwd=HOUSE,
            env=environment_of_the_killed(),
            capture_output=True,
            text=True,
            check=False,
        )
        again = EmbeddedStore(folder)
        assert list(again.stock()) == before
        assert again.verify() == []
        again.close()
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
    assert number > 10


FULL = "No space left|File too large"


def test_a_full_disk_refuses_and_takes_again_when_there_is_room(small_disk: SmallDisk):
    folder = small_disk.folder / "data"
    store = EmbeddedStore(folder)
    acknowledged = add_until_refused(store, "a")
    with pytest.raises(StoreUnavailable, match=FULL):
        store.check()
    assert kept(folder) == acknowledged
    small_disk.make_room()
    store.check()
    acknowledged |= add_until_refused(store, "b")
    assert kept(folder) == acknowledged
    assert store.verify() == []
    store.close()


def test_a_compaction_for_which_there_is_no_room_leaves_all_as_it_was(small_disk: SmallDisk):
    store = EmbeddedStore(small_disk.folder / "data")
    acknowledged = add_until_refused(store, "a")
    if (small_disk.folder / "ballast").exists():  # a limit for files does not count two together
        with pytest.raises(StoreUnavailable, match=FULL):
            store.compact()
    assert kept(small_disk.folder / "data") == acknowledged
    store.close()


def add_until_refused(store: EmbeddedStore, prefix: str) -> set[str]:
    acknowledged: set[str] = set()
    with pytest.raises(StoreUnavailable, match=FULL):
        add_for_ever(store, prefix, acknowledged)
    assert acknowledged
    return acknowledged


def add_for_ever(store: EmbeddedStore, prefix: str, acknowledged: set[str]) -> None:
    for number in count():
        name = f"{prefix}{number}"
        store.add(make_contribution(name, text=text_of(name)))
        acknowledged.add(name)
