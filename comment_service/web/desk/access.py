"""Who may see which page of the desk: each view says it, and nothing is shown where none does."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from comment_service.signing_in import SignedIn
from comment_service.web.desk.blueprint import NAME
from participation.account import Account
from participation.permissions import Action, allow
from participation.permissions import permitted as is_permitted

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Open(Enum):
    """What is open to more than an action names."""

    TO_ALL = "to all"
    TO_ACCOUNTS = "to accounts"  # in whatever role, and before a second factor is set up


Access = Action | Open


def permitted(action: Action) -> Callable[[View], View]:
    """Mark a view of the desk: only roles that permit ``action`` reach it."""
    return _marked(action)


def open_to_accounts(view: View) -> View:
    """Mark a view of the desk: whoever is signed in reaches it."""
    return _marked(Open.TO_ACCOUNTS)(view)


def open_to_all(view: View) -> View:
    """Mark a view of the desk: it is for signing in."""
    return _marked(Open.TO_ALL)(view)


def access_of(desk: Flask, endpoint: str) -> Access | None:
    """Return to whom an address of the desk is open; None if its view does not say."""
    return getattr(desk.view_functions[endpoint], "desk_access", None)


def refuse_unmarked(desk: Flask) -> None:
    """Return if every view of the desk says who reaches it.

    Raises:
        ValueError: If one does not: that is a mistake of ours, and nothing is shown then.
    """
    unmarked = [
        rule.endpoint
        for rule in desk.url_map.iter_rules()
        if rule.endpoint.startswith(f"{NAME}.") and access_of(desk, rule.endpoint) is None
    ]
    if unmarked:
        raise ValueError(f"nobody says who may reach {unmarked}: mark them with @permitted")


def asked_access() -> Access:
    """Return to whom the address that is asked for is open; an unknown one to accounts only."""
    if request.endpoint == "static":
        return Open.TO_ALL
    if request.endpoint is None:
        return Open.TO_ACCOUNTS
    return access_of(current_app, request.endpoint) or Action.MANAGE_ACCOUNTS


def let_pass(account: Account, access: Access) -> None:
    """Let somebody who is signed in pass.

    Raises:
        NotPermitted: If the account's role does not permit it.
    """
    if isinstance(access, Action):
        allow(account, access)


def current_signed_in() -> SignedIn | None:
    """Return who is signed in where the current request comes from, if anybody is."""
    return cast("SignedIn | None", g.get("signed_in"))


def current_account() -> Account:
    """Return the account that the current request comes from; the guard has seen to it."""
    signed_in = current_signed_in()
    if signed_in is None:
        raise LookupError("no account: this view is open to all")
    return signed_in.account


def may(action: str) -> bool:
    """Say whether whoever is signed in may do that, for links and buttons."""
    signed_in = current_signed_in()
    return signed_in is not None and is_permitted(signed_in.account.role, Action(action))


def _marked(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        cast("Any", view).desk_access = access
        return view

    return mark
