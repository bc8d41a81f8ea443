"""What comes out of the printer, and what programs find on the pages to follow the site."""

from collections.abc import Callable
from urllib.parse import urljoin

import feedparser
import pytest
import vobject
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served
from tests.site_src.paper import Paper

pytestmark = pytest.mark.browser

TEXT = "leitlinien/"
CHROME = ".md-header, .md-sidebar, .rn-footer, .rn-edit, .rn-comment, .rn-feeds, button"
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"


@pytest.fixture
def dark(new_context: Callable[..., BrowserContext], served: Served) -> Page:
    """A reader who has chosen dark colours, and prints."""
    page = new_context(color_scheme="dark").new_page()
    page.add_init_script("localStorage.setItem('randnotiz:scheme', 'dark')")
    page.goto(f"{served.address}/{TEXT}")
    return page


def colours(page: Page) -> list[str]:
    """Return the colour of the words, and of what is behind them."""
    return [
        str(page.locator("#rn-1").evaluate(f"(one) => getComputedStyle(one).{name}"))
        for name in ("color", "getPropertyValue('--rn-paper')")
    ]


def test_dark_pages_are_printed_in_black_on_white(dark: Page):
    assert dark.locator("html").get_attribute("data-rn-scheme") == "dark"
    dark.emulate_media(media="print", color_scheme="dark")
    assert colours(dark) == [BLACK, "#ffffff"]
    assert dark.locator("body").evaluate("(one) => getComputedStyle(one).colorScheme") == "light"


def test_nothing_that_can_only_be_pressed_is_printed(page: Page, served: Served):
    page.goto(f"{served.address}/{TEXT}")
    assert page.locator(CHROME).locator("visible=true").count() > 100
    page.emulate_media(media="print")
    assert page.locator(CHROME).locator("visible=true").count() == 0


def test_the_numbers_stand_in_the_margin(page: Page, served: Served):
    page.set_viewport_size({"width": 700, "height": 900})  # about a sheet of A4 with its margins
    page.goto(f"{served.address}/{TEXT}")
    page.emulate_media(media="print")
    places = page.locator("a.rn").evaluate_all(
        "(all) => all.map((one) => [one.getBoundingClientRect().right,"
        " one.closest('.rn-document').querySelector('p.rn-unit').getBoundingClientRect().left])"
    )
    text = {round(left) for _, left in places}
    assert len(places) > 100
    assert len({round(right) for right, _ in places}) == 1
    assert places[0][0] < min(text)


def test_a_printed_page_holds_the_whole_text(page: Page, served: Served):
    page.goto(f"{served.address}/{TEXT}")
    words = [" ".join(one.split()) for one in page.locator("p.rn-unit").all_inner_texts()[-2:]]
    paper = Paper(page.pdf(format="A4"))
    assert len(paper.pages) > 5
    assert words[-1][-30:] in paper.words


def test_feed_readers_find_the_feeds_of_a_page_and_can_read_them(page: Page, served: Served):
    page.goto(f"{served.address}/methodenkoffer/")
    links = page.locator("link[rel=alternate][type='application/atom+xml']")
    found = {
        str(link.get_attribute("title")): urljoin(page.url, link.get_attribute("href"))
        for link in links.all()
    }
    assert list(found) == [
        "Mitreden in Kaiserslautern: neue Fassungen", "Mitreden in Kaiserslautern: Protokolle",
        "Methodenkoffer: neue Fassungen", "Methodenkoffer: Beiträge",
    ]  # fmt: skip
    for title, address in found.items():
        answer = page.request.get(address)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        read = feedparser.parse(answer.body(), response_headers=answer.headers)
        assert not read.bozo
        assert read.feed.title == title


def test_the_calendar_of_all_dates_can_be_fetched_from_the_schedule(page: Page, served: Served):
    page.goto(f"{served.address}/zeitplan/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Alle Termine als Kalenderdatei").click()
    calendar = vobject.readOne(download.value.path().read_text("utf-8"))
    assert len(calendar.vevent_list) > 10
    answer = page.request.get(f"{served.address}/termine.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    expect(page.get_by_role("link", name="In meinen Kalender").first).to_be_visible()
