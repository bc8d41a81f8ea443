"""The whole journey in English, below /en/; the texts stay as they are and are marked as German."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import contribute

pytestmark = pytest.mark.browser

TEXT = "Please think of clubs, too."


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(locale="en-GB").new_page()


def test_page_panel_and_search_speak_english(page: Page, served: Served):
    page.goto(f"{served.address}/en/methodenkoffer/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".rn-facts")).to_contain_text("Version 1 of 8 March 2024")
    expect(page.locator("#rn-window")).to_have_text(
        "Contributions are possible: until further notice."
    )
    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()
    expect(page.locator("#rn-3 a.rn")).to_have_accessible_name("Paragraph number 3")
    page.get_by_role("button", name="Comment on paragraph 3", exact=True).click()
    page.get_by_label("Your text").fill(TEXT)
    page.get_by_role("button", name="Send contribution").click()
    expect(page.locator("#rn-panel-3")).to_contain_text(
        "Thank you! Your contribution has appeared."
    )
    expect(page.locator("#rn-panel-3")).to_have_attribute("lang", "en")


def test_what_is_wrong_is_told_in_the_language_of_the_page(
    new_context: Callable[..., BrowserContext], served: Served
):
    page = new_context(locale="de-DE").new_page()  # German browser, English page
    page.goto(f"{served.address}/en/methodenkoffer/")
    page.get_by_role("button", name="Comment on paragraph 3", exact=True).click()
    page.get_by_label("Your text").fill(TEXT)
    with page.expect_request(lambda one: one.method == "POST") as sent:
        page.get_by_role("button", name="Send contribution").click()
    assert sent.value.header_value("accept-language") == "en"


def test_the_comparison_speaks_english(page: Page, served: Served):
    contribute(served, "leitlinien", 2)
    page.goto(f"{served.address}/en/leitlinien/1-2/")
    expect(page.locator("#rn-keys")).to_have_text(
        "Keys inside the comparison: n next change, p previous change"
    )
    expect(page.locator("#change-1 h3")).to_contain_text("Edited Change 1 of")
    expect(page.locator("#change-1 .rn-old p").first).to_have_attribute("lang", "de")
    expect(page.locator("#rn-total")).to_have_text("1 contribution on all versions.")
    expect(page.locator("#old-2 summary")).to_have_text("1 contribution on version 1, Rn. 2")


def test_the_switch_keeps_page_and_paragraph_by_keyboard(page: Page, served: Served):
    page.goto(f"{served.address}/leitlinien/1/#rn-14")
    switch = page.get_by_role("link", name="English", exact=True)
    expect(switch).to_have_attribute("lang", "en")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.address}/en/leitlinien/1/#rn-14")
    page.get_by_role("link", name="Deutsch", exact=True).press("Enter")
    expect(page).to_have_url(f"{served.address}/leitlinien/1/#rn-14")


def test_the_start_page_opens_in_the_language_of_the_browser_and_traps_nobody(
    page: Page, served: Served
):
    page.goto(f"{served.address}/")
    expect(page).to_have_url(f"{served.address}/en/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Have your say")
    page.get_by_role("link", name="Deutsch", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reden Sie mit")
    page.goto(f"{served.address}/")  # the choice is kept
    expect(page).to_have_url(f"{served.address}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reden Sie mit")


def test_other_pages_open_as_they_were_asked_for(page: Page, served: Served):
    page.goto(f"{served.address}/leitlinien/")
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_a_german_browser_stays_on_the_german_start_page(
    new_context: Callable[..., BrowserContext], served: Served
):
    page = new_context(locale="de-AT").new_page()
    page.goto(f"{served.address}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reden Sie mit")
    expect(page).to_have_url(f"{served.address}/")


def test_without_javascript_links_lead_to_english_forms_and_back(
    new_context: Callable[..., BrowserContext], served: Served
):
    page = new_context(java_script_enabled=False, locale="de-DE").new_page()
    page.goto(f"{served.address}/")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{served.address}/en/")
    page.goto(f"{served.address}/en/methodenkoffer/")
    page.locator("#rn-3").get_by_role("link", name="Comment on paragraph 3").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Back to the text").first.click()
    expect(page).to_have_url(f"{served.address}/en/methodenkoffer/#rn-3")


def test_what_is_not_there_is_said_in_english_below_en(page: Page, served: Served):
    page.goto(f"{served.address}/en/nothing/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("This page does not exist")
    page.get_by_role("link", name="To the start page").click()
    expect(page).to_have_url(f"{served.address}/en/")


def test_german_is_the_first_language_of_the_site(site: Path):
    for phrase in ('lang="de"', "Randnummer 14", "Link zu diesem Abschnitt", "Zurück zu Fußnote"):
        assert phrase in (site / "leitlinien" / "1" / "index.html").read_text("utf-8")
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        for foreign in ("Permanent link", "Jump back", "Skip to content", "Table of contents"):
            assert foreign not in html or page.relative_to(site).parts[0] == "en", page


@pytest.fixture
def proposed(served: Served) -> Served:
    """Somebody has proposed another wording of a paragraph, in German."""
    proposal = {"kind": "proposal", "text": "Kürzer.", "name": "Ada", "proposed_wording": "Bänke."}
    client = served.app.test_client()
    client.post(
        "/api/documents/methodenkoffer/versions/1/paragraphs/3/contributions", json=proposal
    )
    return served


def test_what_people_say_is_read_aloud_in_the_language_of_the_texts(page: Page, proposed: Served):
    page.goto(f"{proposed.address}/en/methodenkoffer/")
    page.locator("#rn-3 button.rn-comment").click()
    shown = page.locator("#rn-panel-3 .rn-contributions")
    expect(shown.locator("blockquote")).to_have_attribute("lang", "de")
    expect(shown.locator("ins .rn-hidden").first).to_have_text("inserted: ")
    expect(shown.locator("ins .rn-hidden").first).to_have_attribute("lang", "en")
    expect(shown.locator(".rn-contributions__text")).to_have_attribute("lang", "de")
    expect(shown.locator(".rn-contributions__text span")).to_have_attribute("lang", "en")


def test_without_javascript_too(new_context: Callable[..., BrowserContext], proposed: Served):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{proposed.address}/beitrag/methodenkoffer/1/3?lang=en")
    shown = page.locator(".contributions")
    expect(shown.locator(".proposed")).to_have_attribute("lang", "de")
    expect(shown.locator("ins .unseen").first).to_have_text("inserted: ")
    expect(shown.locator("ins .unseen").first).to_have_attribute("lang", "en")
    expect(shown.locator("> li > .said")).to_have_attribute("lang", "de")


def test_results_of_the_search_are_read_aloud_in_their_languages(page: Page, served: Served):
    page.goto(f"{served.address}/en/mitmachen/")
    search = page.get_by_role("searchbox", name="Search")
    search.fill("Vorhabenliste")
    text = page.locator(".rn-search__link[href*='leitlinien']").first
    for part in ("title", "excerpt"):
        expect(text.locator(f".rn-search__{part}")).to_have_attribute("lang", "de")
    expect(text.locator(".rn-search__place span").first).to_have_attribute("lang", "de")
    search.fill("Fahrradstraßen")
    minutes = page.locator(".rn-search__link[href*='sitzungen']").first
    expect(minutes.locator(".rn-search__title")).to_contain_text("Meeting")
    expect(minutes.locator(".rn-search__title[lang]")).to_have_count(0)
    expect(minutes.locator(".rn-search__excerpt")).to_have_attribute("lang", "de")
    search.fill("contributions")
    own = page.locator(".rn-search__link[href*='netiquette'] .rn-search__excerpt").first
    expect(own).to_be_visible()
    expect(page.locator(".rn-search__link[href*='netiquette'] [lang]")).to_have_count(0)
