"""The overview shows where the discussion is and what is new; without JavaScript, too."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import violations

pytestmark = pytest.mark.browser

OVERVIEW = "beitrag/leitlinien"


def contribute(served: Served, number: int, text: str) -> None:
    served.app.test_client().post(
        f"/api/documents/leitlinien/versions/1/paragraphs/{number}/contributions",
        json={"kind": "question", "text": text, "name": "Ada"},
    )


def test_from_the_text_to_the_discussion_and_to_one_contribution_without_javascript(
    new_context: Callable[..., BrowserContext], served: Served
):
    contribute(served, 5, "Wer zahlt?")
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{served.address}/leitlinien/1/")
    page.get_by_role("link", name="Übersicht über die Diskussion").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Übersicht über die Diskussion")
    expect(page.locator("main")).to_contain_text("1 Beitrag zu Fassung 1.")
    expect(page.get_by_role("heading", name="Neu seit Ihrem letzten Besuch")).to_be_hidden()
    page.get_by_role("listitem").filter(has_text="Beitrag:").get_by_role(
        "link", name="Rn. 5"
    ).click()
    expect(page.locator(".said")).to_have_text("Wer zahlt?")


def test_the_filters_work_without_javascript(
    new_context: Callable[..., BrowserContext], served: Served
):
    contribute(served, 5, "Wer zahlt?")
    contribute(served, 30, "Und wann?")
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{served.address}/beitrag/leitlinien/1")
    page.get_by_label("Kapitel").select_option(label="3. Vorhabenliste")
    page.get_by_label("Art").select_option(label="Frage")
    page.get_by_role("button", name="Zeigen").click()
    expect(page.locator("main")).to_contain_text("1 von 2 Beiträgen")
    expect(page.locator(".said")).to_have_text("Und wann?")
    page.get_by_role("link", name="Alle zeigen").click()
    expect(page.locator(".said")).to_have_count(2)


def test_a_browser_tells_what_is_new_since_it_was_there(page: Page, served: Served):
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    new = page.get_by_role("region", name="Neu seit Ihrem letzten Besuch")
    contribute(served, 5, "Wer zahlt?")
    page.goto(f"{served.address}/{OVERVIEW}")
    expect(page.locator(".briefs .said")).to_be_visible()
    expect(new).to_be_hidden()
    served.clock.now += timedelta(days=1)
    contribute(served, 30, "Und wann?")
    for _ in range(2):  # who looks again is still on the same visit
        page.goto(f"{served.address}/{OVERVIEW}")
        expect(new.get_by_role("listitem")).to_have_text(["Neu: Beitrag 2 zu Fassung 1, Rn. 30"])
        expect(new).to_contain_text("20. März 2024 um 12:00")
    assert violations(page) == []
    served.clock.now += timedelta(days=1)
    page.goto(f"{served.address}/{OVERVIEW}")
    expect(new).to_contain_text("Nichts Neues.")
    expect(new.get_by_role("listitem")).to_have_count(0)
    assert refused == []


def test_what_no_browser_can_read_does_not_stop_the_page(page: Page, served: Served):
    page.goto(f"{served.address}/{OVERVIEW}")
    page.evaluate("localStorage.setItem('randnotiz-visits', '{nichts')")
    page.reload()
    expect(page.get_by_role("heading", name="Wo diskutiert wird")).to_be_visible()
    served.clock.now += timedelta(days=1)
    page.reload()
    expect(page.get_by_role("region", name="Neu seit Ihrem letzten Besuch")).to_be_visible()


def test_the_longest_word_and_other_scripts_do_not_widen_the_page(
    new_context: Callable[..., BrowserContext], served: Served
):
    for text in ("x" * 4000, "👩‍👩‍👧‍👦" * 300, "مرحبا بالعالم " * 100, "Z" + "\u0321\u0337" * 900):
        contribute(served, 5, text)
    page = new_context(viewport={"width": 320, "height": 700}).new_page()
    for path in (OVERVIEW, "beitrag/leitlinien/1", "beitrag/leitlinien/1/5"):
        page.goto(f"{served.address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
