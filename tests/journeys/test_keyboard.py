"""A resident with a keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def narrow(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(viewport={"width": 360, "height": 740}).new_page()


def tab_to(page: Page, name: str, *, at_most: int = 60) -> None:
    """Press Tab until the focus is on what has that accessible name."""
    wanted = page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    )
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if wanted.evaluate_all("found => found.includes(document.activeElement)"):
            return
    pytest.fail(f"{name!r} is not reached by Tab")


def focused_is_visible(page: Page) -> bool:
    return bool(
        page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 })()"
        )
    )


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, served: Served):
    page.goto(f"{served.address}/methodenkoffer/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()


def test_a_comment_from_the_first_tab_to_the_confirmation(page: Page, served: Served):
    page.goto(f"{served.address}/methodenkoffer/#rn-3")
    tab_to(page, "Absatz 3 kommentieren")
    assert focused_is_visible(page)
    page.keyboard.press("Enter")
    expect(page.locator("#rn-panel-3-title")).to_be_focused()
    for expected in ("Schließen", "Anregung"):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_have_accessible_name(expected)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Frage")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Nur mit Tasten geschrieben.")
    tab_to(page, "Beitrag senden")
    page.keyboard.press("Enter")
    expect(page.locator("#rn-panel-3").get_by_role("status")).to_contain_text("Danke")
    page.keyboard.press("Escape")
    expect(page.locator("#rn-3 button.rn-comment")).to_be_focused()


def test_typing_in_the_form_triggers_no_shortcut_of_the_page(page: Page, served: Served):
    page.goto(f"{served.address}/methodenkoffer/")
    page.locator("#rn-3 button.rn-comment").click()
    page.get_by_label("Ihr Text").press_sequentially("fs/np. fertig")
    expect(page.get_by_label("Ihr Text")).to_have_value("fs/np. fertig")
    expect(page.get_by_label("Ihr Text")).to_be_focused()


def test_the_drawer_opens_and_closes_by_keyboard_and_takes_the_focus_along(
    narrow: Page, served: Served
):
    narrow.goto(f"{served.address}/leitlinien/1/")
    navigation = narrow.get_by_role("navigation", name="Navigation")
    menu = narrow.get_by_role("button", name="Menü")
    expect(menu).to_have_attribute("aria-expanded", "false")
    tab_to(narrow, "Menü")
    narrow.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(navigation.get_by_role("link", name="Start")).to_be_focused()
    narrow.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_the_links_of_a_closed_drawer_are_not_in_the_tab_order(narrow: Page, served: Served):
    narrow.goto(f"{served.address}/netiquette/")
    seen = set()
    for _ in range(40):
        narrow.keyboard.press("Tab")
        seen.add(
            narrow.evaluate(
                "document.activeElement.closest('.rn-nav, .rn-search, footer')?.className"
            )
        )
    assert "rn-footer" in seen  # the whole page was walked through
    assert not seen & {"rn-nav", "rn-search"}


def test_the_search_of_a_narrow_page_opens_and_closes_by_keyboard(narrow: Page, served: Served):
    narrow.goto(f"{served.address}/leitlinien/1/")
    tab_to(narrow, "Suche")
    narrow.keyboard.press("Enter")
    expect(narrow.get_by_role("searchbox", name="Suche")).to_be_focused()
    narrow.keyboard.type("Losverfahren")
    narrow.keyboard.press("Escape")
    expect(narrow.get_by_role("button", name="Suche")).to_be_focused()


def test_light_and_dark_are_switched_by_a_button_and_remembered(page: Page, served: Served):
    page.goto(f"{served.address}/leitlinien/1/")
    before = background(page)
    page.get_by_role("button", name="Dunkle Farben").press("Enter")
    assert background(page) != before
    page.reload()
    assert background(page) != before
    expect(page.get_by_role("button", name="Dunkle Farben")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_device_chooses_dark_where_the_reader_has_not(
    new_context: Callable[..., BrowserContext], served: Served
):
    light, dark = (
        new_context(color_scheme=scheme, java_script_enabled=False).new_page()
        for scheme in ("light", "dark")
    )
    for path in ("/leitlinien/", "/beitrag/leitlinien/1/3"):
        light.goto(served.address + path)
        dark.goto(served.address + path)
        assert background(light) != background(dark)


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
