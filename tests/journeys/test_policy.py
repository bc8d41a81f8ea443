"""No page of site, service or desk does anything that its Content-Security-Policy forbids."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served, build_site
from tests.journeys.test_accessibility import SERVICE_PAGES, contribute, pages_of_the_site
from tests.journeys.test_desk_answers import LIST, sign_in

pytestmark = pytest.mark.browser

DESK = [LIST, "redaktion/", "redaktion/protokoll", "redaktion/beitraege"]
# Whatever is forbidden is told as an event to the page, and to us before anything else is.
LISTEN = """
document.addEventListener("securitypolicyviolation", (seen) => toldOfViolation(
  [location.pathname, seen.violatedDirective, seen.blockedURI, seen.sourceFile].join(" ")
));
"""


class Watched:
    """A browser of which all violations are noted."""

    def __init__(self, context: BrowserContext) -> None:
        self.violations: list[str] = []
        context.expose_function("toldOfViolation", self.noted)
        context.add_init_script(LISTEN)
        context.on("console", lambda said: self.note(said.text))
        context.on("weberror", lambda error: self.violations.append(str(error.error)))
        self.page = context.new_page()

    def noted(self, violation: str) -> None:
        self.violations.append(violation)

    def note(self, said: str) -> None:
        if "Content Security Policy" in said or "Content-Security-Policy" in said:
            self.violations.append(said)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with the archive of a consultation: all kinds of pages."""
    return build_site(tmp_path_factory.mktemp("policy"), archived=True)


@pytest.fixture
def watched(new_context: Callable[..., BrowserContext]) -> Iterator[Watched]:
    """A browser that must have seen nothing forbidden when the test is over."""
    watched = Watched(new_context(reduced_motion="reduce"))
    yield watched
    watched.page.wait_for_load_state("networkidle")
    assert watched.violations == []


def visit(page: Page, address: str) -> None:
    """Look at a page, and let the theme's script be fetched."""
    answer = page.goto(address)
    assert answer is not None
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")


def test_every_page_of_the_site_keeps_to_its_policy(watched: Watched, site: Path, served: Served):
    for path in pages_of_the_site(site):
        visit(watched.page, f"{served.address}/{path}")


def test_every_page_of_the_service_keeps_to_its_policy(watched: Watched, served: Served):
    contribute(served, "leitlinien", 5)
    for path in [*SERVICE_PAGES, "beitrag/quittung"]:
        visit(watched.page, f"{served.address}/{path}")


def test_the_desk_keeps_to_its_policy(watched: Watched, served: Served):
    contribute(served, "leitlinien", 5)
    sign_in(watched.page, served)
    for path in DESK:
        visit(watched.page, f"{served.address}/{path}")


def test_panel_contribution_and_receipt_keep_to_it(watched: Watched, served: Served):
    page = watched.page
    page.goto(f"{served.address}/methodenkoffer/")
    page.locator("#rn-3 button.rn-comment").click()
    page.get_by_label("Ihr Text").fill("Ein Beitrag.")
    page.get_by_role("button", name="Beitrag senden").click()
    expect(page.get_by_text("Danke! Ihr Beitrag ist erschienen.")).to_be_visible()


def test_search_dark_colours_and_small_screens_keep_to_it(watched: Watched, served: Served):
    page = watched.page
    page.goto(f"{served.address}/leitlinien/")
    page.get_by_role("searchbox", name="Suche").fill("Vorhabenliste")
    expect(page.locator(".rn-search__link mark").first).to_be_visible()
    page.get_by_role("button", name="Dunkle Farben").click()
    page.set_viewport_size({"width": 360, "height": 700})
    page.get_by_role("button", name="Menü").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-rn-scheme", "dark")


@pytest.mark.parametrize(
    "forbidden",
    [
        "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">rot</p>')",
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://a.example.org/a.png\">')",
        "document.body.insertAdjacentHTML('beforeend', '<iframe src=\"/\"></iframe>')",
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"1\">b</b>')",
        "fetch('https://a.example.org/').catch(() => {})",
    ],
)
def test_what_is_forbidden_is_noticed(
    new_context: Callable[..., BrowserContext], served: Served, forbidden: str
):
    watched = Watched(new_context())
    watched.page.goto(f"{served.address}/leitlinien/")
    with watched.page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        watched.page.evaluate(forbidden)
    assert watched.violations
