"""What the embedded store takes over from the release before, and what it forgets."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from comment_service.storage.embedded import EmbeddedStore
from comment_service.storage.embedded.folder import JOURNAL, Folder
from comment_service.storage.embedded.journal_file import JournalFile
from comment_service.storage.embedded.payload import payload_of
from comment_service.storage.embedded.transactions import change
from comment_service.storage.protocol import Change, Kept, Once
from participation.contribution import ContributionStatus
from participation.faults import StoreUnavailable
from participation.log_chain import chained, first_break
from tests.comment_service.storage.logs import logged
from tests.comment_service.storage.writing import kept
from tests.factories import (
    NOON,
    make_account,
    make_contribution,
    make_decision,
    make_log_entry,
    make_support,
)

RELEASES = Path(__file__).parent / "releases"
OF_FORMAT_2 = [
    make_contribution("c1", text="Mehr Bänke\n& 'Bäume' 👩‍👩‍👧", name=None),
    make_contribution("c2", status=ContributionStatus.HIDDEN),
]


@pytest.fixture
def format_2(folder: Path) -> Path:
    """A folder of the release that knew neither decisions nor accounts nor a chained log."""
    folder.mkdir()
    shutil.copy(RELEASES / "journal-2.journal", folder / JOURNAL)
    (folder / "secret").write_bytes(b"s" * 32)
    return folder


def test_a_journal_of_format_2_is_taken_over_without_loss(format_2: Path):
    store = EmbeddedStore(format_2)
    assert store.of_document("leitlinien") == OF_FORMAT_2
    assert store.taken(Once("k1", "f1")) == OF_FORMAT_2[0]
    assert store.log() == list(chained([make_log_entry(subject="c2")]))
    assert store.secret() == b"s" * 32
    assert store.verify() == []
    assert (format_2 / JOURNAL).read_bytes().startswith(b"randnotiz-journal 4 ")
    store.change([Change(None, make_decision())], [make_log_entry("l2", subject="d1")])
    again = EmbeddedStore(format_2)
    assert list(again.stock()) == list(store.stock())
    assert first_break(again.log()) is None


def test_a_journal_of_format_3_is_taken_over_without_loss(folder: Path):
    folder.mkdir()
    shutil.copy(RELEASES / "journal-3.journal", folder / JOURNAL)
    store = EmbeddedStore(folder)
    decided, ada = make_decision("d1"), make_account("a1")
    assert store.verify() == []
    assert store.kept("c1") == Kept(OF_FORMAT_2[0], Once("k1", "f1"))
    assert (store.get("c2"), store.decision("d1"), store.account("a1")) == (
        OF_FORMAT_2[1],
        decided,
        ada,
    )
    assert store.log() == list(chained([make_log_entry(subject="c2")]))
    assert (folder / JOURNAL).read_bytes().startswith(b"randnotiz-journal 4 ")
    store.change([Change(None, make_support())], [])
    assert EmbeddedStore(folder).supports("leitlinien") == [make_support()]


def test_a_torn_end_of_a_journal_of_format_2_is_cut(format_2: Path):
    with (format_2 / JOURNAL).open("ab") as file:
        file.write(b"00000000058b 00000000058b 00000178 f47591a8 {")
    assert EmbeddedStore(format_2).of_document("leitlinien") == OF_FORMAT_2


def test_a_damaged_journal_of_format_2_is_left_alone(format_2: Path):
    content = bytearray((format_2 / JOURNAL).read_bytes())
    content[120] ^= 1
    (format_2 / JOURNAL).write_bytes(content)
    with pytest.raises(StoreUnavailable, match="is damaged at byte 46"):
        EmbeddedStore(format_2).check()
    assert (format_2 / JOURNAL).read_bytes() == content


def test_several_that_open_a_journal_of_format_2_at_once_take_it_over_once(format_2: Path):
    stores = [EmbeddedStore(format_2) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        added = pool.map(lambda s, n: s.add(make_contribution(f"c{n}")), stores, range(3, 9))
        assert len(list(added)) == 6
    assert kept(format_2) == {f"c{number}" for number in range(1, 9)}
    assert all(len(each.of_document("leitlinien")) == 8 for each in stores)


def test_a_journal_of_format_2_that_is_put_back_under_a_running_store_is_taken_over(
    format_2: Path,
):
    store = EmbeddedStore(format_2)
    store.add(make_contribution("c3"))
    for path in format_2.iterdir():
        path.unlink()
    shutil.copy(RELEASES / "journal-2.journal", format_2 / JOURNAL)
    (format_2 / "secret").write_bytes(b"s" * 32)
    store.add(make_contribution("c4"))
    assert kept(format_2) == {"c1", "c2", "c4"}
    assert EmbeddedStore(format_2).verify() == []


@pytest.mark.parametrize(
    "forgotten",
    [
        {"text": "", "name": None, "erased_at": NOON},
        {"text": "Frag ███", "is_blacked_out": True},
    ],
)
def test_what_is_erased_or_blacked_out_is_soon_gone_from_the_folder(
    folder: Path, forgotten: dict[str, Any]
):
    store = EmbeddedStore(folder)
    first = store.add(make_contribution("c1", text="Frag Ada"))
    store.add(make_contribution("c2"))
    store.compact()
    (folder / "contributions.format-1.json").write_text("Frag Ada")
    store.change([Change(first, replace(first, **forgotten))], [make_log_entry()])
    store.close()  # waits for the compaction
    assert [path.name for path in folder.iterdir() if b"Frag Ada" in path.read_bytes()] == []
    with TinyDB(folder / "contributions.json") as database:
        assert len(database.table("contributions")) == 2


def test_what_was_to_be_forgotten_when_the_process_died_is_forgotten_with_the_next_change(
    folder: Path,
):
    store = EmbeddedStore(folder)
    first = store.add(make_contribution("c1", text="Frag Ada"))
    erased = replace(first, text="", erased_at=NOON)
    Folder(folder, 1).transact(partial(change, [Change(first, erased)], []))  # and no more
    assert b"Frag Ada" in (folder / JOURNAL).read_bytes()
    again = EmbeddedStore(folder)
    again.change([], [make_log_entry()])
    again.close()
    assert b"Frag Ada" not in (folder / JOURNAL).read_bytes()
    assert (again.get("c1"), logged(again)) == (erased, [make_log_entry()])


def test_many_that_are_erased_one_after_the_other_wait_for_few_compactions(folder: Path):
    store = EmbeddedStore(folder)
    new = [Kept(make_contribution(f"c{number}", text="Frag Ada"), None) for number in range(200)]
    for each in store.add_all(new):
        store.change([Change(each, replace(each, text="", erased_at=NOON))], [])
        assert sum(thread.name == "compaction" for thread in threading.enumerate()) <= 2
    store.close()
    assert b"Frag Ada" not in (folder / JOURNAL).read_bytes()


def test_what_was_forgotten_is_no_reason_to_compact_again(folder: Path):
    store = EmbeddedStore(folder)
    first = store.add(make_contribution("c1"))
    store.change([Change(first, replace(first, text="", erased_at=NOON))], [])
    store.close()
    again = EmbeddedStore(folder)
    before = JournalFile(folder / JOURNAL).format
    again.change([], [make_log_entry()])
    again.close()
    assert JournalFile(folder / JOURNAL).format == before


def test_a_damaged_decision_account_or_support_is_found(folder: Path):
    store = EmbeddedStore(folder)
    new = (make_decision(), make_account(), make_support())
    store.change([Change(None, each) for each in new], [])
    view = Folder(folder, 1).view()
    assert view is not None
    payload = payload_of(
        decisions=[b'{"id":"d1","document":"x"}'],
        accounts=[b'{"id":"a1"}'],
        supports=[b'{"id":"s1","document":"x","contribution":"c1"}'],
    )
    [record] = view.file.framed(view.end, [payload])
    view.file.append([record])
    said = EmbeddedStore(folder).verify()
    assert [line.partition(":")[0] for line in said] == [
        "decision d1 cannot be read",
        "account a1 cannot be read",
        "support s1 cannot be read",
    ]


def test_plain_tinydb_reads_decisions_accounts_and_digests_after_a_compaction(folder: Path):
    store = EmbeddedStore(folder)
    store.change([Change(None, make_decision()), Change(None, make_account())], [make_log_entry()])
    store.change([Change(make_account(), make_account(failures=2))], [])
    store.compact()
    with TinyDB(folder / "contributions.json", encoding="utf-8") as database:
        [decision] = database.table("decisions").all()
        [account] = database.table("accounts").all()
        [entry] = database.table("log").all()
    assert decision["answer"]["reason"] == make_decision().answer.reason
    assert account["failures"] == 2
    assert entry["digest"] == store.log()[0].digest
    assert list(EmbeddedStore(folder).stock()) == list(store.stock())
