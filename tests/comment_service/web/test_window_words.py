import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from comment_service.web.messages import language
from comment_service.web.window_words import window_words
from participation.window import Window

# The script of the reader's page passes the same table.
TABLE = Path(__file__).parents[2] / "data" / "window_words.json"
CASES = json.loads(TABLE.read_text("utf-8"))


@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize("case", CASES, ids=[f"{case['now']} {case['de']}" for case in CASES])
def test_a_window_tells_itself_in_words(case: dict[str, Any], code: str):
    closes = case["closes"] and datetime.fromisoformat(case["closes"])
    window = Window(datetime.fromisoformat(case["opens"]), closes)
    now = datetime.fromisoformat(case["now"])
    assert window_words(window, now, language(code)) == case[code]
