"""Accounts: made, changed, locked, reset; each change is in the log, and somebody is left."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.passwords import Passwords
from comment_service.storage.opening import open_store
from comment_service.storage.protocol import Change
from participation.account import Account, Session
from participation.log_entry import Changed, Role
from participation.refusals import (
    AccountNameTaken,
    ChangedMeanwhile,
    InvalidInput,
    LastAdministrator,
    UnknownAccount,
)
from tests.conftest import Clock
from tests.factories import NOON

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
LONG = "ein langes Passwort"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BY = Role.ADMINISTRATOR


@pytest.fixture(params=["memory", "embedded", pytest.param("postgres", marks=pytest.mark.postgres)])
def accounts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Accounts]:
    """The accounts of an empty store, one after the other of all kinds."""
    url = f"embedded:{tmp_path / 'data'}" if request.param == "embedded" else "memory:"
    if request.param == "postgres":
        url = request.getfixturevalue("empty_database")()
    with closing(open_store(url)) as store:
        yield Accounts(store)


@pytest.fixture
def use(accounts: Accounts, clock: Clock, new_id: Callable[[], str]) -> Administering:
    return Administering(accounts, QUICK, clock, new_id)


def logged(use: Administering) -> list[tuple[Role, Changed, str, str]]:
    entries = [one.entry for one in use.accounts.store.log()]
    return [(entry.role, entry.changed, entry.old, entry.new) for entry in entries]


def problems(use: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        use()
    return {field: problem.code for field, problem in refused.value.errors.items()}


def test_an_account_is_made_with_its_entry_in_the_log(use: Administering):
    made = use.add(" Ada@Stadt.example ", Role.EDITOR, by=BY, password=LONG)
    kept = use.accounts.store.account(made.id)
    assert (kept.name, kept.role) == ("ada@stadt.example", Role.EDITOR)
    assert QUICK.fits(kept.password_hash, LONG)
    assert logged(use) == [(BY, Changed.ACCOUNT, "", "editor")]
    assert use.accounts.store.log()[0].entry.subject == made.id


def test_an_account_without_a_password_signs_in_elsewhere(use: Administering):
    assert use.add("ada", Role.EDITOR, by=BY).password_hash is None


@pytest.mark.parametrize("name", ["", "zwei Worte", "a\tb", "a" * 81, "<ada>", "\ud800"])
def test_a_name_with_blanks_or_signs_is_refused(use: Administering, name: str):
    assert problems(lambda: use.add(name, Role.EDITOR, by=BY)) == {"name": "unfit-name"}
    assert use.accounts.store.accounts() == []


@pytest.mark.parametrize(
    ("password", "code"), [("", "too-short"), ("a" * 11, "too-short"), ("a" * 257, "too-long")]
)
def test_a_password_that_is_too_short_or_long_is_refused(
    use: Administering, password: str, code: str
):
    met = problems(lambda: use.add("ada", Role.EDITOR, by=BY, password=password))
    assert met == {"password": code}


def test_a_name_is_given_once_however_it_is_typed(use: Administering):
    use.add("ada", Role.EDITOR, by=BY)
    with pytest.raises(AccountNameTaken):
        use.add("ADA", Role.MODERATOR, by=BY)
    assert len(use.accounts.store.accounts()) == len(logged(use)) == 1


def test_a_role_is_changed(use: Administering):
    ada = use.add("ada", Role.EDITOR, by=BY)
    use.change_role(ada.id, Role.MODERATOR, by=BY)
    assert use.accounts.store.account(ada.id).role is Role.MODERATOR
    assert logged(use)[-1] == (BY, Changed.ACCOUNT, "editor", "moderator")


def test_what_changes_nothing_is_not_in_the_log(use: Administering):
    ada = use.add("ada", Role.EDITOR, by=BY)
    use.change_role(ada.id, Role.EDITOR, by=BY)
    assert len(logged(use)) == 1


def test_a_locked_account_is_signed_out_and_can_be_opened_again(use: Administering):
    ada = use.add("ada", Role.EDITOR, by=BY)
    use.accounts.edit(ada.id, lambda seen: replace(seen, sessions=(Session("d", NOON, NOON),)))
    use.lock(ada.id, by=BY)
    kept = use.accounts.store.account(ada.id)
    assert kept.is_locked
    assert kept.sessions == ()
    use.accounts.edit(ada.id, lambda seen: replace(seen, failures=9, next_try_at=NOON))
    use.unlock(ada.id, by=BY)
    kept = use.accounts.store.account(ada.id)
    assert (kept.is_locked, kept.failures, kept.next_try_at) == (False, 0, None)
    assert [words[2:] for words in logged(use)[1:]] == [("open", "locked"), ("locked", "open")]


def test_a_reset_gives_another_password_and_takes_the_second_factor(use: Administering):
    ada = use.add("ada", Role.EDITOR, by=BY, password=LONG)
    session = Session("d", NOON, NOON)
    use.accounts.edit(
        ada.id,
        lambda seen: replace(
            seen, totp_secret=SECRET, totp_step=1, failures=7, next_try_at=NOON, sessions=(session,)
        ),
    )
    use.reset(ada.id, f"{LONG} 2", by=BY)
    kept = use.accounts.store.account(ada.id)
    assert QUICK.fits(kept.password_hash, f"{LONG} 2")
    assert replace(kept, password_hash=None) == replace(ada, password_hash=None)
    assert logged(use)[-1][2:] == ("password", "other password")


@pytest.mark.parametrize("change", ["lock", "role"])
def test_the_last_administrator_stays_one_unless_forced(use: Administering, change: str):
    ada = use.add("ada", Role.ADMINISTRATOR, by=BY)
    use.add("grace", Role.EDITOR, by=BY)
    use.lock(use.add("karl", Role.ADMINISTRATOR, by=BY).id, by=BY)

    def end(*, force: bool = False) -> Account:
        if change == "lock":
            return use.lock(ada.id, by=BY, force=force)
        return use.change_role(ada.id, Role.EDITOR, by=BY, force=force)

    with pytest.raises(LastAdministrator):
        end()
    assert use.accounts.store.account(ada.id) == ada
    assert end(force=True) != ada


def test_with_another_administrator_one_may_go(use: Administering):
    ada = use.add("ada", Role.ADMINISTRATOR, by=BY)
    use.add("grace", Role.ADMINISTRATOR, by=BY)
    assert use.lock(ada.id, by=BY).is_locked


def test_who_stays_is_compared_so_that_two_who_lock_each_other_do_not_both_succeed(
    use: Administering,
):
    ada = use.add("ada", Role.ADMINISTRATOR, by=BY)
    grace = use.add("grace", Role.ADMINISTRATOR, by=BY)
    use.lock(grace.id, by=BY)  # in between: ada still sees grace as she was
    with pytest.raises(ChangedMeanwhile):
        use.accounts.store.change(
            [Change(ada, replace(ada, is_locked=True)), Change(grace, grace)], []
        )
    assert not use.accounts.store.account(ada.id).is_locked


@pytest.mark.parametrize("change", ["lock", "unlock", "reset"])
def test_there_is_nothing_to_change_without_an_account(use: Administering, change: str):
    given = {"password": LONG} if change == "reset" else {}
    with pytest.raises(UnknownAccount):
        getattr(use, change)("nobody", by=BY, **given)


def test_ones_own_password_is_changed_by_whoever_knows_the_old_one(use: Administering):
    ada = use.add("ada", Role.EDITOR, by=BY, password=LONG)
    assert problems(lambda: use.change_password(ada, "falsch", f"{LONG} 2")) == {
        "old": "wrong-password"
    }
    assert problems(lambda: use.change_password(ada, LONG, "kurz")) == {"password": "too-short"}
    changed = use.change_password(ada, LONG, f"{LONG} 2")
    assert QUICK.fits(changed.password_hash, f"{LONG} 2")
    assert logged(use)[-1][0] is Role.EDITOR


def test_a_second_factor_is_set_up_once_the_app_makes_its_codes(use: Administering):
    ada = use.add("ada", Role.EDITOR, by=BY, password=LONG)
    assert problems(lambda: use.set_up_second_factor(ada, SECRET, "000000")) == {
        "code": "wrong-code"
    }
    code = pyotp.TOTP(SECRET).at(NOON)
    changed = use.set_up_second_factor(ada, SECRET, code)
    assert (changed.totp_secret, changed.totp_step) == (SECRET, int(NOON.timestamp()) // 30)
    assert problems(lambda: use.set_up_second_factor(ada, SECRET, code)) == {"code": "wrong-code"}
    assert logged(use)[-1][2:] == ("no second factor", "second factor")
    assert SECRET not in repr(use.accounts.store.log())


def test_what_a_provider_calls_somebody_is_bound_and_logged_without_the_name(use: Administering):
    ada = use.add("ada", Role.EDITOR, by=BY)
    assert use.bind(ada, "sub-ada") == use.accounts.of_subject("sub-ada")
    assert logged(use)[-1][2:] == ("no single sign-on", "single sign-on")
    assert "sub-ada" not in repr(use.accounts.store.log())
