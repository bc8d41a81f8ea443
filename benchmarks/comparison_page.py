"""Measure the page that compares two versions of the largest law, in a real browser.

`python benchmarks/comparison_page.py` builds a site of that law alone and prints one table;
`--site FOLDER` measures a site that is built already. Needs Playwright and Chromium.
"""

import argparse
import gzip
import os
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402 - a program in a folder of its own finds the packages only now
from site_src.building import Order, build
from site_src.places import Places
from tests.journeys.conftest import CHROMIUM, SWITCHES
from tests.site_src.test_laws import LAWS, lay_down

LAW = "aufenthg_2004"
PAGES = ("aufenthg-2004/3-4/", "aufenthg-2004/1-2/")  # most changes, most that is the same
SLOWER = (1, 4)  # times; 4 is what browsers' own tools take for a phone
RUNS = 5  # the median counts
WATCH = """
window.tasks = []; window.events = [];
const watch = (type, take, more = {}) => new PerformanceObserver(
  (list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
watch("longtask", ({ startTime, duration }) => tasks.push([startTime, duration]));
watch("event", ({ duration }) => events.push(duration), { durationThreshold: 16 });
"""
LOADED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const ends = tasks.map(([start, duration]) => start + duration);
  return {
    "elements": document.querySelectorAll("*").length,
    "first paint, ms": paint.startTime,
    "interactive, ms": Math.max(paint.startTime, page.domContentLoadedEventEnd, ...ends),
    "longest task, ms": Math.max(0, ...tasks.map(([, duration]) => duration)),
  };
}"""
SETTLED = """() => events.length && new Promise(
  (done) => requestAnimationFrame(() => setTimeout(() => done(true), 200)))"""

Measured = dict[str, float]


def main() -> None:
    """Print one table for all pages, on this machine and as if it were slower."""
    options = _options()
    with _site(options.site) as site, _server(site) as address, _browser() as browser:
        columns = [
            (f"{path} ×{slower}", _weight(site, path) | _median(browser, address + path, slower))
            for path in PAGES
            for slower in SLOWER
        ]
    _print(columns)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the page of a comparison.")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    return parser.parse_args()


@contextmanager
def _site(given: Path | None) -> Iterator[Path]:
    if given:
        yield given
        return
    if not LAWS.is_dir():
        sys.exit(f"nothing to measure: {LAWS} is absent")
    with tempfile.TemporaryDirectory() as folder:
        content, site = Path(folder) / "content", Path(folder) / "site"
        shutil.copytree(ROOT / "tests" / "data" / "tiny" / "content", content)
        lay_down(content, [LAWS / LAW])
        places = Places(content, ROOT, site)
        environment = dict(os.environ)  # noqa: TID251 - a way in
        build(Order(places, "", date(2024, 3, 20), environment, lambda _: None))
        yield site


@contextmanager
def _server(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def _browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


def _weight(site: Path, path: str) -> Measured:
    html = (site / path / "index.html").read_bytes()
    return {"KB": len(html) / 1000, "KB, gzip": len(gzip.compress(html, 6)) / 1000}


def _median(browser: Browser, address: str, slower: int) -> Measured:
    runs = [_run(browser, address, slower) for _ in range(RUNS)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _run(browser: Browser, address: str, slower: int) -> Measured:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    measured: Measured = page.evaluate(LOADED)
    first, box = page.locator(".rn-jump a"), page.locator(".rn-changes-only")
    measured["first jump, ms"] = _delay(page, first.click)
    measured["next jump, ms"] = _delay(page, page.locator("#change-1 a.rn-next").click)
    page.evaluate("scrollTo(0, 0)")
    measured["changes only, ms"] = _delay(page, box.click)
    measured["all again, ms"] = _delay(page, box.click)
    context.close()
    return measured


def _delay(page: Page, act: Callable[[], None]) -> float:
    """Return how long after an input the browser painted what came of it."""
    page.evaluate("() => { events.length = 0 }")
    act()
    page.wait_for_function(SETTLED)
    return float(page.evaluate("Math.max(...events)"))


def _print(columns: list[tuple[str, Measured]]) -> None:
    lines = [["", *(name for name, _ in columns)], ["---", *("---:" for _ in columns)]]
    lines += [
        [name, *(f"{measured[name]:,.0f}" for _, measured in columns)] for name in columns[0][1]
    ]
    sys.stdout.writelines(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
