"""The browser that sent a contribution finds back to it, until it is told to forget."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Route, expect

from tests.journeys.conftest import INSIDE, Served
from tests.journeys.panel import open_panel

pytestmark = pytest.mark.browser

TEXT = "Bitte auch an Schulen fragen."
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}")


def reopen(page: Page) -> Locator:
    """Reload the page and open the same panel."""
    page.reload()
    page.locator("#rn-3 button.rn-comment").click()
    return page.locator("#rn-panel-3")


def send(page: Page, served: Served) -> Locator:
    """Send a contribution; return its receipt."""
    panel = open_panel(page, served)
    panel.get_by_label("Ihr Text").fill(TEXT)
    panel.get_by_role("button", name="Beitrag senden").click()
    receipt = panel.get_by_role("group", name="Ihre Quittung")
    expect(receipt).to_be_visible()
    return receipt


def kept(page: Page) -> list[str]:
    return sorted(page.evaluate("Object.keys(localStorage)"))


def agree(page: Page) -> None:
    """Answer yes to whatever the page asks."""

    def accept(dialog: Dialog) -> None:
        dialog.accept()

    page.on("dialog", accept)


def test_the_receipt_has_a_code_in_groups_and_a_link_to_keep_or_mail(page: Page, served: Served):
    receipt = send(page, served)
    expect(receipt.locator("code")).to_have_text(CODE)
    code = receipt.locator("code").inner_text()
    link = receipt.get_by_role("link", name="Was aus Ihrem Beitrag wird")
    expect(link).to_have_attribute("href", f"{served.address}/beitrag/quittung?code={code}&lang=de")
    letter = receipt.get_by_role("link", name="An mich selbst mailen").get_attribute("href")
    assert letter is not None
    assert letter.startswith("mailto:?subject=")
    assert f"code%3D{code}" in letter
    link.click()
    expect(page.get_by_text(TEXT)).to_be_visible()


def test_the_link_can_be_copied(new_context: Callable[..., BrowserContext], served: Served):
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    receipt = send(page, served)
    receipt.get_by_role("button", name="Link kopieren").click()
    expect(page.locator(".rn-panel__status")).to_have_text("Der Link ist kopiert.")
    link = receipt.get_by_role("link", name="Was aus").get_attribute("href")
    assert page.evaluate("navigator.clipboard.readText()") == link


def test_ones_own_contribution_is_marked_after_a_reload_and_can_be_forgotten(
    page: Page, served: Served
):
    code = send(page, served).locator("code").inner_text()
    panel = reopen(page)
    own = panel.get_by_role("link", name="Ihr Beitrag – Quittung zeigen")
    expect(own).to_have_attribute("href", f"{served.address}/beitrag/quittung?code={code}&lang=de")
    agree(page)
    panel.get_by_role("button", name="Auf diesem Gerät vergessen").click()
    expect(own).to_have_count(0)
    expect(panel.get_by_role("status")).to_have_text("Dieser Browser hat es vergessen.")
    expect(panel.locator(".rn-contributions")).to_contain_text(TEXT)
    assert "randnotiz:receipts" not in kept(page)


def test_a_browser_that_keeps_nothing_says_so(page: Page, served: Served):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off') }})"
    )
    expect(send(page, served)).to_contain_text("Dieser Browser behält nichts: Bitte notieren")


def test_who_does_not_agree_forgets_nothing(page: Page, served: Served):
    receipt = send(page, served)  # without an answer, the browser says no
    receipt.get_by_role("button", name="Auf diesem Gerät vergessen").click()
    assert "randnotiz:receipts" in kept(page)


def test_on_a_shared_device_everything_can_be_forgotten_at_once(page: Page, served: Served):
    send(page, served)
    page.locator("#rn-4 button.rn-comment").click()
    panel = page.locator("#rn-panel-4")
    panel.get_by_label("Ihr Text").fill("Noch nicht fertig.")
    panel.get_by_text("1 Quittung in diesem Browser").click()
    expect(panel.get_by_role("link", name="methodenkoffer, Fassung 1, Rn. 3")).to_be_visible()
    agree(page)
    panel.get_by_role("button", name="Alles auf diesem Gerät vergessen").click()
    expect(panel.get_by_label("Ihr Text")).to_have_value("")
    assert kept(page) == []


def test_drafts_alone_can_be_forgotten_too(page: Page, served: Served):
    panel = open_panel(page, served)
    panel.get_by_label("Ihr Text").fill("Noch nicht fertig.")
    panel = reopen(page)
    panel.get_by_text("In diesem Browser gemerkt: Entwürfe oder Unterstützungen").click()
    agree(page)
    panel.get_by_role("button", name="Alles auf diesem Gerät vergessen").click()
    expect(panel.get_by_label("Ihr Text")).to_have_value("")
    assert kept(page) == []


def test_a_contribution_that_is_not_public_is_still_found_by_its_author(page: Page, served: Served):
    code = send(page, served).locator("code").inner_text()
    withdrawal = {"code": code, "act": "withdraw", "sure": "1"}
    served.app.test_client().post("/beitrag/quittung", data=withdrawal)
    panel = reopen(page)
    expect(panel).to_contain_text("Ein Beitrag von Ihnen zu diesem Absatz ist nicht öffentlich.")
    expect(panel.get_by_role("link", name="Ihr Beitrag – Quittung zeigen")).to_be_visible()


def test_who_is_asked_to_wait_is_told_until_when_and_keeps_the_text(page: Page, served: Served):
    def refuse(route: Route) -> None:
        told = {"title": "Das ist zu viel.", "detail": "", "status": 429, "code": "too-many"}
        route.fulfill(status=429, headers={"Retry-After": "120"}, json=told)

    page.clock.set_fixed_time(INSIDE + timedelta(minutes=1))
    page.route("**/paragraphs/3/contributions", refuse)
    panel = open_panel(page, served)
    panel.get_by_label("Ihr Text").fill(TEXT)
    panel.get_by_role("button", name="Beitrag senden").click()
    expect(panel.get_by_role("status")).to_have_text(
        "Das ist zu viel. Bitte versuchen Sie es ab 12:03 Uhr noch einmal. "
        "Ihr Text ist in diesem Browser gespeichert."
    )
    expect(panel.get_by_label("Ihr Text")).to_have_value(TEXT)


def test_two_clicks_on_send_are_one_contribution(page: Page, served: Served):
    panel = open_panel(page, served)
    panel.get_by_label("Ihr Text").fill(TEXT)
    panel.get_by_role("button", name="Beitrag senden").dblclick()
    expect(panel.get_by_role("group", name="Ihre Quittung")).to_be_visible()
    expect(panel.locator(".rn-contributions > li")).to_have_count(1)
