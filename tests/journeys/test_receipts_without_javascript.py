"""Without JavaScript a resident comes back by the link of a receipt, corrects and withdraws."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=False).new_page()


def hand_in(page: Page, served: Served) -> str:
    page.goto(f"{served.address}/beitrag/leitlinien/1/5")
    page.get_by_label("Ihr Text").fill("Wer zahlt?")
    page.get_by_role("button", name="Beitrag senden").click()
    link = page.locator(".kept a").get_attribute("href")
    assert link
    return link


def test_from_sending_to_the_receipt_its_correction_and_withdrawal(page: Page, served: Served):
    link = hand_in(page, served)
    page.goto(link)
    expect(page.locator("main")).to_contain_text("Wer zahlt?")
    page.get_by_role("button", name="Berichtigen").click()
    page.get_by_label("Ihr Text").fill("Wer zahlt das?")
    page.get_by_role("button", name="Berichtigung speichern").click()
    expect(page.get_by_role("heading", name="Ihr Beitrag ist berichtigt.")).to_be_visible()
    page.get_by_role("link", name="Beitrag 1").click()
    expect(page.locator(".contributions")).to_contain_text("bearbeitet am")
    expect(page.locator(".contributions .said")).to_have_text("Wer zahlt das?")
    page.goto(link)
    page.get_by_role("button", name="Zurückziehen").click()
    page.get_by_role("button", name="Ja, zurückziehen").click()
    expect(page.get_by_role("heading", name="Ihr Beitrag ist zurückgezogen.")).to_be_visible()


def test_the_printed_receipt_has_code_and_link_and_no_buttons(page: Page, served: Served):
    link = hand_in(page, served)
    page.goto(link)
    page.emulate_media(media="print")
    expect(page.get_by_text(link)).to_be_visible()
    expect(page.locator(".kept code")).to_be_visible()
    for hidden in page.locator("button, nav, form").all():
        expect(hidden).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_receipt_and_its_forms_are_accessible(
    new_context: Callable[..., BrowserContext], served: Served, scheme: str
):
    page = new_context(
        viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
    ).new_page()
    link = hand_in(page, served)
    assert violations(page) == []
    page.goto(link)
    assert violations(page) == []
    page.get_by_role("button", name="Berichtigen").click()
    page.get_by_label("Ihr Text").fill(" ")
    page.get_by_role("button", name="Berichtigung speichern").click()
    expect(page.get_by_label("Ihr Text")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    page.get_by_label("Ihr Text").fill("Anders.")
    page.get_by_role("button", name="Berichtigung speichern").click()
    expect(page.get_by_role("heading", name="Frühere Texte")).to_be_visible()
    assert violations(page) == []
