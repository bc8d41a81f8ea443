"""What a page costs before anyone touches it, and whom it talks to."""

import gzip
import json
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
import uuid_utils
from playwright.sync_api import Page, Response, expect

from comment_service.storage.protocol import Change
from participation.catalogue import Catalogue, read_catalogue
from participation.contribution import Contribution
from participation.paragraph import ParagraphRef
from site_src.catalogue_file import NAME
from tests.factories import make_contribution
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
    answers = answers_to(page, f"{served.address}/{path}")
    own = urlsplit(served.address).netloc
    assert {urlsplit(answer.url).netloc for answer in answers} == {own}
    assert_light(answers)


def answers_to(page: Page, address: str) -> list[Response]:
    """Open a page and return all that it asked for before anyone touches it."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks functions
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return answers


def assert_light(answers: list[Response]) -> None:
    assert len(answers) <= REQUESTS
    assert sum(len(gzip.compress(answer.body(), 6)) for answer in answers) <= WEIGHT


@pytest.fixture
def busy(served: Served, site: Path) -> Served:
    """A consultation on which people have said 300 things, each some 400 letters long."""
    catalogue = read_catalogue(json.loads((site / NAME).read_text("utf-8")))
    store = served.app.extensions["randnotiz"].commenting.store
    store.change([Change(None, one) for one in lively(catalogue)], [])
    return served


def lively(catalogue: Catalogue) -> list[Contribution]:
    chance = Random(2024)  # noqa: S311  # the same in every run
    paragraphs = catalogue.version("leitlinien", 1).paragraphs
    words = [word for paragraph in paragraphs for word in paragraph.text.split()]
    return [
        make_contribution(
            str(uuid_utils.uuid7()),
            ref=ParagraphRef("leitlinien", 1, chance.randint(1, len(paragraphs))),
            text=" ".join(chance.choices(words, k=60)),
            receipt_digest=f"{ordinal:064}",
        )
        for ordinal in range(300)
    ]


@pytest.mark.parametrize("path", ["leitlinien/", "leitlinien/1/", "leitlinien/1-2/"])
def test_a_page_on_which_much_is_said_is_as_light(page: Page, busy: Served, path: str):
    answers = answers_to(page, f"{busy.address}/{path}")
    expect(page.locator("#rn-total")).to_contain_text("300 Beiträge")
    assert_light(answers)


def test_the_words_come_with_the_first_panel(page: Page, busy: Served):
    answers = answers_to(page, f"{busy.address}/leitlinien/1/")
    assert not [one for one in answers if "/contributions" in one.url]
    page.locator("button.rn-comment--some").first.click()
    expect(page.locator(".rn-panel .rn-contributions__text").first).to_be_visible()
    assert len([one for one in answers if "/contributions" in one.url]) == 1


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
