"""Single sign-on with a real provider, which runs as a process of its own."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from comment_service.accounts import Accounts
from comment_service.web.desk.cookie import NAME
from comment_service.web.desk.single_sign_on import COOKIE
from participation.account import Account
from participation.log_entry import Role
from tests.comment_service.web.desk.conftest import HOST, ORIGIN, Desk, MakeAccount
from tests.conftest import Clock
from tests.servers.oidc_provider import OidcProvider, running_provider

MAIL = "grace@stadt.example"
BEGIN = "/redaktion/anmelden/zentral?next=/redaktion/konto"


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    """A provider that knows nobody yet."""
    with running_provider() as running:
        yield running


@pytest.fixture
def environ(environ: dict[str, str], provider: OidcProvider, clock: Clock) -> dict[str, str]:
    """The service is registered with the provider, and its clock is right."""
    clock.now = provider.now()
    return {
        **environ,
        "RANDNOTIZ_OIDC_ISSUER": provider.issuer,
        "RANDNOTIZ_OIDC_CLIENT_ID": "redaktion",
        "RANDNOTIZ_OIDC_CLIENT_SECRET": "geheim",
    }


@pytest.fixture
def grace(make_account: MakeAccount, provider: OidcProvider) -> Account:
    """Somebody who has an account here, without a password, and one at the provider."""
    provider.know("sub-grace", email=MAIL, email_verified=True)
    return make_account(Role.EDITOR, MAIL)


def sent_to_provider(desk: Desk) -> str:
    answer = desk.get(BEGIN)
    assert answer.status_code == 303
    return answer.headers["Location"]


def come_back(desk: Desk, provider: OidcProvider, subject: str) -> TestResponse:
    return desk.get(_path(provider.sign_in(sent_to_provider(desk), subject)))


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.mark.usefixtures("grace")
def test_who_signs_in_there_is_signed_in_here_and_goes_on(stranger: Desk, provider: OidcProvider):
    answer = come_back(stranger, provider, "sub-grace")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/redaktion/konto")
    assert MAIL in stranger.get("/redaktion/konto").text
    assert stranger.get_cookie(COOKIE, HOST) is None


def test_from_then_on_the_account_belongs_to_the_providers_name_for_them(
    stranger: Desk, provider: OidcProvider, grace: Account, accounts: Accounts
):
    come_back(stranger, provider, "sub-grace")
    assert accounts.store.account(grace.id).subject == "sub-grace"
    provider.know("sub-grace", email="married@stadt.example", email_verified=True)
    assert come_back(stranger, provider, "sub-grace").status_code == 303
    provider.know("sub-other", email=MAIL, email_verified=True)  # the address was given to others
    assert come_back(stranger, provider, "sub-other").status_code == 403


def test_the_request_bears_state_nonce_and_the_digest_of_a_verifier(stranger: Desk):
    asked = {
        key: values[0]
        for key, values in parse_qs(urlsplit(sent_to_provider(stranger)).query).items()
    }
    cookie = stranger.get_cookie(COOKIE, HOST)
    assert cookie
    known = json.loads(cookie.decoded_value)
    digest = urlsafe_b64encode(sha256(known["verifier"].encode()).digest()).rstrip(b"=").decode()
    assert (asked["response_type"], asked["client_id"]) == ("code", "redaktion")
    assert (asked["code_challenge_method"], asked["code_challenge"]) == ("S256", digest)
    assert (asked["state"], asked["nonce"]) == (known["state"], known["nonce"])
    assert asked["redirect_uri"] == f"{ORIGIN}/redaktion/anmelden/zurueck"
    assert set(asked["scope"].split()) == {"openid", "email"}


def test_who_has_no_account_is_told_so(stranger: Desk, provider: OidcProvider):
    provider.know("sub-ada", email="ada@stadt.example", email_verified=True)
    answer = come_back(stranger, provider, "sub-ada")
    assert answer.status_code == 403
    assert "kein Konto in dieser Redaktion" in answer.text
    assert "ada@stadt.example" in answer.text
    assert stranger.get_cookie(NAME, HOST) is None


@pytest.mark.usefixtures("grace")
def test_who_has_no_address_there_is_asked_about_in_vain(stranger: Desk, provider: OidcProvider):
    provider.know("sub-nobody")
    answer = come_back(stranger, provider, "sub-nobody")
    assert answer.status_code == 403
    assert "Dort heißen Sie" not in answer.text


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {}])
def test_an_address_that_is_not_verified_opens_no_account(
    stranger: Desk, provider: OidcProvider, claims: dict[str, object]
):
    provider.know("sub-liar", email=MAIL, **claims)
    assert come_back(stranger, provider, "sub-liar").status_code == 403
    assert stranger.get_cookie(NAME, HOST) is None


def test_a_locked_account_stays_locked(
    stranger: Desk, provider: OidcProvider, grace: Account, accounts: Accounts
):
    accounts.edit(grace.id, lambda seen: replace(seen, is_locked=True))
    answer = come_back(stranger, provider, "sub-grace")
    assert answer.status_code == 403
    assert stranger.get_cookie(NAME, HOST) is None


def test_who_refuses_there_is_not_signed_in_here(stranger: Desk, provider: OidcProvider):
    answer = stranger.get(_path(provider.refuse(sent_to_provider(stranger))))
    assert answer.status_code == 403
    assert "Die zentrale Anmeldung hat nicht geklappt." in answer.text


@pytest.mark.usefixtures("grace")
def test_an_answer_to_another_browser_is_refused(stranger: Desk, provider: OidcProvider, app):
    back = _path(provider.sign_in(sent_to_provider(stranger), "sub-grace"))
    victim = Desk(app)
    assert victim.get(back).status_code == 403
    victim.get(BEGIN)
    assert victim.get(back).status_code == 403
    assert victim.get_cookie(NAME, HOST) is None


@pytest.mark.usefixtures("provider")
def test_an_answer_with_a_made_up_code_is_refused(stranger: Desk):
    state = parse_qs(urlsplit(sent_to_provider(stranger)).query)["state"][0]
    query = urlencode({"state": state, "code": "made-up"})
    assert stranger.get(f"/redaktion/anmelden/zurueck?{query}").status_code == 403


@pytest.mark.usefixtures("grace")
def test_a_token_for_another_request_is_refused(stranger: Desk, provider: OidcProvider):
    sent = sent_to_provider(stranger)
    nonce = parse_qs(urlsplit(sent).query)["nonce"][0]
    back = provider.sign_in(sent.replace(nonce, "another"), "sub-grace")
    assert stranger.get(_path(back)).status_code == 403


@pytest.mark.usefixtures("grace")
def test_a_token_that_has_ended_is_refused(stranger: Desk, provider: OidcProvider, clock: Clock):
    clock.now += timedelta(days=1)
    assert come_back(stranger, provider, "sub-grace").status_code == 403


def test_the_sign_in_page_offers_it(stranger: Desk):
    assert "Zentral anmelden" in stranger.get("/redaktion/anmelden").text


@pytest.mark.usefixtures("grace")
def test_a_form_whose_session_has_ended_can_be_sent_after_single_sign_on(
    stranger: Desk, provider: OidcProvider
):
    headers = {"Origin": ORIGIN}
    page = stranger.post("/redaktion/konten", data={"name": "neu"}, headers=headers)
    assert 'name="go" value="on"' in page.text
    come_back(stranger, provider, "sub-grace")  # in another tab
    kept = json.dumps(["/redaktion/konten", [["name", "neu"]], []])
    answer = stranger.post("/redaktion/anmelden", data={"kept": kept, "go": "on"}, headers=headers)
    assert answer.status_code == 200
    assert '<form method="post" action="/redaktion/konten">' in answer.text


class TestWithoutTheProvider:
    """The provider does not answer."""

    @pytest.fixture
    def environ(self, environ: dict[str, str]) -> dict[str, str]:
        return {**environ, "RANDNOTIZ_OIDC_ISSUER": "http://127.0.0.1:9/"}

    def test_the_page_says_that_a_password_still_helps(self, stranger: Desk):
        answer = stranger.get(BEGIN)
        assert answer.status_code == 503
        assert "nehmen Sie Ihr Passwort" in answer.text


class TestWithAProviderThatCallsItselfOtherwise:
    """The setting is not the provider's own name of itself."""

    @pytest.fixture
    def environ(self, environ: dict[str, str], provider: OidcProvider) -> dict[str, str]:
        return {**environ, "RANDNOTIZ_OIDC_ISSUER": f"{provider.issuer}/"}

    def test_it_is_not_believed(self, stranger: Desk, caplog: pytest.LogCaptureFixture):
        assert stranger.get(BEGIN).status_code == 503
        (record,) = [record for record in caplog.records if record.message == "fault"]
        assert "calls itself" in record.__dict__["reason"]


