"""The operators' commands: what they say, and with which code they end."""

import json
import os
import pty
import subprocess
import sys
from collections import UserDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from tinydb import TinyDB

from comment_service.commands import guarded, main
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Kept, Once, Stock, Store
from participation.catalogue import Catalogue, plain_catalogue
from participation.log_chain import chained
from participation.paragraph import ParagraphRef
from tests.comment_service.storage.test_copying import hide, publish_again
from tests.factories import make_contribution, make_log_entry

HOUSE = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command and returns its exit code, its output, and its complaint."""

    def run(*arguments: object, **environ: str) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments], environ)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an embedded store that is not there yet."""
    return f"embedded:{tmp_path / 'data'}"


@pytest.fixture
def full(url: str) -> Store:
    """The store of that address, with two contributions and one entry."""
    store = open_store(url)
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    hide(store, "c2", "l1")
    return store


@pytest.mark.usefixtures("full")
def test_copy_compares_and_tells_how_many(run: Run, url: str, tmp_path: Path):
    other = f"embedded:{tmp_path / 'other'}"
    for _ in range(2):
        assert run("copy", "--from", url, "--to", other) == (
            0,
            "Copied and compared: 2 contributions and 1 log entry.\n",
            "",
        )


@pytest.mark.usefixtures("full")
def test_copy_onto_a_store_of_its_own_is_refused(run: Run, url: str, tmp_path: Path):
    other = f"embedded:{tmp_path / 'other'}"
    open_store(other).add(make_contribution("mine"))
    code, out, err = run("copy", "--from", url, "--to", other)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "keeps contributions under another secret" in err
    assert "name an empty store" in err


@pytest.mark.usefixtures("full")
def test_a_copy_that_is_not_the_same_is_told(run: Run, url: str, tmp_path: Path):
    other = f"embedded:{tmp_path / 'other'}"
    run("copy", "--from", url, "--to", other)
    open_store(other).add(make_contribution("c9"))
    code, _, err = run("copy", "--from", url, "--to", other)
    assert code == 1
    assert err.startswith("Not the same yet: 0 missing, 0 different, 1 that the other does not")


def test_an_idempotency_key_that_is_another_there_is_told(
    run: Run, url: str, full: Store, tmp_path: Path
):
    once = Once("0" * 64, "1" * 64)
    full.add(make_contribution("c3"), once=once)
    other = open_store(f"embedded:{tmp_path / 'other'}")
    other.adopt(full.secret())
    other.take_over(Stock(contributions=(Kept(make_contribution("c8"), once),)))
    code, _, err = run("copy", "--from", url, "--to", f"embedded:{tmp_path / 'other'}")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("c3: is, or its idempotency key or name is, something else there")


@pytest.mark.usefixtures("full")
def test_a_backup_is_made_and_restored(run: Run, url: str, tmp_path: Path):
    file, other = tmp_path / "backup.gz", f"embedded:{tmp_path / 'other'}"
    assert run("backup", "--store", url, file) == (
        0,
        f"Backed up: 2 contributions and 1 log entry in {file}.\n",
        "",
    )
    assert run("restore", file, RANDNOTIZ_STORE=other) == (
        0,
        "Restored and compared: 2 contributions and 1 log entry.\n",
        "",
    )


def test_init_makes_a_store_ready_and_may_be_repeated(run: Run, url: str, tmp_path: Path):
    for _ in range(2):
        assert run("init", "--store", url) == (0, "Ready.\n", "")
    secret = open_store(url).secret()
    run("init", RANDNOTIZ_STORE=url)
    assert open_store(url).secret() == secret
    assert (tmp_path / "data").is_dir()


@pytest.mark.usefixtures("full")
def test_verify_finds_nothing_where_nothing_is_wrong(
    run: Run, url: str, catalogue: Catalogue, tmp_path: Path
):
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(plain_catalogue(catalogue)))
    code, out, _ = run("verify", "--store", url, "--catalogue", file)
    assert (code, out) == (0, "Verified: 2 contributions, 1 log entry, 0 problems.\n")
    code, out, _ = run("verify", "--store", url)
    assert out.splitlines()[1] == "Paragraphs were not looked for: no catalogue was named."


