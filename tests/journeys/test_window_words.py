"""The script of the page and the service say the same of every window."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from participation.window import Window
from site_src.messages import translator
from site_src.panel_messages import panel_messages
from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser

CASES: list[dict[str, Any]] = json.loads(Path("tests/data/window_words.json").read_text("utf-8"))
SAY = """async ({ window, now, messages, lang }) => {
  const { windowWords } = await import("/assets/window_words.js");
  return windowWords({ ...window, now: new Date(now) }, messages, lang);
}"""


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_window_of_the_table_is_told_in_the_same_words(
    new_context: Callable[..., BrowserContext], served: Served, lang: str, zone: str
):
    page: Page = new_context(timezone_id=zone).new_page()
    page.goto(f"{served.address}/netiquette/")
    messages = panel_messages(translator(lang))
    for case in CASES:
        closes = case["closes"] and datetime.fromisoformat(case["closes"])
        span = Window(datetime.fromisoformat(case["opens"]), closes)
        state = span.state(datetime.fromisoformat(case["now"])).value
        window = {"opens": case["opens"], "closes": case["closes"], "state": state}
        said = page.evaluate(
            SAY, {"window": window, "now": case["now"], "messages": messages, "lang": lang}
        )
        assert said == case[lang], case
