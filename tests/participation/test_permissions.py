"""Every verb at every edge of the window; every role and every action at the desk."""

from datetime import datetime

import pytest

from participation.account import Account
from participation.document import Version
from participation.log_entry import Role
from participation.permissions import PERMITTED, Action, Verb, admit, allow, permitted
from participation.refusals import NotPermitted, WindowNotOpen
from tests.factories import AFTER, BEFORE, FIRST_MOMENT, LAST_MOMENT, MARCH, make_version

ALWAYS = [Verb.READ, Verb.WITHDRAW]
INSIDE = [
    Verb.CONTRIBUTE, Verb.REPLY, Verb.SUPPORT, Verb.CORRECT, Verb.WITHDRAW_SUPPORT,
]  # fmt: skip


def admitted(verb: Verb, version: Version, now: datetime) -> bool:
    try:
        admit(verb, version, now=now)
    except WindowNotOpen:
        return False
    return True


def test_the_table_names_every_verb():
    assert set(ALWAYS) | set(INSIDE) == set(Verb)


@pytest.mark.parametrize("now", [BEFORE, FIRST_MOMENT, LAST_MOMENT, AFTER])
@pytest.mark.parametrize("verb", ALWAYS)
def test_reading_and_withdrawing_are_always_possible(verb: Verb, now: datetime):
    assert admitted(verb, make_version(), now)
    assert admitted(verb, make_version(window=None), now)


@pytest.mark.parametrize("now", [FIRST_MOMENT, LAST_MOMENT])
@pytest.mark.parametrize("verb", INSIDE)
def test_writing_is_possible_inside_the_window(verb: Verb, now: datetime):
    assert admitted(verb, make_version(), now)


@pytest.mark.parametrize("now", [BEFORE, AFTER])
@pytest.mark.parametrize("verb", INSIDE)
def test_writing_is_refused_outside_and_told_when_it_is_possible(verb: Verb, now: datetime):
    with pytest.raises(WindowNotOpen) as refused:
        admit(verb, make_version(), now=now)
    assert (refused.value.opens, refused.value.closes) == (MARCH.opens, MARCH.closes)


@pytest.mark.parametrize("verb", INSIDE)
def test_a_version_without_a_window_takes_nothing(verb: Verb):
    with pytest.raises(WindowNotOpen) as refused:
        admit(verb, make_version(window=None), now=FIRST_MOMENT)
    assert (refused.value.opens, refused.value.closes) == (None, None)


# Action: moderator, editor, administrator. Residents (authors) may do nothing at the desk.
TABLE = """
see-desk         yes yes yes
moderate         yes yes yes
black-out        yes yes yes
transcribe       yes yes yes
import           no  yes yes
answer           no  yes yes
publish-answers  no  yes yes
export           no  yes yes
erase            no  yes yes
see-log          yes yes yes
manage-accounts  no  no  yes
"""
CELLS = {
    (role, Action(action)): word == "yes"
    for action, *words in map(str.split, TABLE.strip().splitlines())
    for role, word in zip(
        (Role.AUTHOR, Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR), ("no", *words), strict=True
    )
}


def test_the_table_names_every_role_and_every_action():
    assert set(CELLS) == {(role, action) for role in Role for action in Action}
    assert set(PERMITTED) == set(Role)


@pytest.mark.parametrize(("role", "action"), CELLS, ids=lambda value: value.value)
def test_a_role_permits_what_the_table_says(role: Role, action: Action):
    assert permitted(role, action) is CELLS[role, action]


@pytest.mark.parametrize(("role", "action"), CELLS, ids=lambda value: value.value)
def test_an_account_may_do_what_its_role_permits(role: Role, action: Action):
    assert allowed(Account("a1", "ada", role), action) is CELLS[role, action]


@pytest.mark.parametrize("role", Role)
def test_a_locked_account_may_do_nothing(role: Role):
    locked = Account("a1", "ada", role, is_locked=True)
    assert not [action for action in Action if allowed(locked, action)]


def test_the_refusal_names_the_action():
    with pytest.raises(NotPermitted) as refused:
        allow(Account("a1", "ada", Role.MODERATOR), Action.ERASE)
    assert (refused.value.action, refused.value.code) == (Action.ERASE, "not-permitted")


def allowed(account: Account, action: Action) -> bool:
    try:
        allow(account, action)
    except NotPermitted:
        return False
    return True