def test_verify_lists_what_is_wrong(
    run: Run, url: str, full: Store, catalogue: Catalogue, tmp_path: Path
):
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(plain_catalogue(catalogue)))
    full.add(make_contribution("c3", ref=ParagraphRef("leitlinien", 2, 1)))
    full.take_over(
        Stock(log=tuple(chained([make_log_entry("l2", subject="c4")], full.log()[-1].digest)))
    )
    code, out, _ = run("verify", RANDNOTIZ_STORE=url, RANDNOTIZ_CATALOGUE=str(file))
    assert code == 1
    assert out.splitlines() == [
        "contribution c3: The document 'leitlinien' has no version 2.",
        "log entry l2: there is no contribution c4",
        "Verified: 3 contributions, 2 log entries, 2 problems.",
    ]


def test_where_there_is_nothing_to_compact_it_says_so(run: Run):
    code, out, _ = run("compact", "--store", "memory:")
    assert (code, out) == (0, "Nothing to do: only an embedded store has to be compacted.\n")


def test_compacting_writes_what_plain_tinydb_reads(run: Run, url: str, tmp_path: Path):
    store = open_store(url)
    store.add(make_contribution("c1"))
    for number in range(0, 20, 2):
        hide(store, "c1", f"l{number}")
        publish_again(store, "c1", f"l{number + 1}")
    before = list(store.stock())
    code, out, _ = run("compact", "--store", url)
    assert (code, out.split(":")[0]) == (0, "Compacted")
    with TinyDB(tmp_path / "data" / "contributions.json") as database:
        assert [row["id"] for row in database.table("contributions")] == ["c1"]
        assert len(database.table("log")) == 20
    assert list(open_store(url).stock()) == before


def test_verify_tells_of_a_damaged_journal(run: Run, url: str, full: Store, tmp_path: Path):
    full.close()
    journal = tmp_path / "data" / "contributions.journal"
    content = bytearray(journal.read_bytes())
    content[content.index(b"Bitte")] ^= 1
    journal.write_bytes(content)
    code, out, err = run("verify", "--store", url)
    assert (code, err) == (1, "")
    assert str(journal) in out
    assert out.endswith("1 problem.\nParagraphs were not looked for: no catalogue was named.\n")


WRONG = [
    ([], "Missing command"),
    (["frob"], "No such command 'frob'"),
    (["copy", "--from", "embedded:a"], "Missing option '--to'"),
    (["copy", "--from", "embedded:a", "--to", "embedded:a"], "name the same store"),
    (["copy", "--from", "mysql://u:geheim@h/d", "--to", "embedded:a"], "--from: there is no store"),
    (["copy", "--from", "embedded:a", "--to", "mysql://u:geheim@h/d"], "--to: there is no store"),
    (["copy", "--from", "embedded:a", "--to", "embedded:/proc/no"], "/proc/no"),
    (["init", "--store", "memory:"], "memory: is gone with the process; write embedded:FOLDER"),
    (["init", "--store", "embedded:/proc/no"], "/proc/no"),
    (["init", "--store", "embedded:/dev/null"], "/dev/null"),
    (["init", "--store", "embedded"], "there is no store 'embedded'"),
    (["verify", "--store", "mysql://u:geheim@h/d"], "RANDNOTIZ_STORE: there is no store 'mysql'"),
    (["verify", "--store", "memory:", "--catalogue", "/proc/no"], "/proc/no"),
    (["verify", "--store", "memory:", "--catalogue", "http://a.example/"], "write https://"),
    (["verify", "--store", "memory:", "--catalogue", "http://127.0.0.1:1/"], "not reached"),
    (["backup", "--store", "memory:", "/proc/no/backup.gz"], "/proc/no"),
    (["backup", "--store", "memory:", "/dev/null"], "/dev/null: is there already"),
    (["backup", "--store", "memory:"], "Missing argument 'FILE'"),
    (["restore", "--store", "memory:", "/proc/no"], "/proc/no: is not there"),
    (["restore", "--store", "memory:", "/"], "/: Is a directory"),
    (["compact", "--store", "mysql://u:geheim@h/d"], "RANDNOTIZ_STORE: there is no store 'mysql'"),
]


