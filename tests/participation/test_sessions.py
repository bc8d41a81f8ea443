from dataclasses import replace
from datetime import timedelta

from participation.account import Account
from participation.log_entry import Role
from participation.sessions import LENGTH, MOST, is_signed_in, signed_in, signed_out
from tests.factories import NOON

ADA = Account("a1", "ada", Role.EDITOR)
MOMENT = timedelta(microseconds=1)


def test_a_session_holds_for_eight_hours_and_no_moment_longer():
    ada = signed_in(ADA, "d1", NOON)
    assert timedelta(hours=8) == LENGTH
    assert is_signed_in(ada, "d1", NOON)
    assert is_signed_in(ada, "d1", NOON + LENGTH - MOMENT)
    assert not is_signed_in(ada, "d1", NOON + LENGTH)
    assert not is_signed_in(ada, "d1", NOON - MOMENT)


def test_only_the_browser_that_signed_in_is_signed_in():
    assert not is_signed_in(ADA, "d1", NOON)
    assert not is_signed_in(signed_in(ADA, "d1", NOON), "d2", NOON)


def test_a_locked_account_has_no_session():
    assert not is_signed_in(replace(signed_in(ADA, "d1", NOON), is_locked=True), "d1", NOON)


def test_signing_out_ends_one_session_only():
    ada = signed_out(signed_in(signed_in(ADA, "d1", NOON), "d2", NOON), "d1")
    assert not is_signed_in(ada, "d1", NOON)
    assert is_signed_in(ada, "d2", NOON)


def test_sessions_that_have_ended_are_forgotten_at_the_next_sign_in():
    later = NOON + LENGTH
    ada = signed_in(signed_in(ADA, "d1", NOON), "d2", later)
    assert [session.digest for session in ada.sessions] == ["d2"]


def test_with_too_many_browsers_the_oldest_is_signed_out():
    ada = ADA
    for number in range(MOST + 1):
        ada = signed_in(ada, f"d{number}", NOON)
    assert len(ada.sessions) == MOST
    assert not is_signed_in(ada, "d0", NOON)
    assert is_signed_in(ada, "d1", NOON)