class TestWithAProviderThatGoesAway:
    """The provider stops while somebody is there."""

    @pytest.fixture
    def leaving(self) -> Iterator[tuple[OidcProvider, ExitStack]]:
        with ExitStack() as stack:
            yield stack.enter_context(running_provider()), stack

    @pytest.fixture
    def environ(
        self, environ: dict[str, str], leaving: tuple[OidcProvider, ExitStack]
    ) -> dict[str, str]:
        return {**environ, "RANDNOTIZ_OIDC_ISSUER": leaving[0].issuer}

    def test_nobody_is_signed_in(self, stranger: Desk, leaving: tuple[OidcProvider, ExitStack]):
        provider, stack = leaving
        back = _path(provider.sign_in(sent_to_provider(stranger), "sub-grace"))
        stack.close()
        assert stranger.get(back).status_code == 503
        assert stranger.get_cookie(NAME, HOST) is None


class TestWithoutTheSetting:
    """There is no provider."""

    @pytest.fixture
    def environ(self, environ: dict[str, str]) -> dict[str, str]:
        return {**environ, "RANDNOTIZ_OIDC_ISSUER": ""}

    def test_it_is_not_offered(self, stranger: Desk):
        assert stranger.get(BEGIN).status_code == 404
        assert "Zentral anmelden" not in stranger.get("/redaktion/anmelden").text
