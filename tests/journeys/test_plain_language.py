"""Plain words stand below their paragraph; one switch for the page hides and shows them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

TWIN = "Sie wohnen hier. Sie kennen Ihre Straße am besten."
NAME = "In einfachen Worten (Randnummer 1)"
SWITCH = "In einfachen Worten zeigen"


@pytest.fixture
def page(page: Page, served: Served) -> Page:
    page.goto(f"{served.address}/leitlinien/")
    return page


def test_plain_words_are_a_named_group_right_after_their_paragraph(page: Page):
    group = page.get_by_role("group", name=NAME, exact=True)
    expect(group).to_contain_text(TWIN)
    expect(page.locator("#rn-1 + .rn-plain")).to_have_accessible_name(NAME)
    expect(page.locator(".rn-plain .rn")).to_have_count(0)


def test_a_switch_hides_them_by_keyboard_and_the_browser_keeps_that(page: Page):
    switch = page.get_by_role("button", name=SWITCH, exact=True)
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text(TWIN)).to_be_hidden()
    page.reload()
    expect(page.get_by_text(TWIN)).to_be_hidden()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.emulate_media(media="print")
    expect(page.get_by_text(TWIN)).to_be_visible()
    page.emulate_media(media="screen")
    switch.press("Enter")
    expect(page.get_by_text(TWIN)).to_be_visible()


def test_a_text_without_plain_words_has_no_switch(page: Page, served: Served):
    page.goto(f"{served.address}/methodenkoffer/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("button", name=SWITCH)).to_have_count(0)


def test_without_javascript_they_are_there(
    new_context: Callable[..., BrowserContext], served: Served
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{served.address}/leitlinien/")
    expect(page.get_by_role("group", name=NAME)).to_contain_text(TWIN)
    expect(page.get_by_role("button", name=SWITCH)).to_be_hidden()
