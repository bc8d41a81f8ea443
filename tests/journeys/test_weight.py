"""What a page costs before anyone touches it, and whom it talks to."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

REQUESTS, WEIGHT = 7, 90_000  # requests; bytes of all bodies, each packed by gzip


@pytest.mark.parametrize(
    "path",
    [
        "",
        "leitlinien/",
        "leitlinien/1-2/",
        "methodenkoffer/",
        "zeitplan/",
        "beitrag/leitlinien",
        "beitrag/leitlinien/1/3",
    ],
)
def test_a_page_is_light_and_talks_to_nobody_else(page: Page, served: Served, path: str):
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks functions
    page.goto(f"{served.address}/{path}")
    page.wait_for_load_state("networkidle")
    own = urlsplit(served.address).netloc
    assert {urlsplit(answer.url).netloc for answer in answers} == {own}
    assert len(answers) <= REQUESTS
    assert sum(len(gzip.compress(answer.body(), 6)) for answer in answers) <= WEIGHT


def test_a_whole_visit_leaves_no_cookie_and_talks_to_nobody_else(page: Page, served: Served):
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{served.address}/methodenkoffer/")
    page.locator("#rn-3 button.rn-comment").click()
    page.get_by_label("Ihr Text").fill("Ein Beitrag.")
    page.get_by_role("button", name="Beitrag senden").click()
    expect(page.get_by_text("Danke! Ihr Beitrag ist erschienen.")).to_be_visible()
    page.get_by_role("searchbox", name="Suche").press_sequentially("Workshop")
    page.locator(".rn-search__link").first.click()
    page.goto(f"{served.address}/beitrag/methodenkoffer/1/3")
    assert page.context.cookies() == []
    assert hosts == {urlsplit(served.address).netloc}
