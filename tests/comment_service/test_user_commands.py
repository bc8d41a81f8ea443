"""The operators' commands on accounts: what they say, and what never becomes an argument."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from comment_service.accounts import Accounts
from comment_service.passwords import Passwords
from comment_service.storage.opening import open_store
from tests.comment_service.test_commands import Run, run, url

__all__ = ["run", "url"]

HOUSE = Path(__file__).parents[2]
User = Callable[..., tuple[int, str, str]]
LONG = "ein langes Passwort"


@pytest.fixture
def user(run: Run, url: str) -> User:  # the fixtures of the other commands
    """Runs a command on the accounts of an embedded store."""
    return lambda *arguments: run("user", *arguments, RANDNOTIZ_STORE=url)


@pytest.fixture
def accounts(url: str) -> Accounts:  # see above
    """The accounts of that store."""
    return Accounts(open_store(url))


def test_a_password_is_generated_and_shown_once(user: User, accounts: Accounts):
    code, said, wrong = user("add", "Ada", "--role", "administrator", "--generate")
    assert (code, wrong) == (0, "")
    shown = re.fullmatch(r"Added: ada, administrator\. Password, shown only now: (\S+)\n", said)
    assert shown
    ada = accounts.named("ada")
    assert ada
    assert Passwords().fits(ada.password_hash, shown[1])


def test_all_accounts_are_listed_with_their_state(user: User, accounts: Accounts):
    user("add", "ada", "--role", "administrator", "--generate")
    user("add", "grace@stadt.example", "--role", "editor", "--single-sign-on")
    ada = accounts.named("ada")
    assert ada
    accounts.edit(ada.id, lambda seen: replace(seen, totp_secret="X"))
    user("lock", "grace@stadt.example")
    assert user("list") == (
        0,
        """ada\tadministrator\tsecond factor
grace@stadt.example\teditor\tlocked\tsingle sign-on
Listed: 2.
""",
        "",
    )


def test_a_role_is_changed_an_account_locked_opened_and_reset(user: User, accounts: Accounts):
    user("add", "ada", "--role", "editor", "--generate")
    assert user("role", "ada", "moderator") == (0, "ada is moderator now.\n", "")
    assert user("lock", "ada") == (0, "ada is locked.\n", "")
    assert user("unlock", "ada") == (0, "ada is open again.\n", "")
    code, said, _ = user("reset", "ada", "--generate")
    assert code == 0
    assert said.startswith("ada is reset. Password, shown only now: ")
    log = [one.entry for one in accounts.store.log()]
    assert {entry.role for entry in log} == {"administrator"}
    assert len(log) == 5


def test_the_last_administrator_is_locked_with_force_only(user: User):
    user("add", "ada", "--role", "administrator", "--generate")
    code, said, wrong = user("lock", "ada")
    assert (code, said) == (1, "")
    assert wrong == (
        "'ada' is the last administrator who can sign in. Make another one first, or use --force.\n"
    )
    assert user("role", "ada", "editor")[0] == 1
    assert user("lock", "ada", "--force")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("lock", "nobody"), 2, "There is no account 'nobody'"),
        (("add", "zwei Worte", "--role", "editor", "--generate"), 2, "name: only letters"),
        (("add", "ada", "--role", "author", "--generate"), 2, "'author' is not one of"),
        (("add", "ada"), 2, "Missing option '--role'"),
        (("add", "GRACE", "--role", "editor", "--generate"), 1, "Choose another name."),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    user: User, arguments: tuple[str, ...], code: int, words: str
):
    user("add", "grace", "--role", "editor", "--generate")
    met, said, wrong = user(*arguments)
    assert (met, said) == (code, "")
    assert words in wrong
    assert wrong.count("\n") == 1


def typed(url: str, password: str) -> tuple[int, str, str]:
    """Add an account at a terminal; the password is typed each time it is asked for."""
    master, terminal = pty.openpty()
    command = [sys.executable, "comments.py", "user", "add", "ada", "--role", "editor"]
    with (
        os.fdopen(terminal) as there,
        os.fdopen(master, "wb", buffering=0) as keys,
        subprocess.Popen(
            [*command, "--store", url],
            cwd=HOUSE,
            stdin=there,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # no other terminal to ask at
        ) as process,
    ):
        assert process.stdout
        assert process.stderr
        said = b""
        while letter := process.stderr.read(1):  # until it ends
            said += letter
            if said.endswith((b"Password: ", b"confirmation: ")):
                keys.write(f"{password}\n".encode())
        return process.wait(), process.stdout.read().decode(), said.decode()


def test_a_password_is_asked_for_twice_and_never_echoed(url: str, accounts: Accounts):
    code, said, asked = typed(url, LONG)
    assert (code, said) == (0, "Added: ada, editor.\n")
    assert LONG not in asked
    ada = accounts.named("ada")
    assert ada
    assert Passwords().fits(ada.password_hash, LONG)


def test_a_password_that_is_too_short_is_refused(url: str, accounts: Accounts):
    code, _, asked = typed(url, "kurz")
    assert code == 2
    assert "password: at least 12 characters are needed." in asked
    assert accounts.named("ada") is None
