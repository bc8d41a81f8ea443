"""In a real browser: cards are typed, five thousand rows are taken in, all of it accessibly."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comment_service.accounts import Accounts
from comment_service.administering import Administering
from comment_service.passwords import Passwords
from participation.log_entry import Role
from tests.journeys.conftest import Served
from tests.journeys.test_accessibility import VIEWS, violations

pytestmark = pytest.mark.browser

PASSWORD = "ein langes Wort für die Probe"


def sign_in(page: Page, served: Served) -> None:
    """Sign an editor in, who has just been given an account."""
    given = served.app.extensions["randnotiz"].commenting
    administering = Administering(Accounts(given.store), Passwords(), served.clock, given.new_id)
    administering.add("ada", Role.EDITOR, by=Role.ADMINISTRATOR, password=PASSWORD)
    page.goto(f"{served.address}/redaktion/abschriften")
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Eine Karte")


def filled_in(template: Path, rows: int, folder: Path) -> Path:
    """Return the template with rows, as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(BytesIO(template.read_bytes()))
    for row in range(rows):
        cells = (1 + row % 30, "Frage", "Brief", None, "13.03.2024", None, None, f"Brief {row}?")
        for column, cell in enumerate(cells, start=1):
            book.worksheets[0].cell(row + 2, column, cell)
    path = folder / "karten.xlsx"
    book.save(path)
    return path


def test_a_stack_of_cards_is_typed_without_javascript(
    new_context: Callable[..., BrowserContext], served: Served
):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, served)
    page.get_by_label("Text und Fassung").select_option("leitlinien/1")
    page.get_by_label("Anlass").fill("Bürgerwerkstatt")
    page.get_by_label("Datum").fill("13.03.2024")
    for number, text in (("5", "Mehr Schatten!"), ("6", "Mehr Bänke!")):
        page.get_by_label("Randnummer").fill(number)
        page.get_by_label("Beitrag", exact=True).fill(text)
        page.get_by_role("button", name="Übernehmen").click()
        expect(page.locator("#meldung")).to_contain_text(f"zu Rn. {number}")
    page.goto(f"{served.address}/beitrag/leitlinien/1/5")
    expect(page.get_by_text("Mehr Schatten!")).to_be_visible()
    expect(page.get_by_text("Bürgerwerkstatt")).to_contain_text("13. März 2024")


def test_five_thousand_rows_are_looked_at_and_taken_in(page: Page, served: Served, tmp_path: Path):
    sign_in(page, served)
    page.get_by_role("link", name="Einlesen", exact=True).click()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Leitlinien").first.click()
    version = loading.value.suggested_filename.removesuffix(".xlsx").rpartition("-")[2]
    page.get_by_label("Text und Fassung").select_option(f"leitlinien/{version}")
    page.get_by_label("Datei").set_input_files(filled_in(loading.value.path(), 5000, tmp_path))
    page.get_by_role("button", name="Ansehen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("5.000", timeout=60_000)
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator("#meldung")).to_contain_text(
        "5.000 Beiträge wurden übernommen.", timeout=60_000
    )


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def view(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    width, scheme = request.param
    return new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()


def test_every_page_is_accessible_and_fits_the_screen(view: Page, served: Served, tmp_path: Path):
    sign_in(view, served)
    found = {"form": violations(view)}
    view.get_by_role("button", name="Übernehmen").click()
    expect(view.locator("#text-problem")).to_be_visible()
    found["form with problems"] = violations(view)
    view.goto(f"{served.address}/redaktion/einlesen")
    found["import"] = violations(view)
    with view.expect_download() as loading:
        view.get_by_role("link", name="Leitlinien").first.click()
    for name, rows, seen in (("look", 3, "3 Beiträge kämen hinzu"), ("empty", 0, "nichts")):
        file = filled_in(loading.value.path(), rows, tmp_path)
        view.get_by_label("Datei").set_input_files(file)
        view.get_by_role("button", name="Ansehen").click()
        expect(view.get_by_text(seen).first).to_be_visible()
        found[name] = violations(view)
        width = view.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (name, width) == (name, 0)
        view.goto(f"{served.address}/redaktion/einlesen")
    assert {name: places for name, places in found.items() if places} == {}
