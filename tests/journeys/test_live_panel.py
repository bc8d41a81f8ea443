"""What others say appears without a reload, and nothing that a reader does is disturbed by it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from comment_service.changing_contributions import Changing
from comment_service.own_contributions import OwnContributions
from participation.correcting import Correction
from tests.journeys.conftest import Served
from tests.journeys.panel import open_panel
from tests.journeys.test_accessibility import contribute

pytestmark = pytest.mark.browser

MINUTE = 60_000  # milliseconds
PARAGRAPH = "/api/documents/methodenkoffer/versions/1/paragraphs/3/contributions"


def asked(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


def said(panel: Locator) -> Locator:
    return panel.locator(".rn-contributions__text")


def test_who_replies_to_what_is_withdrawn_meanwhile_keeps_the_form(page: Page, served: Served):
    page.clock.install()
    asking = {"kind": "question", "text": "Und wer zahlt das?", "name": "Ada"}
    code = served.app.test_client().post(PARAGRAPH, json=asking).get_json()["receipt"]
    panel = open_panel(page, served)
    panel.get_by_role("button", name="Erwidern auf: Frage von Ada").click()
    field = panel.get_by_label("Ihre Erwiderung auf: Frage von Ada")
    field.press_sequentially("Ich auch")
    withdrawal = {"code": code, "act": "withdraw", "sure": "1"}
    served.app.test_client().post("/beitrag/quittung", data=withdrawal)
    page.clock.fast_forward(MINUTE)
    expect(panel).to_contain_text("Dieser Beitrag ist nicht mehr öffentlich.")
    expect(field).to_be_focused()
    expect(field).to_have_value("Ich auch")


def test_a_correction_appears_and_says_that_it_is_one(page: Page, served: Served):
    page.clock.install()
    asking = {"kind": "question", "text": "Und wer zalt das?", "name": "Ada"}
    code = served.app.test_client().post(PARAGRAPH, json=asking).get_json()["receipt"]
    panel = open_panel(page, served)
    expect(said(panel)).to_have_text("Und wer zalt das?")
    residents = served.app.extensions["randnotiz"].commenting
    changing = Changing(residents.store, residents.marks, residents.clock, residents.new_id)
    own = OwnContributions(changing, residents.published)
    own.correct(code, Correction("Und wer zahlt das?", "Ada"))
    page.clock.fast_forward(MINUTE)
    expect(said(panel)).to_have_text("Und wer zahlt das?")
    expect(panel).to_contain_text("bearbeitet am 20. März 2024, 12:00 Uhr")


def reply(served: Served, text: str) -> None:
    """Reply to the first contribution, from another browser."""
    client = served.app.test_client()
    told = client.get("/api/documents/methodenkoffer/contributions?version=1").get_json()
    first = told["versions"][0]["paragraphs"][0]["contributions"][0]
    client.post(PARAGRAPH, json={"kind": "reply", "text": text, "in_reply_to": first["id"]})


def test_what_others_write_appears_and_typing_goes_on(page: Page, served: Served):
    page.clock.install()
    contribute(served, "methodenkoffer", 3)
    panel = open_panel(page, served)
    field = panel.get_by_label("Ihr Text")
    field.press_sequentially("Ich schreibe gerade")
    page.keyboard.press("ArrowLeft")
    before = page.evaluate("document.activeElement.selectionStart")
    contribute(served, "methodenkoffer", 3)
    page.clock.fast_forward(MINUTE)
    expect(said(panel)).to_have_count(2)
    expect(page.locator("#rn-3 button.rn-comment")).to_have_accessible_name(
        "2 Beiträge zu Absatz 3, Ihr Entwurf ist gespeichert"
    )
    expect(field).to_be_focused()
    expect(field).to_have_value("Ich schreibe gerade")
    assert page.evaluate("document.activeElement.selectionStart") == before


def test_the_focus_and_an_open_reply_stay_when_their_thread_grows(page: Page, served: Served):
    page.clock.install()
    contribute(served, "methodenkoffer", 3)
    panel = open_panel(page, served)
    panel.get_by_role("button", name="Erwidern auf: Frage von Ada").click()
    field = panel.get_by_label("Ihre Erwiderung auf: Frage von Ada")
    field.press_sequentially("Ich auch")
    reply(served, "Von jemand anderem.")
    page.clock.fast_forward(MINUTE)
    expect(panel.locator(".rn-replies li")).to_contain_text("Von jemand anderem.")
    expect(field).to_be_focused()
    expect(field).to_have_value("Ich auch")


def test_nobody_is_asked_while_nobody_looks(page: Page, served: Served):
    page.clock.install()
    page.add_init_script("""
      let seen = "visible";
      Object.defineProperty(document, "visibilityState", { get: () => seen });
      window.look = (how) => { seen = how; document.dispatchEvent(new Event("visibilitychange")); };
    """)
    contribute(served, "methodenkoffer", 3)
    panel = open_panel(page, served)
    expect(said(panel)).to_have_count(1)
    page.evaluate("look('hidden')")
    requests = asked(page)
    page.clock.run_for(3 * MINUTE)
    assert [url for url in requests if "/api/" in url] == []
    contribute(served, "methodenkoffer", 3)
    page.evaluate("look('visible')")
    expect(said(panel)).to_have_count(2)


def test_a_reader_sorts_and_nothing_moves_by_itself(page: Page, served: Served):
    page.clock.install()
    for name in ("Ada", "Ben"):
        contribute_as(served, name)
    panel = open_panel(page, served)
    names = panel.locator(".rn-contributions bdi")
    expect(names).to_have_text(["Ada", "Ben"])
    panel.get_by_label("Reihenfolge").select_option("neueste zuerst")
    expect(names).to_have_text(["Ben", "Ada"])
    contribute_as(served, "Cem")
    page.clock.fast_forward(MINUTE)
    expect(names).to_have_text(["Cem", "Ben", "Ada"])


def contribute_as(served: Served, name: str) -> None:
    served.clock.now = served.clock.now.replace(second=served.clock.now.second + 1)
    asking = {"kind": "question", "text": "Und wer zahlt das?", "name": name}
    served.app.test_client().post(PARAGRAPH, json=asking)
