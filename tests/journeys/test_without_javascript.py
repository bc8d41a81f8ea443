"""A resident without JavaScript does the whole job by plain links and forms."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories import AFTER, BEFORE
from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

TEXT = "Bitte auch Vereine ohne Internet ansprechen."


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=False).new_page()


def open_form(page: Page, served: Served, number: int, document: str = "methodenkoffer") -> None:
    page.goto(f"{served.address}/{document}/")
    page.locator(f"#rn-{number}").get_by_role("link", name=f"Absatz {number} kommentieren").click()


def test_the_whole_trip_there_and_back(page: Page, served: Served):
    open_form(page, served, 3)
    expect(page.locator("blockquote")).to_be_visible()
    page.get_by_label("Frage").check()
    page.get_by_label("Ihr Text").fill(TEXT)
    page.get_by_label("Ihr Name").fill("Ada")
    page.get_by_role("button", name="Beitrag senden").click()
    expect(
        page.get_by_role("heading", name="Vielen Dank, Ihr Beitrag ist angekommen.")
    ).to_be_visible()
    expect(page.locator("main")).to_contain_text(TEXT)
    page.reload()  # the confirmation is an address of its own: nothing is sent again
    expect(page.get_by_text(TEXT)).to_have_count(1)
    page.get_by_role("link", name="Zurück zum Text, Rn. 3").click()
    expect(page).to_have_url(f"{served.address}/methodenkoffer/#rn-3")


def test_an_error_is_told_at_the_field_and_the_rest_stays_typed(page: Page, served: Served):
    open_form(page, served, 3)
    page.get_by_label("Frage").check()
    page.get_by_label("Ihr Name").fill("Ada")
    page.get_by_label("Ihr Text").fill("   ")
    page.get_by_role("button", name="Beitrag senden").click()
    expect(page.get_by_role("textbox", name="Ihr Text")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Ihr Name")).to_have_value("Ada")
    expect(page.get_by_label("Frage")).to_be_checked()


def test_a_window_that_closes_in_between_refuses_and_keeps_the_text(page: Page, served: Served):
    open_form(page, served, 3, "leitlinien/1")
    page.get_by_label("Ihr Text").fill(TEXT)
    served.clock.now = AFTER
    page.get_by_role("button", name="Beitrag senden").click()
    expect(page.locator("main")).to_contain_text(
        "Kommentarfrist ist seit Freitag, 29. März, 24 Uhr"
    )
    expect(page.locator("main")).to_contain_text("22. April 2024")
    expect(page.locator("textarea")).to_have_value(TEXT)
    assert (
        page.request.get(f"{served.address}/api/documents/leitlinien/contributions").json()[
            "versions"
        ][0]["count"]
        == 0
    )


def test_before_the_window_the_page_says_from_when(page: Page, served: Served):
    served.clock.now = BEFORE
    open_form(page, served, 3, "leitlinien/1")
    expect(page.locator("main")).to_contain_text("ab Freitag, 8. März")
    expect(page.locator("textarea")).to_have_count(0)


def test_all_contributions_of_a_version_are_on_one_page(page: Page, served: Served):
    open_form(page, served, 3)
    page.get_by_label("Ihr Text").fill(TEXT)
    page.get_by_role("button", name="Beitrag senden").click()
    page.goto(f"{served.address}/methodenkoffer/")
    page.get_by_role("link", name="Alle Beiträge zu dieser Fassung").click()
    expect(page.locator("main")).to_contain_text(TEXT)


def test_the_interface_speaks_english_to_whoever_asks_for_it(
    new_context: Callable[..., BrowserContext], served: Served
):
    page = new_context(java_script_enabled=False, locale="en-GB").new_page()
    page.goto(f"{served.address}/beitrag/methodenkoffer/1/3")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("Your text").fill("Please think of clubs, too.")
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_label("Ihr Text").fill(TEXT)
    page.get_by_role("button", name="Beitrag senden").click()
    expect(
        page.get_by_role("heading", name="Vielen Dank, Ihr Beitrag ist angekommen.")
    ).to_be_visible()


def test_menu_and_search_of_a_narrow_page_are_reached_without_javascript(
    new_context: Callable[..., BrowserContext], served: Served
):
    page = new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{served.address}/leitlinien/1/")
    link = page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Zeitplan")
    expect(link).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(link).to_be_visible()
