"""A resident reads what the working group answered: on the old paragraph and on the new one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comment_service.storage.protocol import Change, Store
from participation.contribution import Channel, Transcribed
from participation.decision import Answer, DecisionStatus, Outcome
from participation.paragraph import ParagraphRef
from tests.factories import AFTER, make_contribution, make_decision, public_id
from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

OLD, NEW = ParagraphRef("leitlinien", 1, 3), ParagraphRef("leitlinien", 2, 3)
REASON = "Das nehmen wir auf."


@pytest.fixture
def answered(served: Served) -> Served:
    """A service on which two contributions have the same answer, which changed a paragraph."""
    store: Store = served.app.extensions["randnotiz"].commenting.store
    store.add(make_contribution(public_id(1), ref=OLD))
    handed_in: dict[str, Any] = {
        "channel": Channel.WORKSHOP,
        "transcribed": Transcribed("anna", 5, "Werkstatt Nord"),
    }
    store.add(make_contribution(public_id(2), ref=OLD, name=None, **handed_in))
    meeting = served.app.extensions["randnotiz"].commenting.published().meetings[-1].date
    decision = make_decision(
        contributions=(public_id(1), public_id(2)),
        answer=Answer(Outcome.PARTLY, REASON, meeting, (NEW,)),
        status=DecisionStatus.PUBLISHED,
        published_at=AFTER,
    )
    store.change([Change(None, decision)], [])
    return served


def open_panel(page: Page, served: Served, ref: ParagraphRef):
    page.goto(f"{served.address}/leitlinien/{ref.version}/#rn-{ref.number}")
    page.locator(f"#rn-{ref.number} button.rn-comment").first.click()
    return page.locator(f"#rn-panel-{ref.number}")


def test_the_answer_stands_under_the_contribution_on_the_old_paragraph(
    page: Page, answered: Served
):
    panel = open_panel(page, answered, OLD)
    said = panel.locator(".rn-contributions > li")
    expect(said).to_have_count(2)
    first, second = said.all()
    for one in (first, second):
        expect(one).to_contain_text("Antwort der Arbeitsgruppe: teilweise übernommen")
        expect(one).to_contain_text(REASON)
    expect(first).to_contain_text("Beitrag 1")
    expect(second).to_contain_text("Workshop, Werkstatt Nord, 5 Personen")
    first.get_by_role("link", name="Fassung 2, Rn. 3").click()
    expect(page).to_have_url(f"{answered.address}/leitlinien/2/#rn-3")


def test_the_minutes_of_the_meeting_that_decided_are_one_click_away(page: Page, answered: Served):
    panel = open_panel(page, answered, OLD)
    panel.get_by_role("link", name="21. März 2024").first.click()
    expect(page.locator("h1")).to_contain_text("Workshop zur ersten Fassung")


def test_the_new_paragraph_says_because_of_whom_it_was_changed(page: Page, answered: Served):
    panel = open_panel(page, answered, NEW)
    because = panel.locator(".rn-because")
    expect(because).to_have_text("Geändert aufgrund von: Beitrag 1, Beitrag 2")
    because.get_by_role("link", name="Beitrag 2").click()
    expect(page).to_have_url(f"{answered.address}/leitlinien/1/#rn-3")


def test_the_comparison_says_because_of_whom_a_paragraph_was_changed(page: Page, answered: Served):
    page.goto(f"{answered.address}/leitlinien/1-2/")
    because = page.locator(".rn-because")
    expect(because).to_have_text("Geändert aufgrund von: Beitrag 1, Beitrag 2")
    because.get_by_role("link", name="Beitrag 1").click()
    expect(page).to_have_url(f"{answered.address}/leitlinien/1/#rn-3")


def test_without_javascript_both_are_on_the_pages_of_the_paragraphs(
    new_context: Callable[..., BrowserContext], answered: Served
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{answered.address}/beitrag/leitlinien/2/3")
    page.get_by_role("link", name="Beitrag 2").first.click()
    entry = page.locator(f"#beitrag-{public_id(2)}")
    expect(entry).to_contain_text("Antwort der Arbeitsgruppe: teilweise übernommen")
    expect(entry).to_contain_text(REASON)
