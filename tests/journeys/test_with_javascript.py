"""A resident with JavaScript: read, comment, come back; nothing that was typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.factories import AFTER
from tests.journeys.conftest import Served, stop
from tests.journeys.test_accessibility import contribute

pytestmark = pytest.mark.browser

TEXT = "Bitte auch Vereine ohne Internet ansprechen."


def open_panel(page: Page, served: Served, number: int, document: str = "methodenkoffer") -> None:
    page.goto(f"{served.address}/{document}/#rn-{number}")
    button(page, number).click()
    expect(panel(page, number)).to_be_visible()


def button(page: Page, number: int):
    return page.locator(f"#rn-{number} button.rn-comment").first


def panel(page: Page, number: int):
    return page.locator(f"#rn-panel-{number}")


def write(page: Page, number: int, text: str = TEXT, name: str = "Ada") -> None:
    panel(page, number).get_by_label("Ihr Text").fill(text)
    panel(page, number).get_by_label("Ihr Name").fill(name)


def send(page: Page, number: int) -> None:
    panel(page, number).get_by_role("button", name="Beitrag senden").click()


def status(page: Page, number: int):
    return panel(page, number).get_by_role("status")


def test_a_contribution_appears_at_once_and_is_still_there_after_a_restart(
    page: Page, make_service: Callable[..., Served]
):
    served = make_service()
    open_panel(page, served, 3)
    write(page, 3)
    panel(page, 3).get_by_label("Frage").check()
    send(page, 3)
    expect(status(page, 3)).to_contain_text("Danke! Ihr Beitrag ist erschienen.")
    expect(panel(page, 3).locator("li")).to_contain_text(["Ada"])
    expect(button(page, 3)).to_have_accessible_name("1 Beitrag zu Absatz 3")
    stop(served.server)
    again = make_service(port=served.server.port)
    page.goto(f"{again.address}/methodenkoffer/")
    button(page, 3).click()
    expect(panel(page, 3).locator("li")).to_contain_text([TEXT])
    expect(panel(page, 3).locator("li")).to_contain_text(["Frage"])


def test_the_panel_opens_under_its_paragraph_and_the_focus_goes_in_and_comes_back(
    page: Page, served: Served
):
    open_panel(page, served, 3)
    expect(page.locator("#rn-panel-3-title")).to_be_focused()
    assert page.locator("#rn-3").evaluate("unit => unit.nextElementSibling.id") == "rn-panel-3"
    panel(page, 3).get_by_role("button", name="Schließen").click()
    expect(button(page, 3)).to_be_focused()
    expect(panel(page, 3)).to_have_count(0)


def test_every_paragraph_of_the_text_opens_a_panel_of_its_own(page: Page, served: Served):
    page.goto(f"{served.address}/leitlinien/1/")
    buttons = page.locator("button.rn-comment")
    assert buttons.count() == page.locator(".rn-unit").count() > 100
    for number in (1, 7, 13, 27, 65, 66, 107):  # text, loose item, definition, tight, nested, row
        button(page, number).click()
        expect(panel(page, number)).to_be_visible()
        expect(page.locator(".rn-panel")).to_have_count(1)


def test_what_is_typed_survives_a_reload(page: Page, served: Served):
    open_panel(page, served, 4)
    write(page, 4)
    page.reload()
    expect(button(page, 4)).to_have_accessible_name(
        "Absatz 4 kommentieren, Ihr Entwurf ist gespeichert"
    )
    button(page, 4).click()
    expect(panel(page, 4).get_by_label("Ihr Text")).to_have_value(TEXT)
    expect(panel(page, 4).get_by_label("Ihr Name")).to_have_value("Ada")


def test_a_draft_can_be_deleted(page: Page, served: Served):
    open_panel(page, served, 4)
    write(page, 4)
    panel(page, 4).get_by_role("button", name="Entwurf löschen").click()
    expect(status(page, 4)).to_have_text("Der Entwurf ist gelöscht.")
    expect(panel(page, 4).get_by_label("Ihr Text")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


def test_an_error_names_the_field_keeps_the_text_and_moves_the_focus_there(
    page: Page, served: Served
):
    open_panel(page, served, 4)
    write(page, 4, text="ä" * 4001)
    expect(panel(page, 4)).to_contain_text("1 Zeichen zu viel.")
    send(page, 4)
    field = panel(page, 4).get_by_label("Ihr Text")
    expect(panel(page, 4)).to_contain_text("Bitte kürzen Sie auf höchstens 4.000 Zeichen.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("ä" * 4001)
    field.fill("ä" * 4000)
    send(page, 4)
    expect(status(page, 4)).to_contain_text("Danke! Ihr Beitrag ist erschienen.")


def test_an_empty_text_is_asked_for(page: Page, served: Served):
    open_panel(page, served, 4)
    send(page, 4)
    expect(panel(page, 4)).to_contain_text("Bitte schreiben Sie einen Text.")
    expect(panel(page, 4).get_by_label("Ihr Text")).to_be_focused()


def test_a_window_that_closes_while_somebody_types_refuses_and_keeps_the_text(
    page: Page, served: Served
):
    open_panel(page, served, 5, "leitlinien/1")
    write(page, 5)
    served.clock.now = AFTER
    send(page, 5)
    expect(status(page, 5)).to_contain_text("Ihr Text bleibt in diesem Browser gespeichert.")
    expect(panel(page, 5)).to_contain_text("Die Kommentarfrist ist seit")
    expect(panel(page, 5).get_by_role("button", name="Beitrag senden")).to_be_hidden()
    page.reload()
    button(page, 5).click()
    unsent = panel(page, 5).get_by_label("Ihr nicht gesendeter Text")
    expect(unsent).to_have_value(TEXT)
    expect(unsent).not_to_be_editable()


def test_a_closed_window_says_since_when_and_when_the_answers_come(page: Page, served: Served):
    served.clock.now = AFTER
    page.clock.set_fixed_time(AFTER)
    page.goto(f"{served.address}/leitlinien/1/")
    expect(page.locator("#rn-window")).to_have_text(
        "Die Kommentarfrist ist seit Freitag, 29. März, 24 Uhr abgelaufen. "
        "Antworten der Arbeitsgruppe: bis 22. April 2024."
    )
    button(page, 5).click()
    expect(panel(page, 5).locator("form")).to_have_count(0)


def test_an_open_window_counts_down_in_words_and_closes_by_itself(page: Page, served: Served):
    served.clock.now = AFTER - timedelta(days=5, hours=2)
    page.clock.install(time=served.clock.now)
    page.goto(f"{served.address}/leitlinien/1/")
    window = page.locator("#rn-window")
    expect(window).to_have_text(
        "Beiträge sind möglich: noch 5 Tage, bis Freitag, 29. März, 24 Uhr."
    )
    served.clock.now = AFTER - timedelta(seconds=150)
    page.clock.fast_forward((5 * 24 + 2) * 3_600_000 - 150_000)  # milliseconds
    expect(window).to_have_text("Beiträge sind möglich: noch 2 Minuten, bis heute, 24 Uhr.")
    served.clock.now = AFTER
    page.clock.fast_forward(4 * 60 * 1000)
    expect(window).to_contain_text("Die Kommentarfrist ist seit")


def test_a_device_with_a_wrong_clock_is_told_the_end_and_asks_once_a_minute(
    page: Page, served: Served
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install(time=AFTER + timedelta(days=365))
    page.goto(f"{served.address}/leitlinien/1/")
    expect(page.locator("#rn-window")).to_have_text(
        "Beiträge sind möglich: bis Freitag, 29. März 2024, 24 Uhr."
    )
    page.clock.fast_forward(60_000)
    button(page, 5).click()
    expect(panel(page, 5).get_by_role("button", name="Beitrag senden")).to_be_visible()
    expect(panel(page, 5)).to_contain_text("Beiträge sind möglich: bis Freitag")
    reads = [urlsplit(url).path.rsplit("/", 1)[-1] for url in asked if "/api/" in url]
    assert sorted(reads) == ["contributions", "counts", "counts"]


def test_an_answer_that_is_lost_on_the_way_leaves_one_contribution(page: Page, served: Served):
    def lose_the_answer(route: Route) -> None:
        route.fetch()  # it arrives at the service …
        route.abort()  # … but its answer never comes back

    page.route("**/paragraphs/3/contributions", lose_the_answer, times=1)
    open_panel(page, served, 3)
    write(page, 3)
    send(page, 3)
    expect(status(page, 3)).to_contain_text("Das Senden ist nicht gelungen.")
    send(page, 3)
    expect(status(page, 3)).to_contain_text("Danke! Ihr Beitrag ist erschienen.")
    expect(panel(page, 3).locator("li")).to_have_count(1)


def test_what_people_write_is_shown_as_text(page: Page, served: Served):
    open_panel(page, served, 3)
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script> & <b>fett</b>'
    write(page, 3, text=evil, name="<i>Eva</i>")
    send(page, 3)
    expect(panel(page, 3).locator(".rn-contributions__text")).to_have_text(evil)
    expect(panel(page, 3).locator(".rn-contributions bdi")).to_have_text("<i>Eva</i>")
    assert page.locator(".rn-contributions :is(img, script, b, i)").count() == 0


def test_with_the_service_down_the_text_is_readable_and_the_typed_text_is_kept(
    page: Page, served: Served
):
    page.route("**/api/**", lambda route: route.abort())
    open_panel(page, served, 3)
    expect(panel(page, 3)).to_contain_text("Der Kommentardienst ist gerade nicht erreichbar.")
    expect(page.locator("#rn-3")).to_be_visible()
    write(page, 3)
    send(page, 3)
    expect(status(page, 3)).to_contain_text("Ihr Text ist in diesem Browser gespeichert.")
    page.reload()
    button(page, 3).click()
    expect(panel(page, 3).get_by_label("Ihr Text")).to_have_value(TEXT)
    page.unroute("**/api/**")
    panel(page, 3).get_by_role("button", name="Noch einmal versuchen").click()
    expect(panel(page, 3)).to_contain_text("Beiträge sind möglich: bis auf Weiteres.")
    send(page, 3)
    expect(status(page, 3)).to_contain_text("Danke! Ihr Beitrag ist erschienen.")


def test_while_the_service_is_asked_the_panel_says_so_and_can_be_written_in(
    page: Page, served: Served
):
    held: list[Route] = []
    page.route("**/api/**?version=1", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks functions
    open_panel(page, served, 3)
    expect(panel(page, 3)).to_contain_text("Beiträge werden geladen …")
    write(page, 3)
    for route in held:
        route.continue_()
    expect(panel(page, 3)).to_contain_text("Beiträge sind möglich: bis auf Weiteres.")
    expect(panel(page, 3).get_by_label("Ihr Text")).to_have_value(TEXT)


def test_the_form_comes_with_what_was_said_or_soon_without_it(page: Page, served: Served):
    contribute(served, "methodenkoffer", 3)
    held: list[Route] = []
    page.route("**/contributions?version=1", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks functions
    page.clock.install()
    page.goto(f"{served.address}/methodenkoffer/")
    expect(button(page, 3)).to_have_accessible_name("1 Beitrag zu Absatz 3")
    button(page, 3).click()
    expect(panel(page, 3)).to_contain_text("Beiträge werden geladen …")
    expect(panel(page, 3).locator("form")).to_have_count(0)
    page.clock.fast_forward(2_000)
    write(page, 3)
    for route in held:
        route.continue_()
    expect(panel(page, 3).locator(".rn-contributions__text")).to_have_count(1)
    expect(panel(page, 3).get_by_label("Ihr Text")).to_have_value(TEXT)


def test_another_refusal_of_the_service_is_told_in_its_own_words(page: Page, served: Served):
    def refuse(route: Route) -> None:
        told = {"title": "Das ist zu viel.", "detail": "Bitte warten.", "status": 429, "code": "x"}
        route.fulfill(status=429, json=told)

    page.route("**/paragraphs/3/contributions", refuse)
    open_panel(page, served, 3)
    write(page, 3)
    send(page, 3)
    expect(status(page, 3)).to_have_text(
        "Das ist zu viel. Bitte warten. Ihr Text ist in diesem Browser gespeichert."
    )


def test_a_contribution_that_waits_for_its_review_is_confirmed_as_such(page: Page, served: Served):
    def pending(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "status": "pending"})

    page.route("**/paragraphs/3/contributions", pending)
    open_panel(page, served, 3)
    write(page, 3)
    send(page, 3)
    expect(status(page, 3)).to_contain_text("erscheint nach einer Prüfung")


def test_a_browser_that_keeps_nothing_can_comment_all_the_same(page: Page, served: Served):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off') }})"
    )
    open_panel(page, served, 3)
    write(page, 3)
    send(page, 3)
    expect(status(page, 3)).to_contain_text("Danke! Ihr Beitrag ist erschienen.")
