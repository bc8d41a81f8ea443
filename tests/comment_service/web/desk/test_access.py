"""Every address of the desk, for every role and for nobody; no new one can be forgotten."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from comment_service.web.desk.access import Open, access_of, permitted, refuse_unmarked
from comment_service.web.desk.blueprint import NAME
from participation.log_entry import Role
from participation.permissions import Action
from participation.permissions import permitted as is_permitted
from tests.comment_service.web.desk.conftest import ORIGIN, SECRET, Desk, SignIn

ROLES = [Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR]


def addresses(app: Flask) -> list[tuple[str, str, object]]:
    """Return method, address and access of everything that can be asked of the desk."""
    desk = app.extensions["randnotiz_service"].desk.application()
    return [
        (method, _address(rule), access_of(desk, rule.endpoint))
        for rule in desk.url_map.iter_rules()
        if rule.endpoint.startswith(f"{NAME}.")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def _address(rule: Rule) -> str:
    """Return an address by the rule; what its parts name need not be there."""
    parts = re.sub(r"<number:\w+>", "1", rule.rule)
    return re.sub(r"<[^>]+>", "nichts", parts)


def refuses(desk: Desk, method: str, address: str) -> bool:
    """Say whether the role is what keeps somebody from an address; it never breaks."""
    ask = desk.send if method == "POST" else desk.get
    answer = ask(address)
    assert answer.status_code < 500, address
    return "not-permitted" in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_it_permits_and_nothing_else(app: Flask, sign_in: SignIn, role: Role):
    for number, (method, address, access) in enumerate(addresses(app)):
        desk = sign_in(role, f"{role}-{number}", totp_secret=SECRET)
        refused = isinstance(access, Action) and not is_permitted(role, access)
        assert (method, address, refuses(desk, method, address)) == (method, address, refused)


def test_nobody_reaches_anything_without_signing_in(app: Flask, stranger: Desk):
    for method, address, access in addresses(app):
        if access is Open.TO_ALL:
            continue
        answer = stranger.open(address, method=method, headers={"Origin": ORIGIN})
        if method == "GET":
            assert (address, answer.status_code) == (address, 303)
            assert answer.headers["Location"].startswith("/redaktion/anmelden?")
        else:
            assert (address, answer.status_code) == (address, 403)
            assert 'name="password"' in answer.text


def test_only_signing_in_is_open_to_all(app: Flask):
    all_open = {address for _, address, access in addresses(app) if access is Open.TO_ALL}
    assert all_open == {
        "/redaktion/anmelden",
        "/redaktion/anmelden/zentral",
        "/redaktion/anmelden/zurueck",
    }


def test_a_view_that_does_not_say_who_may_reach_it_keeps_the_desk_closed():
    desk = Flask("desk")
    desk.add_url_rule("/redaktion/neu", f"{NAME}.new", lambda: "")
    with pytest.raises(ValueError, match=r"desk\.new"):
        refuse_unmarked(desk)
    desk.view_functions[f"{NAME}.new"] = permitted(Action.SEE_DESK)(lambda: "")
    refuse_unmarked(desk)


def test_what_is_not_there_is_told_to_accounts_only(stranger: Desk, moderator: Desk):
    assert stranger.get("/redaktion/nichts").status_code == 303
    assert moderator.get("/redaktion/nichts").status_code == 404


def test_links_to_what_a_role_does_not_permit_are_not_shown(moderator: Desk):
    assert "/redaktion/konten" not in moderator.get("/redaktion/").text
