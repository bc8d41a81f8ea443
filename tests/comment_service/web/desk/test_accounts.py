"""The pages of accounts: one's own, and those of all for administrators."""

import re

import pyotp
import pytest
from argon2 import PasswordHasher

from comment_service.accounts import Accounts
from comment_service.passwords import Passwords
from comment_service.web.desk.cookie import NAME
from participation.log_entry import Role
from tests.comment_service.web.desk.conftest import HOST, SECRET, Desk, MakeAccount, SignIn
from tests.comment_service.web.desk.test_signing_in import hidden
from tests.factories import NOON

LONG = "ein langes Passwort"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(LONG)
ALL = "/redaktion/konten"
OWN = "/redaktion/konto"
FACTOR = "/redaktion/konto/zweiter-faktor"


def shown_password(page: str) -> str:
    found = re.search(r'<code class="password">([^<]+)</code>', page)
    assert found
    return found[1]


def test_all_accounts_are_listed(administrator: Desk, make_account: MakeAccount):
    make_account(Role.EDITOR, "grace", is_locked=True)
    page = administrator.get(ALL).text
    assert "grace" in page
    assert "gesperrt" in page
    assert "zweiter Faktor" in page


def test_an_account_is_added_and_its_password_shown_once(administrator: Desk, accounts: Accounts):
    answer = administrator.send(ALL, name="Grace", role="editor")
    assert answer.status_code == 200
    grace = accounts.named("grace")
    assert grace
    password = shown_password(answer.text)
    assert Passwords().fits(grace.password_hash, password)
    assert password not in administrator.get(f"{ALL}/{grace.id}").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "zwei Worte", "role": "editor"}, "Bitte nehmen Sie nur Buchstaben"),
        ({"name": "administrator", "role": "editor"}, "Es gibt schon ein Konto"),
        ({"name": "grace", "role": "author"}, "Bitte wählen Sie"),
        ({}, "Bitte wählen Sie"),
    ],
)
def test_what_cannot_be_added_stays_typed(
    administrator: Desk, accounts: Accounts, fields: dict[str, str], words: str
):
    answer = administrator.send(ALL, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{fields.get("name", "")}"' in answer.text
    assert len(accounts.store.accounts()) == 1


def test_role_lock_and_reset_are_done_and_told(
    administrator: Desk, make_account: MakeAccount, accounts: Accounts
):
    grace = make_account(Role.EDITOR, "grace", password_hash=HASH, totp_secret=SECRET)
    for path, fields, words in (
        ("rolle", {"role": "moderator"}, "grace hat jetzt die Rolle: Moderation."),
        ("sperren", {}, "grace ist gesperrt."),
        ("entsperren", {}, "grace ist wieder offen."),
    ):
        answer = administrator.send(f"{ALL}/{grace.id}/{path}", **fields)
        assert answer.status_code == 303
        assert words in administrator.get(answer.headers["Location"]).text
    page = administrator.send(f"{ALL}/{grace.id}/zuruecksetzen").text
    kept = accounts.store.account(grace.id)
    assert Passwords().fits(kept.password_hash, shown_password(page))
    assert (kept.role, kept.totp_secret) == (Role.MODERATOR, None)


def test_words_that_we_did_not_say_are_not_told(administrator: Desk, sign_in: SignIn):
    assert "Gewonnen" not in administrator.get("/redaktion/?said=Gewonnen&proof=x").text
    assert "Gewonnen" not in administrator.get("/redaktion/?said=Gewonnen").text
    told = administrator.send(f"{ALL}/account-administrator/entsperren").headers["Location"]
    other = sign_in(Role.ADMINISTRATOR, "other", totp_secret=SECRET)
    assert "ist wieder offen" in administrator.get(told).text
    assert "ist wieder offen" not in other.get(told).text


@pytest.mark.parametrize(("path", "fields"), [("sperren", {}), ("rolle", {"role": "editor"})])
def test_the_last_administrator_cannot_go(
    administrator: Desk, accounts: Accounts, path: str, fields: dict[str, str]
):
    answer = administrator.send(f"{ALL}/account-administrator/{path}", **fields)
    assert answer.status_code == 409
    assert "Niemand sonst könnte dann noch die Konten verwalten." in answer.text
    assert accounts.store.account("account-administrator").role is Role.ADMINISTRATOR


def test_an_account_that_is_not_there_is_told(administrator: Desk):
    assert administrator.get(f"{ALL}/nichts").status_code == 404
    assert administrator.send(f"{ALL}/nichts/sperren").status_code == 404


@pytest.mark.usefixtures("accounts")
def test_a_lock_and_a_role_count_at_once(administrator: Desk, sign_in: SignIn):
    grace = sign_in(Role.ADMINISTRATOR, "grace", totp_secret=SECRET)
    assert grace.get(ALL).status_code == 200
    administrator.send(f"{ALL}/account-grace/rolle", role="moderator")
    assert grace.get(ALL).status_code == 403
    administrator.send(f"{ALL}/account-grace/sperren")
    assert grace.get("/redaktion/").status_code == 303


def test_an_administrator_sets_up_a_second_factor_before_anything_else(
    sign_in: SignIn, accounts: Accounts
):
    desk = sign_in(Role.ADMINISTRATOR, password_hash=HASH)
    for path in ("/redaktion/", ALL):
        assert desk.get(path).headers["Location"] == FACTOR
    page = desk.get(FACTOR).text
    assert "<svg" in page
    assert "style=" not in page  # no style may stand in a page
    nonce = hidden(page, "nonce")
    secret = re.search(r"Geheimnis:\s*<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    typed = {"nonce": nonce, "csrf": hidden(page, "csrf")}
    wrong = desk.send(FACTOR, **typed, code="000000")
    assert wrong.status_code == 422
    assert hidden(wrong.text, "nonce") == nonce  # the same picture: the app knows it already
    code = pyotp.TOTP(secret[1].replace(" ", "")).at(NOON)
    done = desk.send(FACTOR, **typed, code=code)
    assert done.status_code == 303
    assert "Ihr zweiter Faktor ist eingerichtet." in desk.get(done.headers["Location"]).text
    assert desk.get("/redaktion/").status_code == 200
    assert accounts.store.account("account-administrator").totp_secret == secret[1].replace(" ", "")
    assert "<svg" not in desk.get(FACTOR).text


@pytest.mark.parametrize(
    ("required", "role", "has_to"),
    [
        ("administrators", Role.EDITOR, False),
        ("everybody", Role.MODERATOR, True),
        ("nobody", Role.ADMINISTRATOR, False),
    ],
)
def test_who_must_is_a_setting(
    environ: dict[str, str],
    request: pytest.FixtureRequest,
    required: str,
    role: Role,
    *,
    has_to: bool,
):
    environ["RANDNOTIZ_SECOND_FACTOR"] = required
    sign_in: SignIn = request.getfixturevalue("sign_in")
    answer = sign_in(role, password_hash=HASH).get("/redaktion/")
    assert answer.status_code == (303 if has_to else 200)
    assert sign_in(role, "elsewhere", subject="s1").get("/redaktion/").status_code == 200


def test_ones_password_is_changed_and_other_browsers_are_signed_out(
    sign_in: SignIn, accounts: Accounts
):
    desk = sign_in(Role.EDITOR, "ada", password_hash=HASH)
    before = desk.get_cookie(NAME, HOST)
    answer = desk.send(f"{OWN}/passwort", old=LONG, password=f"{LONG} 2")
    assert "Ihr Passwort ist geändert" in desk.get(answer.headers["Location"]).text
    assert desk.get_cookie(NAME, HOST) != before
    kept = accounts.store.account("account-ada")
    assert Passwords().fits(kept.password_hash, f"{LONG} 2")
    assert len(kept.sessions) == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("falsch", f"{LONG} 2", "Das ist nicht Ihr Passwort."),
        (LONG, "kurz", "Hier werden mindestens 12 Zeichen gebraucht."),
        (LONG, "a" * 257, "256 Zeichen"),
    ],
)
def test_a_password_that_cannot_be_changed_is_told(
    sign_in: SignIn, accounts: Accounts, old: str, new: str, words: str
):
    desk = sign_in(Role.EDITOR, "ada", password_hash=HASH)
    answer = desk.send(f"{OWN}/passwort", old=old, password=new)
    assert answer.status_code == 422
    assert words in answer.text
    assert new not in answer.text
    assert accounts.store.account("account-ada").password_hash == HASH


def test_who_signs_in_elsewhere_has_no_password_here(sign_in: SignIn):
    page = sign_in(Role.EDITOR, "ada", subject="s1").get(OWN).text
    assert 'name="old"' not in page
