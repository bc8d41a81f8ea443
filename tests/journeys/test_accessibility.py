"""axe-core finds nothing, on every page, in both palettes, wide and narrow, and in every state."""

import json
from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
VIEWS = [(width, scheme) for width in (1280, 360) for scheme in ("light", "dark")]
SERVICE_PAGES = [
    "beitrag/leitlinien",
    "beitrag/leitlinien?version=2",
    "beitrag/leitlinien/1",
    "beitrag/leitlinien/1?kind=comment&chapter=99",
    "beitrag/leitlinien/1/5",
    "beitrag/leitlinien/1/5?kind=proposal",
    "beitrag/leitlinien/1/abwaegung",
    "beitrag/methodenkoffer/1/3",
    "beitrag/quittung",
    "beitrag/nichts/1/1",
    "api/",
]


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, one line for each place."""
    page.wait_for_load_state()  # without its style every page has faults
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [
        f"{rule['id']}: {node['html'][:150]} {node['any'][:1]}"
        for rule in found
        for node in rule["nodes"]
    ]


def pages_of_the_site(site: Path) -> list[str]:
    found = [path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")]
    return [f"{path}/".removeprefix("./") for path in sorted(found)] + ["404.html"]


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def view(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    width, scheme = request.param
    context = new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    return context.new_page()


def contribute(served: Served, document: str, number: int) -> None:
    served.app.test_client().post(
        f"/api/documents/{document}/versions/1/paragraphs/{number}/contributions",
        json={"kind": "question", "text": "Und wer\nzahlt das?", "name": "Ada"},
    )


def unfold(page: Page) -> None:
    """Open all that is folded away in a comparison."""
    folded = page.locator(":is(.rn-fold, .rn-said):not([open]) > summary")
    folded.evaluate_all("all => all.forEach(one => one.click())")
    expect(folded).to_have_count(0)


def test_every_page_is_accessible(view: Page, served: Served, site: Path):
    contribute(served, "leitlinien", 5)
    found = {}
    paths = [*pages_of_the_site(site), *SERVICE_PAGES]
    for path in paths:
        view.goto(f"{served.address}/{path}")
        found[path] = violations(view)
    assert {path: places for path, places in found.items() if places} == {}


@pytest.mark.parametrize("number", [5, 13, 27, 107])
def test_the_open_panel_is_accessible(view: Page, served: Served, number: int):
    contribute(served, "leitlinien", number)
    view.goto(f"{served.address}/leitlinien/1/")
    view.locator(f"#rn-{number} button.rn-comment").first.click()
    expect(view.locator(".rn-contributions li")).to_have_count(1)
    view.get_by_role("button", name="Beitrag senden").click()  # with an error at a field
    assert violations(view) == []


def test_a_comparison_with_contributions_is_accessible(view: Page, served: Served, site: Path):
    catalogue = json.loads((site / "catalogue.json").read_text("utf-8"))
    ways = catalogue["documents"]["leitlinien"]["versions"][1]["ways"]
    numbers = {way["kind"]: way["from"] for way in ways}
    for number in numbers.values():
        contribute(served, "leitlinien", number)
    view.goto(f"{served.address}/leitlinien/1-2/")
    expect(view.locator(".rn-said")).to_have_count(len(numbers))
    unfold(view)
    view.locator("#change-2").focus()
    view.keyboard.press("n")
    assert violations(view) == []


def test_the_open_search_is_accessible(view: Page, served: Served):
    view.goto(f"{served.address}/leitlinien/1/")
    narrow = view.get_by_role("button", name="Suche")
    if narrow.is_visible():
        narrow.click()
    view.get_by_role("searchbox", name="Suche").press_sequentially("Beteiligung")
    expect(view.locator(".rn-search__link").first).to_be_visible()
    assert violations(view) == []


def test_the_open_drawer_is_accessible(new_context: Callable[..., BrowserContext], served: Served):
    for scheme in ("light", "dark"):
        page = new_context(
            viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
        ).new_page()
        page.goto(f"{served.address}/leitlinien/1/")
        page.get_by_role("button", name="Menü").click()
        expect(page.get_by_role("link", name="Zeitplan")).to_be_visible()
        assert violations(page) == []


def test_the_form_with_errors_is_accessible(view: Page, served: Served):
    view.goto(f"{served.address}/beitrag/methodenkoffer/1/3")
    view.locator("form button").click()
    expect(view.locator("[aria-invalid]")).to_have_count(1)
    assert violations(view) == []


def test_a_proposal_looked_at_and_its_thread_are_accessible(view: Page, served: Served):
    view.goto(f"{served.address}/beitrag/leitlinien/1/5?kind=proposal")
    view.get_by_label("Wortlaut, wie Sie ihn vorschlagen").fill("Ein ganz anderer Wortlaut.")
    view.get_by_label("Ihre Begründung").fill("Kürzer.")
    view.get_by_role("button", name="Erst ansehen").click()
    expect(view.get_by_role("region", name="Was Ihr Vorschlag ändert")).to_be_visible()
    assert violations(view) == []
    view.get_by_role("button", name="Änderungsvorschlag senden").click()
    view.get_by_role("link", name="Erwidern").click()
    view.get_by_label("Ihr Text").fill("Gut.")
    view.get_by_role("button", name="Erwiderung senden").click()
    expect(view.locator(".replies li")).to_have_count(1)
    assert violations(view) == []
    view.get_by_role("button", name="Unterstützen").first.click()
    view.get_by_role("link", name="Link zum Zurücknehmen").click()
    expect(view.get_by_role("button", name="Unterstützung zurücknehmen")).to_be_visible()
    assert violations(view) == []


def test_this_test_would_notice(page: Page):
    page.set_content(
        "<html lang=de><title>x</title><main><img src=x><p style='color:#ccc'>blass</p>"
    )
    assert {line.split(":")[0] for line in violations(page)} == {"image-alt", "color-contrast"}
