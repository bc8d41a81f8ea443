"""Signing in and out in a browser: the cookie, the forms, and what an ended session leaves."""

import html
import json
import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from comment_service.accounts import Accounts
from comment_service.web.desk.cookie import NAME
from comment_service.web.desk.kept_form import KeptForm, read_kept, safe_target
from comment_service.web.desk.uploads import STRANGERS_LIMIT, UPLOAD_LIMIT
from participation.back_off import FREE
from participation.log_entry import Role
from tests.comment_service.web.desk.conftest import HOST, ORIGIN, Desk, MakeAccount, SignIn
from tests.conftest import Clock

LONG = "ein langes Passwort"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(LONG)
FORM = "/redaktion/anmelden"


@pytest.fixture
def ada(make_account: MakeAccount) -> None:
    make_account(Role.EDITOR, "ada", password_hash=HASH)


def send(desk: Desk, path: str = FORM, **fields: str) -> TestResponse:
    """Send a form without the proof of a session."""
    return desk.post(path, data=fields, headers={"Origin": ORIGIN})


def sign_in_as_ada(desk: Desk, **fields: str) -> TestResponse:
    return send(desk, **{"name": "ada", "password": LONG, **fields})


@pytest.mark.usefixtures("ada")
def test_who_signs_in_goes_on_to_where_they_wanted(stranger: Desk):
    asked = stranger.get("/redaktion/konto?lang=en")
    assert asked.status_code == 303
    page = stranger.get(asked.headers["Location"]).text
    assert 'name="next" value="/redaktion/konto?lang=en"' in page
    answer = sign_in_as_ada(stranger, next="/redaktion/konto?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/redaktion/konto?lang=en")
    assert stranger.get("/redaktion/konto").status_code == 200
    assert stranger.get(FORM).status_code == 303  # is signed in already


@pytest.mark.usefixtures("ada")
def test_the_cookie_is_for_this_host_over_https_and_no_script(stranger: Desk):
    cookie = sign_in_as_ada(stranger).headers["Set-Cookie"]
    assert cookie.startswith(f"{NAME}=account-ada.")
    assert NAME.startswith("__Host-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Expires" not in cookie


@pytest.mark.usefixtures("ada")
def test_signing_in_again_ends_the_session_before(stranger: Desk, accounts: Accounts):
    sign_in_as_ada(stranger)
    before = stranger.get_cookie(NAME, HOST)
    sign_in_as_ada(stranger)
    assert stranger.get_cookie(NAME, HOST) != before
    assert len(accounts.store.account("account-ada").sessions) == 1


@pytest.mark.usefixtures("ada")
def test_what_is_wrong_is_not_told_and_the_password_is_not_shown_again(stranger: Desk):
    for fields in ({"password": "falsch"}, {"name": "nobody"}, {"name": "", "password": ""}):
        answer = sign_in_as_ada(stranger, **fields)
        assert answer.status_code == 403
        assert "Name, Passwort oder Code stimmt nicht." in answer.text
        assert LONG not in answer.text
    assert 'value="ada"' in sign_in_as_ada(stranger, password="falsch").text
    assert stranger.get_cookie(NAME, HOST) is None


@pytest.mark.usefixtures("ada")
def test_too_many_wrong_tries_are_told_with_the_wait(stranger: Desk):
    for _ in range(FREE):
        sign_in_as_ada(stranger, password="falsch")
    answer = sign_in_as_ada(stranger)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
    assert "zu viele falsche Versuche" in answer.text


@pytest.mark.parametrize(
    ("proxies", "blocked"), [("0", True), ("1", False)], ids=["not read", "read"]
)
def test_the_address_is_the_one_that_our_web_server_saw(
    environ: dict[str, str], request: pytest.FixtureRequest, proxies: str, *, blocked: bool
):
    environ["RANDNOTIZ_PROXIES"] = proxies
    request.getfixturevalue("ada")
    stranger: Desk = request.getfixturevalue("stranger")
    for number in range(20):  # as many as one address may try
        headers = {"Origin": ORIGIN, "X-Forwarded-For": f"10.0.0.1, 10.9.9.{number % 2}"}
        stranger.post(FORM, data={"name": f"name-{number}"}, headers=headers)
    headers = {"Origin": ORIGIN, "X-Forwarded-For": "10.0.0.1"}
    answer = stranger.post(FORM, data={"name": "ada", "password": LONG}, headers=headers)
    assert answer.status_code == (429 if blocked else 303)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/redaktion/\\evil.example",
        "/leitlinien/",
        "javascript:alert(1)",
        "/redaktion/\r\nX: y",
        "/redaktionell/",
    ],
)
@pytest.mark.usefixtures("ada")
def test_nobody_is_led_elsewhere(stranger: Desk, target: str):
    assert sign_in_as_ada(stranger, next=target).headers["Location"] == "/redaktion/"
    assert safe_target(target) == "/redaktion/"


