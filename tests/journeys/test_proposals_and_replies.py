"""A resident proposes a change, another replies: with keys alone, and told in whole sentences."""

import re
from collections.abc import Callable
from http import HTTPStatus

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import Served, stop
from tests.journeys.panel import open_panel
from tests.journeys.test_accessibility import VIEWS, contribute, violations
from tests.journeys.test_keyboard import tab_to

pytestmark = pytest.mark.browser

OLD = "Klären Sie zuerst drei Fragen und halten Sie die Antworten im Beteiligungskonzept fest:"
NEW = "Klären Sie zuerst vier Fragen und halten Sie die Antworten fest:"
LONG = "Rindfleischetikettierung" * 166  # nearly 4,000 characters without a space
FOREIGN = ["👩‍👩‍👧‍👦🏳️‍🌈", "שלום עולם, مرحبا بالعالم", "Z̸̢̛̹̺̻̼͇͈͉͍͎̀́̂̃̄̅̆̇̈à̶̢̛̹̺̻̼͇͈͉͍͎́̂̃̄̅l̷̹̺̻̼͇͈͉̀́̂̃̄̅g̵̹̺̻̼̀́̂̃ò̸̹̺̻́̂", LONG]


def propose(panel: Locator, wording: str = NEW, reason: str = "Vier sind es.") -> None:
    panel.get_by_role("radio", name="Änderungsvorschlag").check()
    panel.get_by_label("Wortlaut des Absatzes").fill(wording)
    panel.get_by_label("Ihre Begründung").fill(reason)
    panel.get_by_role("button", name="Beitrag senden").click()


def done(place: Locator) -> Locator:
    return place.get_by_role("status").filter(has_text="Danke! Ihr Beitrag ist erschienen.")


