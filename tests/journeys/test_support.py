"""Residents support what others said: once per browser, without an account or a cookie."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.factories import AFTER
from tests.journeys.conftest import Served
from tests.journeys.panel import open_panel
from tests.journeys.test_accessibility import contribute, violations
from tests.journeys.test_keyboard import tab_to

pytestmark = pytest.mark.browser

SUPPORT = "Unterstützen: Frage von Ada"
TAKE_BACK = "Unterstützung zurücknehmen: Frage von Ada"


def first(panel: Locator) -> Locator:
    return panel.locator(".rn-contributions > li").first


def test_supporting_with_keys_alone_and_taking_it_back(page: Page, served: Served):
    contribute(served, "methodenkoffer", 3)
    panel = open_panel(page, served)
    tab_to(page, SUPPORT)
    page.keyboard.press("Enter")
    expect(first(panel)).to_contain_text("1 Mensch unterstützt das")
    expect(page.locator(":focus")).to_have_accessible_name(TAKE_BACK)
    expect(panel.get_by_role("status")).to_have_text(
        "Sie unterstützen diesen Beitrag. 1 Mensch unterstützt das"
    )
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(first(panel)).not_to_contain_text("unterstützt das")
    expect(page.locator(":focus")).to_have_accessible_name(SUPPORT)
    expect(panel.get_by_role("status")).to_have_text("Ihre Unterstützung ist zurückgenommen.")


def test_the_panel_is_read_aloud_as_sentences(page: Page, served: Served):
    contribute(served, "methodenkoffer", 3)
    contribute(served, "methodenkoffer", 3)
    panel = open_panel(page, served)
    panel.get_by_role("button", name=SUPPORT).first.click()
    expect(first(panel)).to_contain_text("1 Mensch unterstützt das")
    expect(panel).to_match_aria_snapshot("""
      - region "Beiträge zu Absatz 3":
        - paragraph: Beiträge zu Absatz 3
        - button "Schließen"
        - paragraph:
          - combobox "Reihenfolge:"
        - list:
          - listitem:
            - paragraph:
              - text: Beitrag 1 · Frage Ada ·
              - time: 20. März 2024, 12:00 Uhr
            - paragraph: Und wer zahlt das?
            - paragraph: 1 Mensch unterstützt das
            - 'button "Unterstützung zurücknehmen: Frage von Ada"'
            - 'button "Erwidern auf: Frage von Ada"'
          - listitem:
            - paragraph: Und wer zahlt das?
            - 'button "Unterstützen: Frage von Ada"'
            - 'button "Erwidern auf: Frage von Ada"'
        - paragraph: "Beiträge sind möglich: bis auf Weiteres."
        - status: Sie unterstützen diesen Beitrag. 1 Mensch unterstützt das
        - group "Was möchten Sie mitteilen?":
          - radio "Anregung" [checked]
        - textbox "Ihr Text"
        - textbox "Ihr Name (freiwillig)"
        - paragraph:
          - button "Beitrag senden"
    """)


def test_each_browser_counts_once_and_remembers_that_it_did(
    new_context: Callable[..., BrowserContext], served: Served
):
    contribute(served, "methodenkoffer", 3)
    for count in ("1 Mensch unterstützt das", "2 Menschen unterstützen das"):
        page = new_context().new_page()
        panel = open_panel(page, served)
        panel.get_by_role("button", name=SUPPORT).click()
        expect(first(panel)).to_contain_text(count)
        page.reload()
        page.locator("#rn-3 button.rn-comment").click()
        expect(panel.get_by_role("button", name=TAKE_BACK)).to_be_visible()
        expect(first(panel)).to_contain_text(count)
        assert page.context.cookies() == []


def test_nobody_supports_their_own(page: Page, served: Served):
    panel = open_panel(page, served)
    panel.get_by_label("Ihr Text").fill("Ein Beitrag.")
    panel.get_by_role("button", name="Beitrag senden").click()
    expect(first(panel)).to_contain_text("Ihr Beitrag")
    expect(panel.get_by_role("button", name="Unterstützen")).to_have_count(0)
    page.evaluate("localStorage.removeItem('randnotiz:receipts')")  # but the token stays
    page.reload()
    page.locator("#rn-3 button.rn-comment").click()
    panel.get_by_role("button", name="Unterstützen: Anregung ohne Namen").click()
    expect(panel.get_by_role("status")).to_contain_text("in diesem Browser geschrieben")
    expect(first(panel)).not_to_contain_text("unterstützt das")


def test_a_token_of_another_service_is_replaced(page: Page, served: Served):
    contribute(served, "methodenkoffer", 3)
    page.add_init_script("localStorage.setItem('randnotiz:browser-token', '\"from-elsewhere\"')")
    panel = open_panel(page, served)
    panel.get_by_role("button", name=SUPPORT).click()
    expect(first(panel)).to_contain_text("1 Mensch unterstützt das")


def test_the_most_supported_comes_first_if_somebody_wants_it_so(page: Page, served: Served):
    contribute(served, "methodenkoffer", 3)
    address = "/api/documents/methodenkoffer/versions/1/paragraphs/3/contributions"
    served.app.test_client().post(address, json={"kind": "comment", "text": "Ja.", "name": "Ben"})
    panel = open_panel(page, served)
    panel.get_by_role("button", name="Unterstützen: Anregung von Ben").click()
    expect(panel).to_contain_text("1 Mensch unterstützt das")
    names = panel.locator(".rn-contributions bdi")
    expect(names).to_have_text(["Ada", "Ben"])  # nothing moves before somebody asks for it
    panel.get_by_label("Reihenfolge").select_option("am meisten unterstützte zuerst")
    expect(names).to_have_text(["Ben", "Ada"])


def test_after_the_window_the_number_stays_and_the_buttons_are_gone(page: Page, served: Served):
    contribute(served, "leitlinien", 5)
    page.goto(f"{served.address}/leitlinien/1/")
    page.locator("#rn-5 button.rn-comment").click()
    panel = page.locator("#rn-panel-5")
    panel.get_by_role("button", name=SUPPORT).click()
    expect(first(panel)).to_contain_text("1 Mensch unterstützt das")
    served.clock.now = AFTER
    page.reload()
    page.locator("#rn-5 button.rn-comment").click()
    expect(first(panel)).to_contain_text("1 Mensch unterstützt das")
    expect(first(panel).get_by_role("button")).to_have_count(0)
