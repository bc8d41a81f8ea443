"""Spam is held back in real browsers, and nobody who is honest meets more than a question."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import requests
from playwright.sync_api import BrowserContext, Page, expect

from comment_service.questions import ANSWERS
from comment_service.storage.protocol import Store
from comment_service.web.caution_words import QUESTION_WORDS
from comment_service.web.messages import language
from participation.caution import PERIOD, Doubt
from participation.log_entry import Role
from participation.paragraph import ParagraphRef
from tests.factories import make_contribution
from tests.journeys.conftest import INSIDE, Served
from tests.journeys.test_accessibility import violations
from tests.journeys.test_desk_moderating import SignIn, sign_in, store  # noqa: F401  # fixtures
from tests.journeys.test_with_javascript import open_panel, panel, write

pytestmark = pytest.mark.browser

MINUTE = timedelta(minutes=1)
WAITS = "Er erscheint hier, sobald er geprüft ist."
PUBLIC = "Er steht unten bei den anderen."


@pytest.fixture
def served(make_service: Callable[..., Served]) -> Served:
    """A service that counts: the second contribution without a proof waits."""
    return make_service(
        RANDNOTIZ_RATE_LIMITS="on", RANDNOTIZ_UNPROVEN_PER_ADDRESS="1", RANDNOTIZ_BRAKE="9"
    )


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext]) -> Page:
    """A browser without JavaScript."""
    return new_context(java_script_enabled=False).new_page()


def hand_in(served: Served, number: int = 3) -> str:
    """Hand in a contribution as a program does, and return its status."""
    place = f"{served.address}/api/documents/methodenkoffer/versions/1/paragraphs/{number}"
    body = {"kind": "comment", "text": "Von einem Programm."}
    answer = requests.post(f"{place}/contributions", json=body, timeout=10)
    return str(answer.json()["status"])


def type_in_form(page: Page, served: Served, text: str) -> None:
    page.goto(f"{served.address}/beitrag/methodenkoffer/1/3")
    page.get_by_label("Ihr Text").fill(text)
    served.clock.now += MINUTE


def right_answer(page: Page) -> str:
    """Read the question of a form as a person does, and know the answer."""
    asked = page.locator("label[for=answer]").inner_text()
    said = {language("de").gettext(words): name for name, words in QUESTION_WORDS.items()}
    return min(ANSWERS[next(name for words, name in said.items() if asked.startswith(words))])


def test_nobody_meets_the_trap_with_eyes_keyboard_or_screen_reader(page: Page, served: Served):
    page.goto(f"{served.address}/beitrag/methodenkoffer/1/3")
    assert page.locator("[name=subject]").count() == 1
    expect(page.locator("[name=subject]")).to_be_hidden()
    assert "leer" not in page.locator("form").last.aria_snapshot()
    page.get_by_label("Ihr Text").focus()
    met = []
    for _ in range(8):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.name"))
    assert "answer" in met
    assert "subject" not in met
    assert violations(page) == []


def test_what_falls_into_the_trap_is_kept_for_the_desk(
    plain: Page,
    served: Served,
    sign_in: SignIn,  # noqa: F811
):
    type_in_form(plain, served, "Kaufen Sie jetzt!")
    plain.locator("[name=subject]").evaluate("field => { field.value = 'https://buy.example'; }")
    plain.get_by_role("button", name="Beitrag senden").click()
    expect(plain.locator("main")).to_contain_text(WAITS)
    desk = sign_in("anna", Role.MODERATOR)
    expect(desk.locator(".queue > li")).to_contain_text(
        "Wartet, weil: Ein Feld wurde ausgefüllt, das Menschen nicht sehen."
    )


def test_without_javascript_a_question_proves_that_somebody_is_there(plain: Page, served: Served):
    assert hand_in(served) == "published"
    for answers, told in [(False, WAITS), (True, PUBLIC)]:
        type_in_form(plain, served, "Bitte mehr Bänke.")
        if answers:
            plain.locator("#answer").fill(right_answer(plain))
        plain.get_by_role("button", name="Beitrag senden").click()
        expect(plain.locator("main")).to_contain_text(told)


def test_a_browser_proves_its_work_unseen(page: Page, served: Served, store: Store):  # noqa: F811
    assert [hand_in(served), hand_in(served)] == ["published", "pending"]
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    open_panel(page, served, 3)
    with page.expect_response("**/api/challenge"):
        write(page, 3)
    served.clock.now += MINUTE
    panel(page, 3).get_by_role("button", name="Beitrag senden").click()
    expect(panel(page, 3)).to_contain_text("Danke! Ihr Beitrag ist erschienen.")
    newest = store.of_document("methodenkoffer")[-1]
    assert (newest.status, newest.waiting_because) == ("published", ())
    assert sum("proof_worker" in url for url in workers) == 1


def test_the_desk_sees_the_brake_and_why_each_waits_until_it_is_quiet_again(
    served: Served,
    sign_in: SignIn,  # noqa: F811
    store: Store,  # noqa: F811
):
    ref = ParagraphRef("methodenkoffer", 1, 3)
    for number in range(9):
        store.add(make_contribution(f"flood-{number}", ref=ref, received_at=INSIDE))
    assert hand_in(served) == "pending"
    waiting = [one for one in store.of_document("methodenkoffer") if one.waiting_because]
    assert [one.waiting_because for one in waiting] == [(Doubt.MANY_AT_ONCE,)]
    desk = sign_in("anna", Role.MODERATOR)
    for path in ("/redaktion/beitraege", "/redaktion/"):
        desk.goto(f"{served.address}{path}")
        expect(desk.get_by_role("region", name="Die Bremse greift")).to_be_visible()
        assert violations(desk) == []
    desk.get_by_role("region", name="Die Bremse greift").get_by_role("link").click()
    expect(desk.locator(".queue > li")).to_have_count(1)
    expect(desk.locator(".queue > li")).to_contain_text("in zehn Minuten sehr viele")
    served.clock.now += PERIOD + MINUTE
    desk.goto(f"{served.address}/redaktion/")
    expect(desk.get_by_role("region", name="Die Bremse greift")).to_have_count(0)
    assert hand_in(served) == "published"
