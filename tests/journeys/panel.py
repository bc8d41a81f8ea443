"""The panel below a paragraph of the toolbox, as a resident opens it."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Served


def open_panel(page: Page, served: Served, number: int = 3) -> Locator:
    """Open the panel at a paragraph of the toolbox, which takes contributions."""
    page.goto(f"{served.address}/methodenkoffer/#rn-{number}")
    page.locator(f"#rn-{number} button.rn-comment").click()
    panel = page.locator(f"#rn-panel-{number}")
    expect(panel.locator("form")).to_be_visible()
    expect(panel).not_to_contain_text("Beiträge werden geladen")
    return panel
