"""The whole thing for journeys: the sample site, built once; a service; a real browser."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import uuid_utils
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

from comment_service.app import create_app
from comment_service.settings import Settings
from site_src.building import Order, build
from site_src.places import Places
from tests.conftest import Clock

HOUSE = Path(__file__).parents[2]
INSIDE = datetime(2024, 3, 20, 11, 0, tzinfo=UTC)  # both documents take comments
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 15_000  # milliseconds that anything awaited may take on a busy machine
# Without a sandbox as root, as in containers; and no calls home, which no network would answer.
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


def build_site(
    folder: Path,
    *,
    service: str = "",
    content: Path = HOUSE,
    house: Path = HOUSE,
    archived: bool = False,
) -> Path:
    """Build a site beside a clone of the content, whose history has the versions.

    Unless it is to be ``archived``, the consultation is still going on: nothing is kept yet.
    """
    clone = folder / "content"
    subprocess.run(["git", "clone", "--quiet", str(content), str(clone)], check=True)
    for name in ("guidelines", "minutes"):  # what is not committed yet is tried, too
        shutil.copytree(content / name, clone / name, dirs_exist_ok=True)
    shutil.copy(content / "schedule.yml", clone)
    for archive in () if archived else (clone / "guidelines").glob("*.contributions.json"):
        archive.unlink()
    site = folder / "site"
    build(
        Order(
            Places(clone, house, site),
            service,
            date(2024, 3, 20),
            dict(os.environ),
            lambda _: None,
        )
    )
    return site


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built by the real generator."""
    return build_site(tmp_path_factory.mktemp("sample"))


@dataclass
class Served:
    """A running service: its address, its clock, and the switch to stop and start it."""

    app: Flask
    clock: Clock
    address: str
    server: BaseWSGIServer


def serve(app: Flask, port: int = 0) -> BaseWSGIServer:
    """Serve on a port of this machine's own choice, or on the given one, until it is stopped."""
    server = make_server("127.0.0.1", port, _whole(app), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _whole(app: WSGIApplication) -> WSGIApplication:
    """Hand every answer over in one piece.

    Werkzeug's server leaves files open that it was sending when a reader went away.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        pieces = app(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            getattr(pieces, "close", lambda: None)()

    return answer


def stop(server: BaseWSGIServer) -> None:
    """Stop serving and let go of the port."""
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_service(site: Path, tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start services on the embedded store; each call with the same folder is a restart."""
    running: list[BaseWSGIServer] = []

    def start(port: int = 0, **environ: str) -> Served:
        clock = Clock(INSIDE)
        given = {
            "RANDNOTIZ_STORE": f"embedded:{tmp_path / 'data'}",
            "RANDNOTIZ_CATALOGUE": str(site / "catalogue.json"),
            "RANDNOTIZ_SITE": str(site),
            "RANDNOTIZ_RATE_LIMITS": "off",  # browsers of tests type faster than people
        }
        settings = Settings.read({**given, **environ})
        app = create_app(settings, clock=clock, new_id=lambda: str(uuid_utils.uuid7()))
        server = serve(app, port)
        running.append(server)
        return Served(app, clock, f"http://127.0.0.1:{server.port}", server)

    yield start
    for server in running:
        stop(server)


@pytest.fixture
def served(make_service: Callable[..., Served]) -> Served:
    """Site and service on one address, with an empty store, at INSIDE."""
    return make_service()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the tests are skipped, but under CI they fail."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: make test installs it as root on Debian")
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers of different readers; a German desktop unless told otherwise."""
    contexts: list[BrowserContext] = []

    def open_context(**changed: Any) -> BrowserContext:
        given = {"locale": "de-DE", "viewport": {"width": 1280, "height": 900}}
        contexts.append(browser.new_context(**{**given, **changed}))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1]

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in the browser of a German desktop."""
    return new_context().new_page()
