"""By mail: an address is left, confirmed, told once of the answer, and forgotten."""

import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comment_service.web.post_office import PostOffice
from participation.paragraph import ParagraphRef
from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import VIEWS, violations
from tests.journeys.test_desk_answers import filled_in, sign_in
from tests.servers.mail import MailServer
from tests.servers.postgres import free_port

pytestmark = pytest.mark.browser

PLACE = ParagraphRef("leitlinien", 1, 3)
ADDRESS = "ada@example.org"
LINK = re.compile(r"http://\S+/beitrag/mail/\S+")


@pytest.fixture
def mailing(make_service: Callable[..., Served], mail_server: MailServer) -> Served:
    """Site and service on one address, with mail; the test says when letters are sent."""
    port = free_port()
    return make_service(
        port,
        RANDNOTIZ_SMTP_URL=mail_server.url,
        RANDNOTIZ_MAIL_FROM="Stadt <stadt@example.org>",
        RANDNOTIZ_SERVICE_URL=f"http://127.0.0.1:{port}/",
    )


def office(served: Served) -> PostOffice:
    made_of: Any = served.app.extensions["randnotiz_service"].made_of
    found: PostOffice = made_of.post_office
    return found


def write(page: Page, served: Served) -> None:
    """Hand in a contribution; the page shows its receipt, and offers mail."""
    page.goto(f"{served.address}/beitrag/{PLACE.document}/{PLACE.version}/{PLACE.number}")
    page.get_by_label("Ihr Text").fill("Mehr Bänke!")
    page.get_by_role("button", name="Beitrag senden").click()
    expect(
        page.get_by_role("heading", name="E-Mail, wenn Ihr Beitrag beantwortet ist")
    ).to_be_visible()


def leave_address(page: Page, address: str = ADDRESS) -> None:
    page.get_by_label("Ihre E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Per E-Mail benachrichtigen").click()


def links(server: MailServer) -> list[str]:
    return LINK.findall(server.letters[-1].get_content())


def click_unsubscribe(server: MailServer) -> int:
    """Do what a mail program does when somebody clicks on its button for unsubscribing."""
    letter = server.letters[-1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(letter["List-Unsubscribe"]).strip("<>")
    body = str(letter["List-Unsubscribe-Post"]).encode()
    with urllib.request.urlopen(address, body) as answer:  # noqa: S310  # our own server
        return int(answer.status)


@pytest.fixture
def resident(new_context: Callable[..., BrowserContext]) -> Page:
    """A browser without JavaScript."""
    return new_context(java_script_enabled=False).new_page()


def test_from_the_receipt_to_the_mail_with_the_answer(
    new_context: Callable[..., BrowserContext],
    resident: Page,
    mailing: Served,
    mail_server: MailServer,
    tmp_path: Any,
):
    write(resident, mailing)
    leave_address(resident)
    expect(resident.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihr Postfach")
    mail_server.down()
    assert office(mailing).posting.round().trouble  # it is delayed, not lost
    mail_server.up()
    trouble = office(mailing).kept.trouble()
    assert trouble is not None
    mailing.clock.now = trouble.next_try_at
    assert office(mailing).posting.round().sent == 1
    resident.goto(links(mail_server)[0])
    resident.get_by_role("button", name="Ja, schreiben Sie mir").click()
    expect(resident.get_by_role("heading", level=1)).to_have_text("Ihre Adresse ist bestätigt")

    desk = new_context().new_page()
    sign_in(desk, mailing)
    desk.get_by_role("link", name="In einer Tabelle beantworten").click()
    with desk.expect_download() as loading:
        desk.get_by_role("link", name="Laden Sie die Tabelle").click()
    desk.get_by_label("Datei").set_input_files(filled_in(loading.value.path(), tmp_path))
    desk.get_by_role("button", name="Ansehen").click()
    desk.get_by_role("button", name="Übernehmen").click()
    assert office(mailing).posting.round().sent == 0  # a draft is told to nobody
    desk.get_by_role("link", name="Entwurf ansehen").click()
    desk.get_by_role("button", name="Die gewählten veröffentlichen").click()
    expect(desk.locator("#meldung")).to_contain_text("öffentlich")
    assert [office(mailing).posting.round().sent for _ in range(3)] == [1, 0, 0]
    letter = mail_server.letters[-1]
    assert letter["Subject"] == "Die Arbeitsgruppe hat Ihren Beitrag beantwortet"
    assert "Zu Beitrag 1." in letter.get_content()
    assert office(mailing).kept.wishes() == []
    assert click_unsubscribe(mail_server) == 200  # there is nothing left to delete, and no error


def test_unsubscribing_by_one_click(resident: Page, mailing: Served, mail_server: MailServer):
    write(resident, mailing)
    leave_address(resident)
    office(mailing).posting.round()
    resident.goto(links(mail_server)[0])
    resident.get_by_role("button", name="Ja, schreiben Sie mir").click()
    expect(resident.get_by_role("heading", level=1)).to_have_text("Ihre Adresse ist bestätigt")
    assert len(office(mailing).kept.wishes()) == 1
    assert click_unsubscribe(mail_server) == 200
    assert office(mailing).kept.wishes() == []


def test_the_keyboard_alone_leaves_and_deletes_an_address(
    page: Page, mailing: Served, mail_server: MailServer
):
    write(page, mailing)
    page.get_by_label("Ihre E-Mail-Adresse").focus()
    page.keyboard.type(ADDRESS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihr Postfach")
    office(mailing).posting.round()
    page.goto(links(mail_server)[1])
    button = page.get_by_role("button", name="Meine Adresse löschen")
    for _ in range(9):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Adresse ist gelöscht")
    assert office(mailing).kept.wishes() == []


def test_the_field_says_what_it_is_for(page: Page, mailing: Served):
    write(page, mailing)
    field = page.get_by_role("textbox", name="Ihre E-Mail-Adresse (freiwillig)")
    expect(field).to_have_accessible_description(re.compile("Für eine E-Mail mit der Antwort"))
    leave_address(page, "ada")
    expect(field).to_have_accessible_description(re.compile("Das ist keine E-Mail-Adresse"))
    expect(field).to_have_value("ada")


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def view(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    width, scheme = request.param
    return new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()


def test_every_page_is_accessible_and_fits_the_screen(
    view: Page, mailing: Served, mail_server: MailServer
):
    found = {}

    def look(name: str) -> None:
        found[name] = violations(view)
        wide = view.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (name, wide) == (name, 0)

    write(view, mailing)
    look("offered")
    leave_address(view, "ada")
    look("refused")
    leave_address(view, f"ada@{'sehr-' * 10}langer-name.example.org")
    look("asked")
    office(mailing).posting.round()
    confirm, stop = links(mail_server)
    view.goto(confirm)
    look("confirm")
    view.get_by_role("button", name="Ja, schreiben Sie mir").click()
    look("confirmed")
    view.goto(stop)
    look("stop")
    view.get_by_role("button", name="Meine Adresse löschen").click()
    look("deleted")
    view.goto(confirm)
    look("over")
    assert found == {name: [] for name in found}
