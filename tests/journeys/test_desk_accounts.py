"""Signing in at the desk in a real browser: second factor, ended session, single sign-on."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comment_service.passwords import Passwords
from comment_service.storage.protocol import Change, Store
from participation.account import Account
from participation.log_entry import Role
from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import VIEWS, violations
from tests.servers.oidc_provider import OidcProvider, running_provider

pytestmark = pytest.mark.browser

PASSWORD = "ein langes Passwort"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MAIL = "grace@stadt.example"


PAGES = {
    "konten": "Ein neues Konto",
    "konten/account-grace": "Rolle ändern",
    "konto": "Angemeldete Browser",
    "konto/zweiter-faktor": "Er ist eingerichtet.",
    "nichts": "Unter dieser Adresse gibt es nichts.",
}


def store_of(served: Served) -> Store:
    """Return the store of a service."""
    kept: Store = served.app.extensions["randnotiz"].commenting.store
    return kept


def add(served: Served, name: str, role: Role, **given: str) -> None:
    """Make an account."""
    account = Account(f"account-{name}", name, role, **given)  # type: ignore[arg-type]  # words only
    store_of(served).change([Change(None, account)], [])


@pytest.fixture
def ada(served: Served) -> None:
    """An administrator who has set up a second factor."""
    given = {"password_hash": Passwords().hash(PASSWORD), "totp_secret": SECRET}
    add(served, "ada", Role.ADMINISTRATOR, **given)


def sign_in(page: Page, served: Served) -> None:
    """Sign ada in by the form, with the code of this moment."""
    page.get_by_role("textbox", name="Name").fill("ada")
    page.get_by_role("textbox", name="Passwort").fill(PASSWORD)
    page.get_by_role("textbox", name="Code des zweiten Faktors").fill(
        pyotp.TOTP(SECRET).at(served.clock())
    )
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()


@pytest.mark.usefixtures("ada")
def test_the_cookie_is_taken_on_this_machine_and_nothing_else_is_kept(page: Page, served: Served):
    page.goto(f"{served.address}/redaktion/konten")
    sign_in(page, served)
    expect(page.get_by_role("heading", level=1, name="Konten")).to_be_visible()
    (cookie,) = page.context.cookies()
    assert cookie["name"] == "__Host-redaktion"
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("heading", level=1, name="Anmelden")).to_be_visible()
    assert page.context.cookies() == []
    page.go_back()  # nothing was kept of the page before
    expect(page.get_by_role("heading", level=1, name="Anmelden")).to_be_visible()


@pytest.mark.usefixtures("ada")
def test_a_long_form_survives_the_end_of_its_session(page: Page, served: Served):
    page.goto(f"{served.address}/redaktion/konten")
    sign_in(page, served)
    page.get_by_role("textbox", name="Name").fill("grace")
    page.get_by_label("Rolle").select_option("editor")
    served.clock.now += timedelta(hours=9)
    page.get_by_role("button", name="Konto anlegen").click()
    expect(page.get_by_text("nichts von dem, was Sie geschrieben haben, ist")).to_be_visible()
    sign_in(page, served)
    page.get_by_role("button", name="Jetzt absenden").click()
    expect(page.get_by_role("heading", level=1, name="grace")).to_be_visible()
    expect(page.locator("code.password")).to_have_text(re.compile(r"^\S{20}$"))
    assert [one.name for one in store_of(served).accounts()] == ["ada", "grace"]


def test_a_new_administrator_sets_up_a_second_factor_from_its_picture(page: Page, served: Served):
    add(served, "grace", Role.ADMINISTRATOR, password_hash=Passwords().hash(PASSWORD))
    page.goto(f"{served.address}/redaktion/konten")
    page.get_by_role("textbox", name="Name").fill("grace")
    page.get_by_role("textbox", name="Passwort").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_role("img", name="QR-Code")).to_be_visible()
    box = page.locator(".qr svg").bounding_box()
    assert box
    assert box["width"] > 150
    secret = page.locator("code").first.inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).at(served.clock()))
    page.get_by_role("button", name="Einrichten").click()
    expect(page.locator("#meldung")).to_contain_text("Ihr zweiter Faktor ist eingerichtet.")


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    """A provider of single sign-on."""
    with running_provider() as running:
        yield running


def test_single_sign_on_goes_there_and_back(
    make_service: Callable[..., Served], provider: OidcProvider, page: Page
):
    served = make_service(
        RANDNOTIZ_OIDC_ISSUER=provider.issuer,
        RANDNOTIZ_OIDC_CLIENT_ID="redaktion",
        RANDNOTIZ_OIDC_CLIENT_SECRET="geheim",
    )
    served.clock.now = provider.now()
    provider.know("sub-grace", email=MAIL, email_verified=True)
    add(served, MAIL, Role.EDITOR)
    page.goto(f"{served.address}/redaktion/konto")
    page.get_by_role("link", name="Zentral anmelden").click()
    expect(page).to_have_url(re.compile(f"^{provider.issuer}/oauth2/authorize"))
    page.locator("input[name=sub]").fill("sub-grace")
    page.get_by_role("button", name="Authorize").click()
    expect(page).to_have_url(f"{served.address}/redaktion/konto")
    expect(page.get_by_role("heading", level=1)).to_contain_text(MAIL)


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def view(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a wide or narrow window, light or dark."""
    width, scheme = request.param
    return new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()


def faults(page: Page, words: str) -> list[str]:
    """Return what axe-core finds, and whether the page that says this is too wide."""
    expect(page.get_by_role("main")).to_contain_text(words)
    wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*violations(page), *(["wider than the window"] if wider else [])]


@pytest.mark.usefixtures("ada")
def test_every_page_of_accounts_is_accessible_and_fits_the_screen(view: Page, served: Served):
    add(served, "grace", Role.EDITOR, password_hash=Passwords().hash(PASSWORD))
    found = {}
    view.goto(f"{served.address}/redaktion/anmelden")
    found["sign in"] = faults(view, "Anmelden")
    view.evaluate("document.forms[0].noValidate = true")
    view.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    found["wrong"] = faults(view, "stimmt nicht")
    sign_in(view, served)
    found["start"] = faults(view, "Seiten der Redaktion")
    for path, words in PAGES.items():
        view.goto(f"{served.address}/redaktion/{path}")
        found[path] = faults(view, words)
    view.goto(f"{served.address}/redaktion/konten")
    view.get_by_role("button", name="Konto anlegen").click()
    found["invalid"] = faults(view, "Bitte nehmen Sie nur Buchstaben")
    view.goto(f"{served.address}/redaktion/konten/account-grace")
    view.get_by_role("button", name="Zurücksetzen").click()
    found["password shown"] = faults(view, "nur dieses eine Mal")
    view.goto(f"{served.address}/redaktion/konten")
    view.get_by_role("textbox", name="Name").fill("karl")
    served.clock.now += timedelta(hours=9)
    view.get_by_role("button", name="Konto anlegen").click()
    found["ended"] = faults(view, "Was Sie geschrieben haben")
    sign_in(view, served)
    found["go on"] = faults(view, "Sie sind wieder angemeldet")
    assert {path: places for path, places in found.items() if places} == {}
