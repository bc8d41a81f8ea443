"""320 pixels, and 400 % zoom of a 1280 pixel screen, which is the same width."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import SERVICE_PAGES, contribute, pages_of_the_site

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
ZOOM = {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4}


@pytest.fixture(params=[PHONE, ZOOM], ids=["320px", "zoom-400"])
def small(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    screen: dict[str, Any] = request.param
    return new_context(**screen).new_page()


def overflow(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def test_no_page_scrolls_sideways(small: Page, served: Served, site: Path):
    contribute(served, "leitlinien", 5)
    wide = {}
    for path in [*pages_of_the_site(site), *SERVICE_PAGES]:
        small.goto(f"{served.address}/{path}")
        wide[path] = overflow(small)
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


def test_a_comment_can_be_written_and_a_long_word_breaks(small: Page, served: Served):
    small.goto(f"{served.address}/leitlinien/1/")
    small.locator("#rn-107 button.rn-comment").click()  # in a table
    small.get_by_label("Ihr Text").fill("x" * 500)
    small.get_by_role("button", name="Beitrag senden").click()
    expect(small.locator("#rn-panel-107").get_by_role("status")).to_contain_text("Danke")
    assert overflow(small) <= 0
    box = small.locator("#rn-panel-107").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_what_is_touched_is_large_enough(small: Page, served: Served):
    small.goto(f"{served.address}/leitlinien/1/")
    small.locator("#rn-5 button.rn-comment").click()
    for target in small.locator("button:visible, .rn-choice:visible, .rn-form input:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 20, target.evaluate("one => one.outerHTML")