def test_a_proposal_and_a_reply_with_keys_alone(page: Page, served: Served):
    page.goto(f"{served.address}/methodenkoffer/#rn-3")
    tab_to(page, "Absatz 3 kommentieren")
    page.keyboard.press("Enter")
    expect(page.locator("#rn-panel-3-title")).to_be_focused()
    for key in ("Tab", "Tab", "ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    wording = page.get_by_label("Wortlaut des Absatzes")
    expect(wording).to_be_focused()
    expect(wording).to_have_value(OLD)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(NEW)
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Vier sind es.")
    tab_to(page, "Beitrag senden")
    page.keyboard.press("Enter")
    panel = page.locator("#rn-panel-3")
    expect(done(panel)).to_be_visible()
    tab_to(page, "Erwidern auf: Änderungsvorschlag ohne Namen")
    page.keyboard.press("Enter")
    expect(panel.get_by_label("Ihre Erwiderung auf: Änderungsvorschlag ohne")).to_be_focused()
    page.keyboard.insert_text("Drei genügen.")
    tab_to(page, "Erwiderung senden")
    page.keyboard.press("Enter")
    replies = panel.get_by_role("list", name="Erwiderungen auf: Änderungsvorschlag ohne Namen")
    expect(replies.get_by_role("listitem")).to_contain_text("Drei genügen.")
    expect(page.locator("#rn-3 button.rn-comment")).to_have_accessible_name(
        "2 Beiträge zu Absatz 3"
    )


def test_a_proposal_is_read_aloud_as_sentences(page: Page, served: Served):
    panel = open_panel(page, served)
    propose(panel)
    expect(done(panel)).to_be_visible()
    expect(panel.get_by_role("list").first).to_match_aria_snapshot("""
      - list:
        - listitem:
          - paragraph:
            - text: Beitrag 1 · Änderungsvorschlag ohne Namen ·
            - time: 20. März 2024, 12:00 Uhr
          - figure "Vorgeschlagener Wortlaut:":
            - text: "Vorgeschlagener Wortlaut:"
            - blockquote:
              - text: Klären Sie zuerst
              - deletion: "gestrichen: drei Ende der Streichung"
              - insertion: "eingefügt: vier Ende der Einfügung"
              - text: Fragen und halten Sie die Antworten
              - deletion: "gestrichen: im Beteiligungskonzept Ende der Streichung"
              - text: "fest:"
          - paragraph: "Begründung: Vier sind es."
          - 'button "Erwidern auf: Änderungsvorschlag ohne Namen"'
          - link "Ihr Beitrag – Quittung zeigen"
          - button "Auf diesem Gerät vergessen"
    """)


def test_the_form_of_a_proposal_is_read_aloud_as_sentences(page: Page, served: Served):
    panel = open_panel(page, served)
    panel.get_by_role("radio", name="Änderungsvorschlag").check()
    expect(panel.locator("form")).to_match_aria_snapshot("""
      - group "Was möchten Sie mitteilen?":
        - radio "Anregung"
        - radio "Frage"
        - radio "Änderungsvorschlag" [checked]
      - textbox "Wortlaut des Absatzes, den Sie ändern können"
      - paragraph: Ändern Sie die Wörter so, wie sie lauten sollen.
      - figure "Das ändert Ihr Vorschlag:":
        - blockquote: Noch ist nichts geändert.
      - status
      - textbox "Ihre Begründung"
      - textbox "Ihr Name (freiwillig)"
      - paragraph:
        - button "Beitrag senden"
    """)


def test_what_an_edit_changes_is_told_when_the_typing_stops(page: Page, served: Served):
    page.clock.install()
    panel = open_panel(page, served)
    panel.get_by_role("radio", name="Änderungsvorschlag").check()
    told = panel.locator(".rn-proposal-fields").get_by_role("status")
    panel.get_by_label("Wortlaut des Absatzes").fill(OLD.replace("drei", "fünf"))
    page.clock.run_for(500)
    expect(told).to_be_empty()
    page.clock.run_for(1000)
    expect(told).to_have_text("gestrichen: drei; eingefügt: fünf.")
    expect(panel.locator("ins")).to_contain_text("fünf")


def test_an_unchanged_wording_and_a_missing_reason_are_asked_for(page: Page, served: Served):
    panel = open_panel(page, served)
    panel.get_by_role("radio", name="Änderungsvorschlag").check()
    panel.get_by_role("button", name="Beitrag senden").click()
    wording = panel.get_by_label("Wortlaut des Absatzes")
    expect(wording).to_be_focused()
    expect(wording).to_have_accessible_description(re.compile("Bitte ändern Sie den Wortlaut"))
    wording.fill(NEW)
    panel.get_by_role("button", name="Beitrag senden").click()
    expect(panel.get_by_label("Ihre Begründung")).to_be_focused()
    expect(panel).to_contain_text("Bitte begründen Sie das in ein, zwei Sätzen.")


def test_an_edited_wording_survives_a_reload(page: Page, served: Served):
    panel = open_panel(page, served)
    panel.get_by_role("radio", name="Änderungsvorschlag").check()
    panel.get_by_label("Wortlaut des Absatzes").fill(NEW)
    page.reload()
    page.get_by_role("button", name="Absatz 3 kommentieren, Ihr Entwurf").click()
    expect(panel.get_by_role("radio", name="Änderungsvorschlag")).to_be_checked()
    expect(panel.get_by_label("Wortlaut des Absatzes")).to_have_value(NEW)


def test_a_reply_to_what_is_gone_meanwhile_keeps_its_text(page: Page, served: Served):
    client = served.app.test_client()
    asked = {"kind": "question", "text": "Und wer zahlt das?", "name": "Ada"}
    address = "/api/documents/methodenkoffer/versions/1/paragraphs/3/contributions"
    receipt = client.post(address, json=asked).get_json()["receipt"]
    panel = open_panel(page, served)
    panel.get_by_role("button", name="Erwidern auf: Frage von Ada").click()
    page.get_by_label("Ihre Erwiderung auf: Frage von Ada").fill("Die Stadt.")
    withdrawal = {"code": receipt, "act": "withdraw", "sure": "1"}
    assert client.post("/beitrag/quittung", data=withdrawal).status_code == HTTPStatus.OK
    panel.get_by_role("button", name="Erwiderung senden").click()
    expect(panel.get_by_role("status").first).to_contain_text("Ihr Text ist in diesem Browser")
    expect(panel.get_by_label("Ihre Erwiderung auf: Frage von Ada")).to_have_value("Die Stadt.")


@pytest.mark.parametrize("text", FOREIGN, ids=["emoji", "right-to-left", "zalgo", "no-space"])
def test_no_text_breaks_out_of_a_narrow_screen(
    new_context: Callable[..., BrowserContext], served: Served, text: str
):
    narrow = 320  # CSS pixels
    page = new_context(viewport={"width": narrow, "height": 700}).new_page()
    panel = open_panel(page, served)
    propose(panel, wording=text, reason=text)
    expect(done(panel)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= narrow
    inside = panel.evaluate("""panel => [...panel.querySelectorAll("li, li *")].every(
        one => one.matches(".rn-hidden") || one.getBoundingClientRect().right <= innerWidth)""")
    assert inside


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_panel_diff_form_and_receipt_are_accessible(
    new_context: Callable[..., BrowserContext], served: Served, width: int, scheme: str
):
    page = new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    ).new_page()
    contribute(served, "methodenkoffer", 3)
    panel = open_panel(page, served)
    propose(panel)
    expect(done(panel)).to_be_visible()
    panel.get_by_role("button", name="Erwidern auf: Frage von Ada").click()
    panel.get_by_role("radio", name="Änderungsvorschlag").check()
    panel.get_by_label("Wortlaut des Absatzes").fill(NEW)
    panel.get_by_text("1 Quittung in diesem Browser").click()
    assert violations(page) == []


def test_the_service_restarts_while_a_proposal_is_sent_and_takes_it_once(
    page: Page, make_service: Callable[..., Served]
):
    served = make_service()
    panel = open_panel(page, served)
    stop(served.server)
    propose(panel)
    expect(panel.get_by_role("status").first).to_contain_text("Das Senden ist nicht gelungen.")
    make_service(port=served.server.port)
    panel.get_by_role("button", name="Beitrag senden").click()
    expect(done(panel)).to_be_visible()
    expect(panel.locator(".rn-contributions > li")).to_have_count(1)
