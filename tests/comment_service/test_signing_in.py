"""Signing in: the password, the second factor, the back-off, and sessions that end."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from comment_service.accounts import Accounts
from comment_service.passwords import Passwords, new_password
from comment_service.second_factor import address, secret_from, step_of
from comment_service.signing_in import FREE_OF_ADDRESS, Attempt, SignedIn, SigningIn
from comment_service.storage.memory import MemoryStore
from comment_service.storage.protocol import Change
from comment_service.tries import MOST, Tries
from participation.account import Account
from participation.back_off import FREE
from participation.log_entry import Role
from participation.refusals import ChangedMeanwhile, SignInRefused, TooManyTries
from tests.conftest import Clock
from tests.factories import NOON

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
RIGHT = "ein langes Passwort"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def accounts() -> Accounts:
    return Accounts(MemoryStore())


@pytest.fixture
def signing_in(accounts: Accounts, clock: Clock) -> SigningIn:
    return SigningIn(accounts, QUICK, Tries(), clock)


@pytest.fixture
def ada(accounts: Accounts) -> Account:
    return add(accounts, "ada")


def add(accounts: Accounts, name: str, **given) -> Account:
    given = {"password_hash": QUICK.hash(RIGHT), **given}
    account = Account(f"account-{name}", name, given.pop("role", Role.EDITOR), **given)
    accounts.store.change([Change(None, account)], [])
    return account


def attempt(
    name: str = "ada", password: str = RIGHT, code: str = "", sender: str = "203.0.113.9"
) -> Attempt:
    return Attempt(name, password, code, sender)


def fail(signing_in: SigningIn, times: int, **given: str) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(attempt(**{"password": "falsch", **given}))


def resumed(signing_in: SigningIn, one: SignedIn) -> Account:
    found = signing_in.resume(one.key())
    assert found is not None
    return found.account


@pytest.mark.parametrize("name", ["ada", " Ada ", "ADA"])
def test_name_and_password_begin_a_session(signing_in: SigningIn, ada: Account, name: str):
    one = signing_in.sign_in(attempt(name))
    assert resumed(signing_in, one).id == ada.id


def test_every_session_has_a_token_of_its_own_of_which_only_a_digest_is_kept(
    signing_in: SigningIn, accounts: Accounts, ada: Account
):
    one, other = signing_in.sign_in(attempt()), signing_in.sign_in(attempt())
    assert one.token != other.token
    kept = repr(accounts.store.account(ada.id))
    assert one.token not in kept
    assert other.token not in kept


@pytest.mark.parametrize(
    "wrong",
    [
        attempt(password="falsch"),
        attempt(password=""),
        attempt("grace"),
        attempt(""),
        attempt("\ud800", "\ud800", sender="\ud800"),
    ],
    ids=str,
)
def test_whatever_is_wrong_the_refusal_is_the_same(
    signing_in: SigningIn, ada: Account, wrong: Attempt
):
    with pytest.raises(SignInRefused) as refused:
        signing_in.sign_in(wrong)
    assert str(refused.value) == str(SignInRefused())
    assert resumed(signing_in, signing_in.sign_in(attempt())).id == ada.id


def test_a_locked_account_and_one_without_a_password_are_refused_alike(
    signing_in: SigningIn, accounts: Accounts
):
    add(accounts, "locked", is_locked=True)
    add(accounts, "elsewhere", password_hash=None, subject="s1")
    for name in ("locked", "elsewhere"):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(attempt(name))


@pytest.mark.usefixtures("ada")
def test_after_five_wrong_tries_even_the_right_one_has_to_wait(signing_in: SigningIn, clock: Clock):
    fail(signing_in, FREE)
    with pytest.raises(TooManyTries) as refused:
        signing_in.sign_in(attempt())
    assert refused.value.until == NOON + timedelta(seconds=30)
    clock.now = refused.value.until
    signing_in.sign_in(attempt())
    fail(signing_in, FREE)  # a right one begins the count anew


@pytest.mark.usefixtures("ada")
def test_each_further_wrong_try_doubles_the_wait(signing_in: SigningIn, clock: Clock):
    fail(signing_in, FREE)
    clock.now += timedelta(seconds=30)
    fail(signing_in, 1)
    with pytest.raises(TooManyTries) as refused:
        signing_in.sign_in(attempt())
    assert refused.value.until == clock.now + timedelta(seconds=60)


def test_a_name_that_nobody_has_waits_just_the_same(signing_in: SigningIn, clock: Clock):
    fail(signing_in, FREE, name="grace")
    with pytest.raises(TooManyTries) as refused:
        signing_in.sign_in(attempt(" GRACE"))
    assert refused.value.until == NOON + timedelta(seconds=30)
    clock.now += timedelta(days=1)
    fail(signing_in, 1, name="grace")  # the day's key is gone, and the count with it


@pytest.mark.usefixtures("ada")
def test_many_tries_at_once_are_not_more_than_in_a_row(signing_in: SigningIn):
    def one_try(_: int) -> type[Exception]:
        try:
            signing_in.sign_in(attempt(password="falsch"))
        except (SignInRefused, TooManyTries) as refused:
            return type(refused)
        raise AssertionError

    with ThreadPoolExecutor(8) as pool:
        met = list(pool.map(one_try, range(16)))
    assert met.count(SignInRefused) == FREE
    assert met.count(TooManyTries) == 16 - FREE


@pytest.mark.usefixtures("ada")
def test_one_address_cannot_try_one_name_after_the_other(signing_in: SigningIn, clock: Clock):
    for number in range(FREE_OF_ADDRESS):
        fail(signing_in, 1, name=f"name-{number}")
    with pytest.raises(TooManyTries):
        signing_in.sign_in(attempt())
    signing_in.sign_in(attempt(sender="198.51.100.7"))  # others are not in its way
    clock.now += timedelta(seconds=30)
    signing_in.sign_in(attempt())


def test_what_is_counted_names_no_address_and_is_bounded(clock: Clock):
    tries = Tries()
    for number in range(MOST + 1):
        tries.count(f"address 10.0.{number >> 8}.{number & 255}", clock(), free=1)
    assert len(tries._failures) == MOST  # noqa: SLF001  # nothing else tells what is remembered
    assert "10.0." not in repr(vars(tries))


@pytest.mark.usefixtures("ada")
def test_a_session_ends_after_eight_hours(signing_in: SigningIn, clock: Clock):
    one = signing_in.sign_in(attempt())
    clock.now += timedelta(hours=8)
    assert signing_in.resume(one.key()) is None


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("key", ["", ".", "account-ada", "account-ada.", "account-ada.x", "x.y"])
def test_nobody_is_signed_in_by_a_key_that_was_made_up(signing_in: SigningIn, key: str):
    signing_in.sign_in(attempt())
    assert signing_in.resume(key) is None


def test_signing_out_ends_this_session_or_all(signing_in: SigningIn, ada: Account):
    one, other, third = (signing_in.sign_in(attempt()) for _ in range(3))
    signing_in.sign_out(one)
    assert signing_in.resume(one.key()) is None
    assert signing_in.resume(other.key()) is not None
    signing_in.sign_out_everywhere(ada)
    assert signing_in.resume(other.key()) is signing_in.resume(third.key()) is None


def test_a_role_that_was_changed_and_a_lock_count_at_once(
    signing_in: SigningIn, accounts: Accounts, ada: Account
):
    one = signing_in.sign_in(attempt())
    accounts.edit(ada.id, lambda seen: replace(seen, role=Role.MODERATOR))
    assert resumed(signing_in, one).role is Role.MODERATOR
    accounts.edit(ada.id, lambda seen: replace(seen, is_locked=True))
    assert signing_in.resume(one.key()) is None


def test_whom_a_provider_vouches_for_is_welcome_unless_locked(
    signing_in: SigningIn, accounts: Accounts
):
    grace = add(accounts, "grace", password_hash=None, subject="s1")
    assert resumed(signing_in, signing_in.welcome(grace)).id == grace.id
    locked = add(accounts, "locked", is_locked=True)
    with pytest.raises(SignInRefused):
        signing_in.welcome(locked)


@pytest.fixture
def careful(accounts: Accounts) -> Account:
    """Somebody who has set up a second factor."""
    return add(accounts, "ada", totp_secret=SECRET)


def code(now, steps: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(now, counter_offset=steps)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_with_a_second_factor_the_code_of_the_moment_is_needed(
    signing_in: SigningIn, careful: Account, steps: int
):
    spaced = f" {code(NOON, steps)[:3]} {code(NOON, steps)[3:]}"
    assert resumed(signing_in, signing_in.sign_in(attempt(code=spaced))).id == careful.id


@pytest.mark.usefixtures("careful")
@pytest.mark.parametrize("typed", ["", "123456", "\uff11\uff12\uff13\uff14\uff15\uff16", "code"])
def test_without_the_code_the_password_is_not_enough(signing_in: SigningIn, typed: str):
    assert typed != code(NOON)
    with pytest.raises(SignInRefused):
        signing_in.sign_in(attempt(code=typed))
    for steps in (-2, 2):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(attempt(code=code(NOON, steps)))


@pytest.mark.usefixtures("careful")
def test_a_code_is_good_for_one_sign_in(signing_in: SigningIn, clock: Clock):
    signing_in.sign_in(attempt(code=code(NOON)))
    for used in (code(NOON), code(NOON, -1)):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(attempt(code=used))
    clock.now += timedelta(seconds=30)
    signing_in.sign_in(attempt(code=code(clock.now)))


@pytest.mark.usefixtures("careful")
def test_wrong_codes_count_as_wrong_tries(signing_in: SigningIn):
    for _ in range(FREE):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(attempt(code="000000"))
    with pytest.raises(TooManyTries):
        signing_in.sign_in(attempt(code=code(NOON)))


def test_the_secret_that_is_offered_is_of_this_session_and_this_page():
    assert secret_from("token", "n1") == secret_from("token", "n1")
    assert (
        len({secret_from("token", "n1"), secret_from("token", "n2"), secret_from("x", "n1")}) == 3
    )
    secret = secret_from("token", "n1")
    assert step_of(secret, pyotp.TOTP(secret).at(NOON), NOON, after=None) is not None
    assert address(secret, "ada", "Stadt").startswith("otpauth://totp/Stadt:ada?secret=")


def test_passwords_are_kept_as_argon2_hashes_with_a_salt():
    passwords = Passwords()
    one, other = passwords.hash(RIGHT), passwords.hash(RIGHT)
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != other
    assert passwords.fits(one, RIGHT)
    assert not passwords.fits(one, f"{RIGHT} ")
    assert not passwords.fits("kein Hash", RIGHT)


def test_a_password_that_is_made_here_is_long_and_another_each_time():
    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {20}


def test_an_account_that_others_change_all_the_time_is_given_up(accounts: Accounts, ada: Account):
    def edit(seen: Account) -> Account:
        now = accounts.store.account(seen.id)
        accounts.store.change([Change(now, replace(now, failures=now.failures + 1))], [])
        return replace(seen, name="other")

    with pytest.raises(ChangedMeanwhile):
        accounts.edit(ada.id, edit)


@pytest.mark.usefixtures("ada")
def test_what_others_change_in_between_is_not_lost(accounts: Accounts, ada: Account):
    others = [lambda seen: replace(seen, failures=7)]

    def edit(seen: Account) -> Account:
        for other in others[:]:
            others.remove(other)
            accounts.edit(seen.id, other)
        return replace(seen, is_locked=True)

    changed = accounts.edit(ada.id, edit)
    assert changed == accounts.store.account(ada.id) == replace(ada, failures=7, is_locked=True)
    assert accounts.edit(ada.id, lambda seen: seen) == changed


def test_an_account_is_found_by_its_subject(accounts: Accounts):
    grace = add(accounts, "grace", subject="s1")
    assert accounts.of_subject("s1") == grace
    assert accounts.of_subject("s2") is None