def test_signing_out_ends_the_session_here(moderator: Desk, accounts: Accounts):
    answer = moderator.send("/redaktion/abmelden")
    assert (answer.status_code, answer.headers["Location"]) == (303, FORM)
    assert moderator.get_cookie(NAME, HOST) is None
    assert accounts.store.account("account-moderator").sessions == ()


def test_signing_out_everywhere_ends_all_sessions(moderator: Desk, app: Flask, accounts: Accounts):
    other = Desk(app)
    known = moderator.get_cookie(NAME, HOST)
    assert known
    other.set_cookie(NAME, known.value, domain=HOST, secure=True)
    moderator.send("/redaktion/konto/ueberall-abmelden")
    assert other.get("/redaktion/").status_code == 303
    assert accounts.store.account("account-moderator").sessions == ()


def test_a_session_ends_after_eight_hours(moderator: Desk, clock: Clock):
    clock.now += timedelta(hours=8) - timedelta(seconds=1)
    assert moderator.get("/redaktion/").status_code == 200
    clock.now += timedelta(seconds=1)
    assert moderator.get("/redaktion/").status_code == 303


TYPED = "Zeile eins\r\n<b>Zeile</b> zwei & „drei“"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def kept_fields(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


def test_a_form_whose_session_has_ended_can_be_sent_after_signing_in_again(
    sign_in: SignIn, accounts: Accounts, clock: Clock
):
    desk = sign_in(Role.ADMINISTRATOR, "ada", password_hash=HASH, totp_secret=None)
    clock.now += timedelta(hours=9)
    answer = send(desk, "/redaktion/konten?lang=de", name=TYPED, role="editor", csrf="old")
    assert answer.status_code == 403
    assert "nichts von dem, was Sie geschrieben haben, ist verloren" in answer.text
    assert "&lt;b&gt;Zeile&lt;/b&gt; zwei" in answer.text  # to be read, and to be copied
    kept = hidden(answer.text, "kept")
    wrong = sign_in_as_ada(desk, password="falsch", kept=kept)
    assert hidden(wrong.text, "kept") == kept  # a wrong try loses nothing either
    page = sign_in_as_ada(desk, kept=kept).text
    assert "Sie sind wieder angemeldet" in page
    assert 'action="/redaktion/konten?lang=de"' in page
    assert kept_fields(page) == [("name", TYPED), ("role", "editor")]
    proof = hidden(page, "csrf")
    again = send(desk, "/redaktion/konten", name="grace", role="editor", csrf=proof)
    assert again.status_code == 303  # an administrator sets up a second factor first
    assert accounts.named("grace") is None


def test_a_form_of_an_earlier_session_can_be_sent_again_from_the_page_that_refuses_it(
    editor: Desk,
):
    answer = send(editor, "/redaktion/abmelden", text=TYPED, csrf="a.b")
    assert answer.status_code == 403
    assert "stale-form" in answer.text
    assert kept_fields(answer.text) == [("text", TYPED)]
    assert hidden(answer.text, "csrf")


def test_passwords_and_codes_are_in_no_page(editor: Desk, stranger: Desk):
    typed = {"password": LONG, "old": "zwei Worte", "code": "123456", "csrf": "a.b", "text": "x"}
    for desk in (editor, stranger):
        page = send(desk, "/redaktion/konto/passwort", **typed).text
        assert "x" in page
        assert not [one for one in (LONG, "zwei Worte", "123456", "a.b") if one in page]


@pytest.mark.parametrize("csrf", ["", "x", "a.b", "ä.ß", "\ud800"])
def test_a_form_without_the_proof_of_the_session_does_nothing(
    editor: Desk, accounts: Accounts, csrf: str
):
    before = accounts.store.account("account-editor")
    data = f"csrf={csrf}".encode("utf-8", "surrogatepass")
    kind = "application/x-www-form-urlencoded"
    answer = editor.post(
        "/redaktion/abmelden", data=data, content_type=kind, headers={"Origin": ORIGIN}
    )
    assert answer.status_code == 403
    assert accounts.store.account("account-editor") == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{ORIGIN}.evil.example"},
        {"Origin": f"{ORIGIN}:8443"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_a_form_from_another_page_does_nothing_and_cannot_be_sent_on_from_here(
    editor: Desk, headers: dict[str, str]
):
    proof = hidden(editor.get("/redaktion/").text, "csrf")
    data = {"csrf": proof, "evil": "typed elsewhere"}
    answer = editor.post("/redaktion/abmelden", data=data, headers=headers)
    assert answer.status_code == 403
    assert "foreign-form" in answer.text
    assert "typed elsewhere" in answer.text
    assert kept_fields(answer.text) == []
    assert editor.get("/redaktion/").status_code == 200


@pytest.mark.usefixtures("ada")
def test_nobody_is_signed_in_by_a_form_from_another_page(stranger: Desk):
    data = {"name": "ada", "password": LONG}
    answer = stranger.post(FORM, data=data, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert stranger.get_cookie(NAME, HOST) is None
    kept = stranger.post("/redaktion/konten", data=data, headers={"Origin": "https://evil.example"})
    assert 'name="password"' not in kept.text


def test_what_is_too_large_to_be_kept_is_said(stranger: Desk):
    answer = send(stranger, "/redaktion/konten", name="a" * STRANGERS_LIMIT)
    assert answer.status_code == 413
    assert "zu groß, um es hier aufzuheben" in answer.text
    assert 'name="password"' in answer.text
    assert send(stranger, FORM, name="a" * STRANGERS_LIMIT).status_code == 413


def test_a_large_form_is_read_and_a_larger_one_refused_in_words(editor: Desk):
    form, headers = "/redaktion/konto/passwort", {"Origin": ORIGIN}
    data = {"csrf": hidden(editor.get("/redaktion/").text, "csrf"), "old": "a" * 1_000_000}
    assert editor.post(form, data=data, headers=headers).status_code == 422
    answer = editor.post(form, data={"old": "a" * UPLOAD_LIMIT}, headers=headers)
    assert answer.status_code == 413
    assert "höchstens 16 MiB" in answer.text


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "{}", "[1,2,3]", '["/redaktion/",[],[]]', "[" * 100_000, '[1,[["a"]],[]]'],
)
def test_a_kept_form_that_was_made_up_is_none(text: str):
    assert read_kept(text) is None


def test_a_kept_form_leads_to_the_desk_only_and_names_lost_files():
    kept = KeptForm("/redaktion/x?y=1", (("a", "1"), ("a", "2")), ("table.xlsx",))
    assert read_kept(kept.plain()) == kept
    made_up = read_kept(json.dumps(["https://evil.example/", [["a", "1"]], []]))
    assert made_up
    assert made_up.target == "/redaktion/"


PAGES = ["/redaktion/", "/redaktion/konto", "/redaktion/nichts", FORM]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_bears_the_headers_of_safety_and_is_kept_nowhere(moderator: Desk, path: str):
    headers = moderator.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "ETag" not in headers


def test_the_style_may_be_kept(stranger: Desk):
    assert stranger.get("/redaktion/static/desk.css").headers["Cache-Control"].startswith("public")
    assert stranger.get("/redaktion/static/nichts.css").headers["Cache-Control"] == "no-store"


def test_the_page_speaks_english_where_that_is_asked_for(moderator: Desk):
    page = moderator.get("/redaktion/?lang=en").text
    assert '<html lang="en">' in page
    assert 'href="/redaktion/?lang=de"' in page
    assert "/redaktion/konto?lang=en" in page


def test_residents_get_no_cookie_and_are_not_asked_for_one(stranger: Desk):
    answer = stranger.get("/api/documents")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
