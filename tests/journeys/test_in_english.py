"""The interface in English, by one line in mkdocs.yml; the texts stay as they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import HOUSE, Served, build_site
from tests.journeys.test_accessibility import contribute

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    (house / "site_src").symlink_to(HOUSE / "site_src")
    settings = (HOUSE / "mkdocs.yml").read_text("utf-8")
    (house / "mkdocs.yml").write_text(settings.replace("language: de", "language: en"), "utf-8")
    return build_site(tmp_path_factory.mktemp("english"), house=house)


def test_page_panel_and_search_speak_english(page: Page, make_service: Callable[..., Served]):
    served = make_service(RANDNOTIZ_LANGUAGE="en")
    page.goto(f"{served.address}/methodenkoffer/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".rn-facts")).to_contain_text("Version 1 of 8 March 2024")
    expect(page.locator("#rn-window")).to_have_text(
        "Contributions are possible: until further notice."
    )
    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()
    expect(page.locator("#rn-3 a.rn")).to_have_accessible_name("Paragraph number 3")
    page.get_by_role("button", name="Comment on paragraph 3", exact=True).click()
    page.get_by_label("Your text").fill("Please think of clubs, too.")
    page.get_by_role("button", name="Send contribution").click()
    expect(page.locator("#rn-panel-3").get_by_role("status")).to_contain_text(
        "Thank you! Your contribution has appeared."
    )


def test_the_comparison_speaks_english(page: Page, make_service: Callable[..., Served]):
    served = make_service(RANDNOTIZ_LANGUAGE="en")
    contribute(served, "leitlinien", 2)
    page.goto(f"{served.address}/leitlinien/1-2/")
    expect(page.locator("#rn-keys")).to_have_text(
        "Keys inside the comparison: n next change, p previous change"
    )
    expect(page.locator("#change-1 h3")).to_contain_text("Edited Change 1 of")
    expect(page.locator("#rn-total")).to_have_text("1 contribution on all versions.")
    expect(page.locator("#old-2 summary")).to_have_text("1 contribution on version 1, Rn. 2")


def test_german_is_the_first_language_of_the_site(site: Path, tmp_path: Path):
    german = build_site(tmp_path / "german")
    for phrase in ('lang="de"', "Randnummer 14", "Link zu diesem Abschnitt", "Zurück zu Fußnote"):
        assert phrase in (german / "leitlinien" / "1" / "index.html").read_text("utf-8")
        assert phrase not in (site / "leitlinien" / "1" / "index.html").read_text("utf-8")
    for page in german.rglob("*.html"):
        html = page.read_text("utf-8")
        for foreign in ("Permanent link", "Jump back", "Skip to content", "Table of contents"):
            assert foreign not in html, page
