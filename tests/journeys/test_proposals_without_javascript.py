"""A resident without JavaScript proposes another wording and answers somebody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import contribute

pytestmark = pytest.mark.browser

PAGE = "beitrag/leitlinien/1/5"


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=False).new_page()


def test_another_wording_is_proposed_looked_at_and_sent(page: Page, served: Served):
    page.goto(f"{served.address}/{PAGE}")
    page.get_by_role("link", name="Lieber einen anderen Wortlaut vorschlagen").click()
    wording = page.get_by_label("Wortlaut, wie Sie ihn vorschlagen")
    now = wording.input_value()
    expect(page.locator("blockquote").first).to_have_text(now)
    wording.fill(now.replace("Einwohner", "Bürger", 1) + " Das gilt immer.")
    page.get_by_role("button", name="Erst ansehen").click()
    changes = page.get_by_role("region", name="Was Ihr Vorschlag ändert")
    expect(changes.locator("ins").last).to_contain_text("eingefügt:")
    expect(changes.locator("ins").last).to_contain_text("Das gilt immer.")
    page.get_by_label("Ihre Begründung").fill("Klarer.")
    page.get_by_label("Ihr Name").fill("Ada")
    page.get_by_role("button", name="Änderungsvorschlag senden").click()
    expect(page.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    expect(page.locator(".contributions")).to_contain_text("Änderungsvorschlag von Ada")
    expect(page.locator(".contributions .proposed ins").last).to_contain_text("Das gilt immer.")


def test_a_contribution_is_answered_and_the_reply_stands_below_it(page: Page, served: Served):
    contribute(served, "leitlinien", 5)
    page.goto(f"{served.address}/{PAGE}")
    page.get_by_role("link", name="Erwidern auf Beitrag 1").click()
    expect(page.get_by_role("heading", name="Auf Beitrag 1 erwidern")).to_be_visible()
    page.get_by_label("Ihr Text").fill("Die Stadt.")
    page.get_by_role("button", name="Erwiderung senden").click()
    replies = page.get_by_role("list", name="Erwiderungen auf Beitrag 1")
    expect(replies.get_by_role("listitem")).to_contain_text(["Die Stadt."])


def test_the_keyboard_is_enough_for_a_proposal(page: Page, served: Served):
    page.goto(f"{served.address}/{PAGE}?kind=proposal#schreiben")
    page.get_by_label("Wortlaut, wie Sie ihn vorschlagen").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Ein ganz anderer Wortlaut.")
    page.keyboard.press("Tab")
    page.keyboard.type("Kürzer.")
    for _ in range(4):  # past the name and whatever else there is, to the first button
        page.keyboard.press("Tab")
        if page.locator("button:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Was Ihr Vorschlag ändert")).to_be_visible()


def test_a_contribution_is_supported_and_the_support_taken_back_by_its_link(
    page: Page, served: Served
):
    contribute(served, "leitlinien", 5)
    page.goto(f"{served.address}/{PAGE}")
    page.get_by_role("button", name="Unterstützen Beitrag 1").click()
    expect(page.get_by_role("heading", name="Sie unterstützen Beitrag 1.")).to_be_visible()
    expect(page.locator(".contributions")).to_contain_text("unterstützt von 1 Person")
    page.get_by_role("link", name="Link zum Zurücknehmen der Unterstützung").click()
    page.get_by_role("button", name="Unterstützung zurücknehmen").click()
    expect(
        page.get_by_role("heading", name="Sie unterstützen Beitrag 1 nicht mehr.")
    ).to_be_visible()
    expect(page.locator(".contributions")).not_to_contain_text("unterstützt von")
