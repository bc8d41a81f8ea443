"""In a real browser: answers are written at the desk and in a spreadsheet, published, and read."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.passwords import Passwords
from comment_service.storage.protocol import Store
from participation.log_entry import Role
from participation.paragraph import ParagraphRef
from tests.factories import make_contribution, public_id
from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import VIEWS, violations
from tests.journeys.test_answers import open_panel

pytestmark = pytest.mark.browser

PASSWORD = "ein langes Wort für die Probe"
LIST = "redaktion/antworten/leitlinien/1"
OLD, NEW = ParagraphRef("leitlinien", 1, 3), ParagraphRef("leitlinien", 2, 3)
TEXTS = ("Mehr Bänke!", "Auch Bänke, bitte.", "Warum keine Bäume?")


@pytest.fixture
def said(served: Served) -> Served:
    """A service with three contributions on a paragraph that was changed later."""
    store: Store = served.app.extensions["randnotiz"].commenting.store
    for number, text in enumerate(TEXTS, start=1):
        store.add(make_contribution(public_id(number), ref=OLD, text=text))
    return served


def sign_in(page: Page, served: Served) -> None:
    """Sign an editor in, who has just been given an account."""
    given = served.app.extensions["randnotiz"].commenting
    administering = Administering(Accounts(given.store), Passwords(), served.clock, given.new_id)
    administering.add("erika", Role.EDITOR, by=Role.ADMINISTRATOR, password=PASSWORD)
    page.goto(f"{served.address}/{LIST}")
    page.get_by_label("Name", exact=True).fill("erika")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Antworten")


def test_two_contributions_get_one_answer_at_the_desk_and_residents_read_it(
    new_context: Callable[..., BrowserContext], said: Served
):
    desk = new_context(java_script_enabled=False).new_page()
    sign_in(desk, said)
    desk.get_by_label("Wörter").fill("baenke")
    desk.get_by_role("button", name="Suchen").click()
    desk.get_by_role("link", name="Alle 2 gefundenen ohne Antwort").click()
    desk.get_by_label("teilweise übernommen").check()
    desk.get_by_label("Begründung").fill("Zwei Bänke kommen.")
    desk.get_by_label("Sitzung").select_option("2024-03-21")
    proposed = desk.get_by_role("checkbox", name="Fassung 2, Rn. 3", exact=True)
    if proposed.count():
        proposed.check()
    else:
        desk.get_by_label("eänderte Absätze").fill("2/3")
    desk.get_by_role("button", name="Als Entwurf speichern").click()
    expect(desk.locator("#meldung")).to_have_text("Die Antwort ist als Entwurf gespeichert.")
    reader = new_context().new_page()
    panel = open_panel(reader, said, OLD)
    expect(panel.locator(".rn-contributions > li")).to_have_count(3)
    expect(panel.locator(".rn-answer")).to_have_count(0)
    desk.get_by_role("link", name="Alle Antworten zu dieser Fassung").click()
    desk.get_by_role("link", name="1 Entwurf ansehen").click()
    desk.get_by_role("button", name="Die gewählten veröffentlichen").click()
    expect(desk.locator("#meldung")).to_have_text("1 Antwort ist jetzt öffentlich.")
    reader = new_context().new_page()
    panel = open_panel(reader, said, OLD)
    expect(panel.locator(".rn-answer")).to_have_count(2)
    expect(panel.locator(".rn-answer").first).to_contain_text("Zwei Bänke kommen.")
    panel = open_panel(reader, said, NEW)
    expect(panel.locator(".rn-because")).to_contain_text("Beitrag 1, Beitrag 2")


def test_the_working_group_answers_in_a_spreadsheet(page: Page, said: Served, tmp_path: Path):
    sign_in(page, said)
    page.get_by_role("link", name="In einer Tabelle beantworten").click()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Laden Sie die Tabelle").click()
    page.get_by_label("Datei").set_input_files(filled_in(loading.value.path(), tmp_path))
    page.get_by_role("button", name="Ansehen").click()
    expect(page.get_by_text("3 neue Antworten, als Entwürfe")).to_be_visible()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator("#meldung")).to_contain_text("3 neue Entwürfe.")
    page.get_by_role("link", name="3 Entwürfe ansehen").click()
    page.get_by_role("button", name="Die gewählten veröffentlichen").click()
    page.goto(f"{said.address}/beitrag/leitlinien/1/3")
    expect(page.get_by_text("Antwort der Arbeitsgruppe:")).to_have_count(3)
    expect(page.get_by_text("Zu Beitrag 3.")).to_be_visible()


def filled_in(table: Path, folder: Path) -> Path:
    """Return the table with an answer in each row, as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(BytesIO(table.read_bytes()))
    sheet = book.worksheets[0]
    columns = {str(cell.value).rstrip(" *"): place for place, cell in enumerate(sheet[1], start=1)}
    for row in range(2, sheet.max_row + 1):
        ordinal = sheet.cell(row, columns["Beitrag Nr."]).value
        sheet.cell(row, columns["Ergebnis"], "beantwortet")
        sheet.cell(row, columns["Begründung"], f"Zu Beitrag {ordinal}.")
    path = folder / "antworten.xlsx"
    book.save(path)
    return path


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def view(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    width, scheme = request.param
    return new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()


def test_every_page_is_accessible_and_fits_the_screen(view: Page, said: Served, tmp_path: Path):
    sign_in(view, said)
    found = {"list": violations(view)}

    def look(name: str) -> None:
        found[name] = violations(view)
        wide = view.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (name, wide) == (name, 0)

    view.get_by_label("Beitrag 1").check()
    view.get_by_role("button", name="Die gewählten beantworten").click()
    look("form")
    view.get_by_role("button", name="Als Entwurf speichern").click()
    expect(view.locator("#reason-problem")).to_be_visible()
    look("form with problems")
    view.get_by_label("beantwortet", exact=True).check()
    view.get_by_label("Begründung").fill("Ja.")
    view.get_by_role("button", name="Als Entwurf speichern").click()
    view.get_by_label("Begründung").fill("Ja, gern.")
    view.get_by_role("button", name="Als Entwurf speichern").click()
    expect(view.get_by_text("Was vorher dastand")).to_be_visible()
    look("answer with revisions")
    for name, path in (("overview", "redaktion/antworten"), ("drafts", f"{LIST}/entwuerfe")):
        view.goto(f"{said.address}/{path}")
        look(name)
    view.goto(f"{said.address}/{LIST}/tabelle")
    look("table")
    with view.expect_download() as loading:
        view.get_by_role("link", name="Laden Sie die Tabelle").click()
    for name, file, seen in (
        ("look", filled_in(loading.value.path(), tmp_path), "Bisher:"),
        ("problems", Path(__file__), "Datei"),
    ):
        view.get_by_label("Datei").set_input_files(file)
        view.get_by_role("button", name="Ansehen").click()
        expect(view.get_by_text(seen).first).to_be_visible()
        look(name)
        view.goto(f"{said.address}/{LIST}/tabelle")
    assert {name: places for name, places in found.items() if places} == {}
