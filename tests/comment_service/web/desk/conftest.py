"""The desk in memory, and browsers of those who work at it."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from comment_service.accounts import Accounts
from comment_service.storage.protocol import Change
from comment_service.web.desk.cookie import NAME
from participation.account import Account
from participation.log_entry import Role
from participation.sessions import signed_in
from tests.comment_service.conftest import Client
from tests.conftest import Clock

HOST = "texte.example.org"
ORIGIN = f"https://{HOST}"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of a second factor
HIDDEN = re.compile(r'name="csrf" value="([^"]+)"')


class Desk(Client):
    """A browser at the desk: it sends forms from where it is, with the proof of its session."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"base_url": ORIGIN, **kwargs})

    def send(self, path: str, **fields: Any) -> TestResponse:
        """Send a form as a page of the desk does; files go along as ``(stream, name)``."""
        proof = HIDDEN.search(self.get("/redaktion/").text)
        given = {"csrf": proof[1] if proof else "", **fields}
        return self.post(path, data=given, headers={"Origin": ORIGIN})


MakeAccount = Callable[..., Account]
SignIn = Callable[..., Desk]


@pytest.fixture
def accounts(app: Flask) -> Accounts:
    """The accounts of the service."""
    return Accounts(app.extensions["randnotiz"].commenting.store)


@pytest.fixture
def stranger(app: Flask) -> Desk:
    """A browser in which nobody is signed in."""
    return Desk(app)


@pytest.fixture
def make_account(accounts: Accounts) -> MakeAccount:
    """Makes accounts, in whatever role."""

    def make_account(role: Role, name: str = "", **given: Any) -> Account:
        name = name or role.value
        account = Account(id=f"account-{name}", name=name, role=role, **given)
        accounts.store.change([Change(None, account)], [])
        return account

    return make_account


@pytest.fixture
def sign_in(app: Flask, accounts: Accounts, make_account: MakeAccount, clock: Clock) -> SignIn:
    """Signs somebody in, in whatever role: a browser of their own, without the trouble."""

    def sign_in(role: Role, name: str = "", **given: Any) -> Desk:
        account = make_account(role, name, **given)
        token = f"token-of-{account.name}"
        digest = hashlib.sha256(token.encode()).hexdigest()
        accounts.edit(account.id, lambda seen: signed_in(seen, digest, clock()))
        desk = Desk(app)
        desk.set_cookie(NAME, f"{account.id}.{token}", domain=HOST, secure=True)
        return desk

    return sign_in


@pytest.fixture
def moderator(sign_in: SignIn) -> Desk:
    """The browser of a moderator."""
    return sign_in(Role.MODERATOR)


@pytest.fixture
def editor(sign_in: SignIn) -> Desk:
    """The browser of an editor."""
    return sign_in(Role.EDITOR)


@pytest.fixture
def administrator(sign_in: SignIn) -> Desk:
    """The browser of an administrator, whose second factor is set up."""
    return sign_in(Role.ADMINISTRATOR, totp_secret=SECRET)
