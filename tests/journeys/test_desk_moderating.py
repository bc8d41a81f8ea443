"""Moderating in a real browser: alone, two at once, without JavaScript; what authors read."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comment_service.accounts import Accounts
from comment_service.passwords import Passwords
from comment_service.storage.protocol import Change, Store
from participation.account import Account
from participation.contribution import ContributionStatus
from participation.log_entry import Role
from participation.paragraph import ParagraphRef
from tests.factories import make_contribution, public_id
from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import violations

pytestmark = pytest.mark.browser

PASSWORD = "ein langes Passwort"
SignIn = Callable[..., Page]
REF = ParagraphRef("leitlinien", 1, 5)
PENDING, PUBLISHED, HIDDEN, _ = ContributionStatus


@pytest.fixture
def store(served: Served) -> Store:
    """The store of the service."""
    kept: Store = served.app.extensions["randnotiz"].commenting.store
    return kept


@pytest.fixture
def sign_in(served: Served, store: Store, new_context: Callable[..., BrowserContext]) -> SignIn:
    """Signs somebody in by the form, in a browser of their own."""
    password_hash = Passwords().hash(PASSWORD)

    def sign_in(name: str, role: Role = Role.MODERATOR, **context: object) -> Page:
        accounts = Accounts(store)
        if accounts.named(name) is None:
            account = Account(f"account-{name}", name, role, password_hash)
            store.change([Change(None, account)], [])
        page = new_context(**context).new_page()
        page.goto(f"{served.address}/redaktion/beitraege")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Passwort").fill(PASSWORD)
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("heading", level=1, name="Beiträge")).to_be_visible()
        return page

    return sign_in


def fill(store: Store, count: int, status: ContributionStatus = PENDING) -> None:
    for number in range(1, count + 1):
        text = f"Beispiel {number}: Frau Müller möchte mehr Bänke."
        store.add(make_contribution(public_id(number), ref=REF, text=text, status=status))


def test_a_contribution_is_found_read_beside_its_paragraph_and_published(
    sign_in: SignIn, store: Store, served: Served, page: Page
):
    fill(store, 3)
    desk = sign_in("anna")
    desk.get_by_role("searchbox", name="Wörter").fill("beispiel 2 BAENKE")
    desk.get_by_role("button", name="Suchen").click()
    expect(desk.locator(".queue > li")).to_have_count(1)
    desk.get_by_role("link", name="Diesen Beitrag öffnen").click()
    expect(desk.get_by_role("heading", name="Der Absatz, wie er damals stand")).to_be_visible()
    desk.get_by_role("button", name="Veröffentlichen").click()
    expect(desk.locator("#meldung")).to_have_text("Der Beitrag ist jetzt: öffentlich.")
    expect(desk.locator(".history li")).to_have_count(2)
    page.goto(f"{served.address}/beitrag/leitlinien/1/5")
    expect(page.locator(".contributions li")).to_have_count(1)


def test_many_are_hidden_at_once_and_their_authors_read_why(
    new_context: Callable[..., BrowserContext], sign_in: SignIn, served: Served, store: Store
):
    author = new_context(java_script_enabled=False).new_page()
    author.goto(f"{served.address}/beitrag/leitlinien/1/5")
    author.get_by_label("Ihr Text").fill("Das ist Unfug.")
    author.get_by_role("button", name=re.compile("senden", re.IGNORECASE)).click()
    code = author.locator(".message code").inner_text()

    desk = sign_in("anna", java_script_enabled=False)
    desk.get_by_role("checkbox").first.check()
    desk.get_by_label("Grund des Verbergens").select_option(label="Beleidigung")
    desk.get_by_label("Hinweis an").fill("Bitte sachlich.")
    desk.get_by_role("button", name="Verbergen").click()
    expect(desk.locator("#meldung")).to_have_text("1 Beitrag wurde geändert.")

    author.get_by_role("link", name="Was aus Ihrem Beitrag geworden ist").click()
    author.get_by_label("Quittungscode").fill(code.lower())
    author.get_by_role("button", name="Meinen Beitrag zeigen").click()
    expect(author.get_by_text("Beleidigung")).to_be_visible()
    expect(author.get_by_text("Bitte sachlich.")).to_be_visible()
    author.get_by_role("button", name="Zurückziehen …").click()
    author.get_by_role("button", name="Ja, zurückziehen").click()
    expect(author.locator("#meldung")).to_have_text("Ihr Beitrag ist zurückgezogen.")
    [one] = store.of_document("leitlinien")
    assert one.status is ContributionStatus.WITHDRAWN


def test_of_two_moderators_the_second_sees_what_the_first_did_and_goes_on(
    sign_in: SignIn, store: Store
):
    fill(store, 1)
    first, second = sign_in("anna"), sign_in("bert")
    for desk in (first, second):
        desk.get_by_role("link", name="Diesen Beitrag öffnen").click()
    first.get_by_role("button", name="Veröffentlichen").click()
    second.get_by_label("Grund des Verbergens").select_option(label="Daten anderer Personen")
    second.get_by_label("Hinweis an").fill("Namen bitte weglassen.")
    second.get_by_role("button", name="Verbergen").click()
    conflict = second.locator(".message.wrong")
    expect(conflict).to_contain_text("Jemand anderes hat diesen Beitrag inzwischen geändert")
    expect(conflict).to_contain_text("wartet auf Prüfung → öffentlich, Moderation")
    expect(second.get_by_label("Hinweis an")).to_have_value("Namen bitte weglassen.")
    assert violations(second) == []
    assert store.get(public_id(1)).status is PUBLISHED
    second.get_by_role("button", name="Verbergen").click()
    expect(second.locator("#meldung")).to_have_text("Der Beitrag ist jetzt: verborgen.")
    assert store.get(public_id(1)).status is HIDDEN


def test_a_name_is_blacked_out_and_a_contribution_erased(
    sign_in: SignIn, store: Store, served: Served, page: Page
):
    fill(store, 2, PUBLISHED)
    desk = sign_in("eva", Role.EDITOR)
    desk.get_by_role("link", name="Diesen Beitrag öffnen").last.click()
    desk.get_by_role("link", name="Wörter schwärzen").click()
    desk.get_by_label("Wörter, die niemand lesen darf").fill("frau müller")
    desk.get_by_role("button", name="Zeigen, was übrig bliebe").click()
    expect(desk.locator(".said").nth(1)).to_have_text("Beispiel 1: █████ möchte mehr Bänke.")
    desk.get_by_role("button", name="Endgültig schwärzen").click()
    expect(desk.locator("#meldung")).to_have_text("Die Wörter sind geschwärzt.")
    desk.goto(f"{served.address}/redaktion/beitraege?words=Beispiel+2")
    desk.get_by_role("checkbox").check()
    desk.get_by_role("button", name="Löschen …").click()
    desk.get_by_role("button", name="1 Beitrag endgültig löschen").click()
    expect(desk.locator("#meldung")).to_have_text("1 Beitrag wurde gelöscht.")
    page.goto(f"{served.address}/beitrag/leitlinien/1/5")
    expect(page.locator(".contributions")).to_contain_text("█████ möchte mehr Bänke.")
    expect(page.locator(".contributions")).not_to_contain_text("Beispiel 2")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_every_page_is_accessible_and_fits(
    sign_in: SignIn, store: Store, served: Served, width: int, scheme: str
):
    fill(store, 60)
    view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    desk = sign_in("eva", Role.EDITOR, reduced_motion="reduce", **view)
    one = f"/redaktion/beitraege/{public_id(1)}"
    desk.goto(f"{served.address}{one}")
    desk.get_by_role("button", name="Veröffentlichen").click()
    found = {}
    for path in (
        "/redaktion/beitraege",
        "/redaktion/beitraege?status=pending&words=Bänke&page=2",
        "/redaktion/beitraege?words=nichts",
        one,
        f"{one}/schwaerzen",
        f"/redaktion/loeschen?chosen={public_id(1)}",
        "/redaktion/protokoll",
        "/beitrag/quittung",
        "/beitrag/leitlinien/zahlen",
    ):
        desk.goto(f"{served.address}{path}")
        wide = desk.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[path] = [*violations(desk), *(["scrolls sideways"] if wide else [])]
    desk.goto(f"{served.address}/redaktion/beitraege")
    desk.get_by_role("button", name="Verbergen").click()
    found["without a reason"] = violations(desk)
    assert {path: places for path, places in found.items() if places} == {}
