"""A static host and a service somewhere else: the same journeys, and nobody else's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, send_from_directory
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from tests.journeys.conftest import Served, build_site, serve, stop

pytestmark = pytest.mark.browser


def free_port() -> int:
    """A port that was free a moment ago: the site must know the service's before it starts."""
    server = make_server("127.0.0.1", 0, Flask("nothing"))
    server.server_close()
    return server.port


def static_host(site: Path) -> Flask:
    """A host that knows files and nothing else."""
    app = Flask("static host", static_folder=None)

    @app.get("/", defaults={"path": "index.html"})
    @app.get("/<path:path>")
    def file(path: str):
        return send_from_directory(site, f"{path}index.html" if path.endswith("/") else path)

    return app


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def site(port: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("apart"), service=f"http://127.0.0.1:{port}")


@pytest.fixture
def host(site: Path) -> Iterator[BaseWSGIServer]:
    server = serve(static_host(site))
    yield server
    stop(server)


@pytest.fixture
def apart(host: BaseWSGIServer, port: int, make_service: Callable[..., Served]) -> str:
    """The address of the site, whose service is elsewhere and knows it."""
    address = f"http://127.0.0.1:{host.port}"
    make_service(
        port=port,
        RANDNOTIZ_SITE="",
        RANDNOTIZ_SITE_URL=f"{address}/",
        RANDNOTIZ_ALLOWED_ORIGINS=address,
    )
    return address


def test_a_contribution_goes_to_the_other_origin_and_appears(page: Page, apart: str):
    page.goto(f"{apart}/methodenkoffer/")
    page.locator("#rn-3 button.rn-comment").click()
    page.get_by_label("Ihr Text").fill("Aus der Ferne.")
    page.get_by_role("button", name="Beitrag senden").click()
    expect(page.locator("#rn-panel-3").get_by_role("status")).to_contain_text("Danke")
    expect(page.locator(".rn-contributions")).to_contain_text("Aus der Ferne.")


def test_support_goes_to_the_other_origin_and_is_taken_back(
    page: Page, new_context: Callable[..., BrowserContext], apart: str
):
    page.goto(f"{apart}/methodenkoffer/")
    page.locator("#rn-3 button.rn-comment").click()
    page.get_by_label("Ihr Text").fill("Aus der Ferne.")
    page.get_by_role("button", name="Beitrag senden").click()
    expect(page.locator(".rn-contributions")).to_contain_text("Ihr Beitrag")
    other = new_context().new_page()
    other.goto(f"{apart}/methodenkoffer/")
    other.locator("#rn-3 button.rn-comment").click()
    other.get_by_role("button", name="Unterstützen: Anregung ohne Namen").click()
    expect(other.locator(".rn-contributions")).to_contain_text("1 Mensch unterstützt das")
    other.get_by_role("button", name="Unterstützung zurücknehmen").click()
    expect(other.locator(".rn-contributions")).not_to_contain_text("unterstützt das")


def test_without_javascript_the_forms_work_across_and_lead_back(
    new_context: Callable[..., BrowserContext], apart: str
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{apart}/methodenkoffer/")
    page.get_by_role("link", name="Absatz 3 kommentieren").click()
    page.get_by_label("Ihr Text").fill("Aus der Ferne.")
    page.get_by_role("button", name="Beitrag senden").click()
    page.get_by_role("link", name="Zurück zum Text, Rn. 3").click()
    expect(page).to_have_url(f"{apart}/methodenkoffer/#rn-3")


def test_a_page_of_an_origin_that_was_not_named_gets_nothing(
    page: Page, host: BaseWSGIServer, port: int, make_service: Callable[..., Served]
):
    make_service(port=port, RANDNOTIZ_SITE="", RANDNOTIZ_ALLOWED_ORIGINS="https://other.example")
    page.goto(f"http://127.0.0.1:{host.port}/methodenkoffer/")
    page.locator("#rn-3 button.rn-comment").click()
    expect(page.locator("#rn-panel-3")).to_contain_text(
        "Kommentardienst ist gerade nicht erreichbar"
    )
