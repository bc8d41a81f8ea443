"""Many who sign in at the same moment, on every store: nobody gets more tries than in a row."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest

from comment_service.accounts import Accounts
from comment_service.signing_in import Attempt, SignedIn, SigningIn
from comment_service.storage.protocol import Change
from comment_service.tries import Tries
from participation.account import Account
from participation.back_off import FREE
from participation.log_entry import Role
from participation.refusals import SignInRefused, TooManyTries
from tests.comment_service.test_administering import LONG, QUICK, SECRET, accounts
from tests.conftest import Clock
from tests.factories import NOON

__all__ = ["accounts"]


@pytest.fixture
def signing_in(accounts: Accounts, clock: Clock) -> SigningIn:  # the fixture
    hashed = QUICK.hash(LONG)
    ada = Account("a1", "ada", Role.EDITOR, password_hash=hashed, totp_secret=SECRET)
    accounts.store.change([Change(None, ada)], [])
    return SigningIn(accounts, QUICK, Tries(), clock)


def at_once(signing_in: SigningIn, password: str, code: str, times: int) -> Counter[str]:
    """Try so many times at the same moment and count what came of it."""

    def one_try(number: int) -> str:
        try:
            done = signing_in.sign_in(Attempt("ada", password, code, f"10.0.0.{number}"))
        except (SignInRefused, TooManyTries) as refused:
            return type(refused).__name__
        return type(done).__name__

    with ThreadPoolExecutor(8) as pool:
        return Counter(pool.map(one_try, range(times)))


def test_wrong_tries_at_once_are_not_more_than_in_a_row(signing_in: SigningIn):
    met = at_once(signing_in, "falsch", "", 16)
    assert met == {SignInRefused.__name__: FREE, TooManyTries.__name__: 16 - FREE}
    assert signing_in.accounts.store.account("a1").failures == FREE


def test_a_code_is_good_for_one_of_those_who_use_it_at_once(signing_in: SigningIn):
    met = at_once(signing_in, LONG, pyotp.TOTP(SECRET).at(NOON), FREE)
    assert met[SignedIn.__name__] == 1
    assert len(signing_in.accounts.store.account("a1").sessions) == 1