@pytest.mark.parametrize(("arguments", "reason"), WRONG)
def test_a_wrong_call_is_told_in_one_line(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    reason: str,
):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert reason in err
    assert "Traceback" not in err
    assert "geheim" not in err


def test_a_broken_setting_is_told_in_one_line(run: Run):
    code, _, err = run("verify", RANDNOTIZ_LANGUAGE="fr")
    assert (code, err) == (2, "RANDNOTIZ_LANGUAGE: 'fr' is unknown; write one of de, en\n")


def test_a_damaged_backup_is_a_problem(run: Run, tmp_path: Path):
    file = tmp_path / "backup.gz"
    file.write_bytes(b"Hallo")
    code, _, err = run("restore", "--store", "memory:", file)
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith(f"{file}: is no backup")


def test_help_names_the_commands_and_the_codes(run: Run):
    code, out, _ = run("--help")
    assert code == 0
    for command in ("init", "copy", "compact", "verify", "verify-log", "backup", "restore"):
        assert f"\n  {command} " in out
        assert run(command, "--help")[0] == 0
    assert "Exit codes:" in out
    assert "..." not in out.replace("[ARGS]...", "")  # nothing is cut off


def test_what_nobody_foresaw_is_our_fault(capsys: pytest.CaptureFixture[str]):
    assert guarded(["init"], {"RANDNOTIZ_STORE": "embedded:\0"}) == 3
    assert "Traceback" in capsys.readouterr().err


def test_whoever_interrupts_a_command_gets_the_code_of_that():
    class Interrupted(UserDict[str, str]):
        def keys(self) -> NoReturn:
            raise KeyboardInterrupt

    assert guarded(["init"], Interrupted()) == 130


@pytest.mark.parametrize("program", [["comments.py"], ["-m", "comment_service"]])
def test_both_ways_in_do_the_same(program: list[str], url: str, tmp_path: Path):
    environ = {**os.environ, "RANDNOTIZ_STORE": url}  # noqa: TID251  # a process needs a PATH
    done = subprocess.run(
        [sys.executable, *program, "init"], cwd=HOUSE, env=environ, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"Ready.\n")
    assert (tmp_path / "data").is_dir()


@pytest.mark.usefixtures("full")
def test_people_see_how_far_it_is(url: str, tmp_path: Path):
    command = ["comments.py", "copy", "--from", url, "--to", f"embedded:{tmp_path / 'other'}"]
    ours, theirs = pty.openpty()
    done = subprocess.run([sys.executable, *command], cwd=HOUSE, stderr=theirs, check=True)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0
    assert "Copying" in shown
    assert "Comparing" in shown
    assert "  3" in shown


def test_verify_log_tells_how_long_the_log_is_and_its_last_digest(run: Run, url: str, full: Store):
    last = full.log()[-1].digest
    code, out, _ = run("verify-log", "--store", url)
    assert (code, out) == (0, f"The log is whole: 1 entry, last digest {last}.\n")
    full.change([], [make_log_entry("l2", subject="c1")])
    code, out, _ = run("verify-log", "--noted", last, RANDNOTIZ_STORE=url)
    assert (code, out) == (
        0, f"The log is whole: 2 entries, last digest {full.log()[-1].digest}.\n"
    )  # fmt: skip


def test_verify_log_names_the_first_entry_that_is_not_as_it_was(run: Run, url: str, full: Store):
    last = full.log()[-1].digest
    entries = [make_log_entry(f"l{number}", subject="c1") for number in (2, 3, 4)]
    second, third, fourth = chained(entries, last)
    forged = replace(third, entry=replace(third.entry, reason="?"))
    full.take_over(Stock(log=(second, forged, fourth)))
    code, out, _ = run("verify-log", "--store", url)
    assert code == 1
    assert out == (
        "log entry l3 of 2024-03-20T11:00:00+00:00, after 2 entries: "
        "is not as it was written, or what was before it is not\n"
    )


def test_verify_log_tells_that_a_noted_digest_is_gone(run: Run, url: str, full: Store):
    assert full.log()
    code, out, _ = run("verify-log", "--store", url, "--noted", "f" * 64)
    assert code == 1
    assert out.startswith("The noted digest is not in the log")
